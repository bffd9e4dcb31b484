/** Answers to the market: its own jobs, in the transaction that learned the thing. */
import type { Tx } from "../../platform/context.ts";
import { enqueue } from "../../platform/jobs.ts";
import type { ThenJobs } from "./agreement.ts";
import type { DealRow } from "./tables.ts";

/** `cause` tells apart what may happen several times to one deal. */
export function enqueueThen(tx: Tx, deal: DealRow, what: keyof ThenJobs, cause = ""): void {
  const name = deal.thenJobs[what];
  if (name) enqueue(tx, { name, payload: { dealId: deal.id } }, { key: `deal:${deal.id}:${what}:${cause}` });
}
