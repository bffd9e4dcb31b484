import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "../../../../platform/context.ts";
import { platformErrors } from "../../../../platform/errors.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { adErrors } from "../errors.ts";
import { userOf } from "../profiles/cards.ts";
import { offers, slots } from "../tables.ts";
import { assertRound, holdOffer, step } from "./hold-offer.ts";
import { planExpiry } from "./make-offer.ts";
import { offerEnds, otherParty, roundsMax } from "./rules.ts";
import { record, tell, termsOf } from "./say.ts";
import { counterOffer as counter, rejectOffer as reject } from "./shapes.ts";
import { checkedTerms } from "./terms.ts";

async function end(tx: Tx, id: string, action: "reject" | "withdraw", message: string) {
  const held = await holdOffer(tx, id);
  const to = step(held, action, tx.now);
  if (!to) return { offerId: id };
  const { offer, side, profile } = held;
  await tx.db
    .update(offers)
    .set({ status: to.status, turn: null, updatedAt: tx.now })
    .where(eq(offers.id, id));
  const closed = { ...offer, ...to };
  const { userId } = userOf(tx);
  const kind = action === "reject" ? ("rejected" as const) : ("withdrawn" as const);
  const seq = await record(tx, closed, { kind, by: side, userId, message });
  await tell(tx, closed, {
    side: otherParty(side),
    kind: `offer_${kind}`,
    title: profile.title,
    seq,
    exceptUserId: userId,
  });
  return { offerId: id };
}

/** Says no to the terms that stand. */
export const rejectOffer = verb("channels.reject_offer", {
  input: z.strictObject({ id: uuid, answer: reject }),
  allow: ["user"],
  run: (tx, { id, answer }) => end(tx, id, "reject", answer.message),
});

/** Takes one's own word back while nobody has answered it. */
export const withdrawOffer = verb("channels.withdraw_offer", {
  input: z.strictObject({ id: uuid }),
  allow: ["user"],
  run: (tx, { id }) => end(tx, id, "withdraw", ""),
});

/** Answers with other terms: now it is the other side's turn. */
export const counterOffer = verb("channels.counter_offer", {
  input: z.strictObject({ id: uuid, answer: counter }),
  allow: ["user"],
  run: async (tx, { id, answer }) => {
    const held = await holdOffer(tx, id);
    const to = step(held, "counter", tx.now);
    if (!to) throw platformErrors.bug();
    const { offer, side, campaign, profile } = held;
    assertRound(offer, answer.round);
    if (offer.round >= roundsMax) throw adErrors.too_many_rounds({ max: roundsMax });
    const [slot] =
      offer.slotId === null ? [] : await tx.db.select().from(slots).where(eq(slots.id, offer.slotId));
    const { round: _meant, message, expiresInHours, ...changed } = answer;
    const given = {
      ...termsOf(offer),
      ...(Object.fromEntries(
        Object.entries(changed).filter(([, value]) => value !== undefined),
      ) as typeof changed),
    };
    const terms = checkedTerms(tx, asInput(given), { campaign, slot: slot ?? null });
    const next = {
      ...offer,
      ...to,
      ...terms,
      round: offer.round + 1,
      message,
      expiresAt: offerEnds(tx.now, expiresInHours, terms.postAt),
      updatedAt: tx.now,
    };
    const { id: _id, createdAt: _createdAt, ...set } = next;
    await tx.db.update(offers).set(set).where(eq(offers.id, id));
    const { userId } = userOf(tx);
    const seq = await record(tx, next, { kind: "countered", by: side, userId, message });
    planExpiry(tx, next);
    await tell(tx, next, {
      side: otherParty(side),
      kind: "offer_countered",
      title: profile.title,
      seq,
      exceptUserId: userId,
    });
    return { offerId: id };
  },
});

type Terms = ReturnType<typeof termsOf>;
type Whole = { [K in keyof Terms]: Exclude<Terms[K], undefined> };
const asInput = (given: { [K in keyof Terms]?: Terms[K] | undefined }) => {
  const { price, ...rest } = given as Whole;
  return { ...rest, price: { amount: price.amount, asset: "TON" as const } };
};
