import { z } from "zod";
import { agreeBody } from "../../gateways/ton/contracts/port.ts";
import { bps, uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { lookAtOwnDeal, type OwnMessage, ownMessage, takeAction } from "./own-message.ts";
import { consentValidSeconds } from "./rules.ts";

/** A party offers a split, or accepts the other's by naming the same share: a message for their own wallet. */
export const agreeDeal = verb("deals.agree", {
  input: z.strictObject({ dealId: uuid, sellerBps: bps }),
  allow: ["user"],
  look: lookAtOwnDeal,
  run: async (tx, { dealId, sellerBps }, { chainNow }): Promise<OwnMessage> => {
    const { deal, role } = await takeAction(tx, dealId, "agree", chainNow);
    const body = agreeBody({ sellerBps, validUntil: chainNow + consentValidSeconds });
    const message = await ownMessage(tx, deal, role, body, chainNow);
    return { message };
  },
});
