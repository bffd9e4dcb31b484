/** Answers to the market, and to the kernel above us: their own jobs, in the transaction that learned the thing. */
import type { Tx } from "../../platform/context.ts";
import { enqueue } from "../../platform/jobs.ts";
import type { ThenJobs } from "./agreement.ts";
import type { DealRow } from "./tables.ts";

/** `cause` tells apart what may happen several times to one deal. */
export function enqueueThen(tx: Tx, deal: DealRow, what: keyof ThenJobs, cause = ""): void {
  const name = deal.thenJobs[what];
  if (name) enqueue(tx, { name, payload: { dealId: deal.id } }, { key: `deal:${deal.id}:${what}:${cause}` });
}

/** Of a kernel module that comes after this one: run with `{ dealId }` some time after the money was seen to arrive. */
type AfterPayout = { name: string; delaySeconds: number };
const afterPayout = new Map<string, AfterPayout>();

export function registerAfterPayout(job: AfterPayout): void {
  afterPayout.set(job.name, job);
}

export function enqueueAfterPayout(tx: Tx, deal: DealRow): void {
  for (const { name, delaySeconds } of afterPayout.values())
    enqueue(
      tx,
      { name, payload: { dealId: deal.id } },
      { key: `deal:${deal.id}`, at: new Date(tx.now.getTime() + delaySeconds * 1000) },
    );
}
