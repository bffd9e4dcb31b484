import { z } from "zod";
import { refundBody } from "../../gateways/ton/contracts/port.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { lookAtOwnDeal, type OwnMessage, ownMessage, takeAction } from "./own-message.ts";

/** The seller gives everything back to the buyer: a message for the seller's own wallet. */
export const refundDeal = verb("deals.refund", {
  input: z.strictObject({ dealId: uuid }),
  allow: ["user"],
  look: lookAtOwnDeal,
  run: async (tx, { dealId }, { chainNow }): Promise<OwnMessage> => {
    const { deal, role } = await takeAction(tx, dealId, "refund", chainNow);
    const message = await ownMessage(tx, deal, role, refundBody(), chainNow);
    return { message };
  },
});
