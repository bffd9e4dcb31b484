import { z } from "zod";
import { type Endpoint, get, post } from "../../platform/endpoint.ts";
import { uuid } from "../../platform/shapes.ts";
import { answered, getDeal, listCases } from "./queries.ts";
import { resolveDispute } from "./resolve-dispute.ts";
import { deal, dealAnswer, dealPage, dealQuery, resolveDispute as decision } from "./shapes.ts";

const params = z.object({ id: uuid });
const who = "staff:arbiter";

/** The arbiter's desk. Only deals assigned to the caller exist for them. */
export const adminRoutes: Endpoint[] = [
  get(
    "/api/admin/deals",
    { who, summary: "Disputes assigned to me", query: dealQuery, answer: dealPage },
    (ctx, { query }) => listCases(ctx, query),
  ),
  get("/api/admin/deals/:id", { who, summary: "A deal assigned to me", params, answer: deal }, (ctx, given) =>
    getDeal(ctx, given.params.id),
  ),
  post(
    "/api/admin/deals/:id/resolve",
    {
      who,
      summary: "Decide; answers the message for the arbiter's own wallet",
      params,
      body: decision,
      answer: dealAnswer,
    },
    (ctx, given) =>
      answered(ctx, given.params.id, resolveDispute(ctx, { dealId: given.params.id, ...given.body })),
  ),
];
