import { z } from "zod";
import { uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { dealBrief } from "../../deals/index.ts";
import { notify } from "../../notifications/index.ts";
import { authorsOf } from "../queries.ts";
import { dealSubject } from "./review-deal.ts";
import { windowEnd } from "./rules.ts";

/** Asks those of the two who have not written yet, once. */
export const askBoth = verb("reviews.ask", {
  input: z.strictObject({ dealId: uuid }),
  allow: ["system"],
  run: async (tx, { dealId }) => {
    const deal = await dealBrief(tx.db, dealId);
    const until = deal && windowEnd(deal);
    if (!deal || !until || tx.now >= until) return {};
    const authors = await authorsOf(tx.db, { kind: dealSubject, id: deal.id });
    for (const userId of [deal.buyerId, deal.sellerId].filter((id) => !authors.includes(id)))
      await notify(tx, {
        userId,
        kind: "reviews.rate_deal",
        topic: "deals",
        params: { title: deal.subject.title, until: until.toISOString() },
        link: `/deals/${deal.id}`,
        key: `deal:${deal.id}:rate`,
      });
    return {};
  },
});
