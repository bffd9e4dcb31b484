import { z } from "zod";
import { releaseBody } from "../../gateways/ton/contracts/port.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { lookAtOwnDeal, type OwnMessage, ownMessage, takeAction } from "./own-message.ts";

/** The buyer lets the money go to the seller, before the clock would: a message for the buyer's own wallet. */
export const releaseDeal = verb("deals.release", {
  input: z.strictObject({ dealId: uuid }),
  allow: ["user"],
  look: lookAtOwnDeal,
  run: async (tx, { dealId }, { chainNow }): Promise<OwnMessage> => {
    const { deal, role } = await takeAction(tx, dealId, "release", chainNow);
    const message = await ownMessage(tx, deal, role, releaseBody(), chainNow);
    return { message };
  },
});
