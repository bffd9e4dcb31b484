import type { ReadDb } from "../../../platform/db.ts";
import { uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { type DealBrief, dealBrief, kindOf } from "../../deals/index.ts";
import { reviewErrors } from "../errors.ts";
import { actingUser } from "../lock-review.ts";
import { writtenReview } from "../shapes.ts";
import { writeReview } from "../write-review.ts";
import { idOf, otherOf, type Party, partyOf, windowEnd } from "./rules.ts";

export const dealSubject = "deal";

/** The deal and the side of it that this person is on. @throws reviews.deal_not_found */
export async function dealOf(
  db: ReadDb,
  dealId: string,
  userId: string,
): Promise<{ deal: DealBrief; party: Party }> {
  const deal = await dealBrief(db, dealId);
  const party = deal && partyOf(deal, userId);
  if (!deal || !party) throw reviewErrors.deal_not_found();
  return { deal, party };
}

/**
 * One side of a settled deal reviews the other; shown when both have written, or at the end of the window.
 * @throws reviews.deal_not_found, reviews.deal_not_reviewable, reviews.window_over, reviews.already_reviewed
 */
export const reviewDeal = verb("reviews.review_deal", {
  input: writtenReview.extend({ dealId: uuid }),
  allow: ["user"],
  run: async (tx, { dealId, ...written }) => {
    const authorId = actingUser(tx);
    const { deal, party } = await dealOf(tx.db, dealId, authorId);
    const until = windowEnd(deal);
    if (!until) throw reviewErrors.deal_not_reviewable();
    if (tx.now >= until) throw reviewErrors.window_over();
    const other = otherOf(party);
    const { role, also = [] } = kindOf(deal.kind)?.reviewed?.(deal, other) ?? { role: other };
    return writeReview(tx, {
      ...written,
      subject: { kind: dealSubject, id: deal.id, title: deal.subject.title },
      authorId,
      person: { id: idOf(deal, other), role },
      also,
      blindUntil: until,
      topic: "deals",
      link: `/deals/${deal.id}`,
    });
  },
});
