import { and, count, eq, inArray, like, or } from "drizzle-orm";
import type { Tx } from "../../platform/context.ts";
import type { ReturnFact } from "./chain-facts.ts";
import { instantOf } from "./lock-deal.ts";
import { type DealRow, events } from "./tables.ts";
import { addEvent, tell } from "./tell.ts";

/** Anybody can send coins to a contract for next to nothing: so many returns of a deal are written down, so many are told. */
const returnsWrittenMax = 50;
const returnsToldMax = 5;

/** What the contract sent back. A payment gets words of its own, a stranger's transfer only a line of the timeline. */
export async function recordReturn(tx: Tx, deal: DealRow, fact: ReturnFact): Promise<void> {
  // A proposal of our own that came too late is no news for people: its row is closed by the state.
  if (fact.by === "platform") return;
  // We dispute for a party as soon as they ask; their own message then finds it done, which is no news either.
  if (fact.op === "dispute" && fact.by !== "stranger" && deal.escrowState !== "Funded") return;
  const before = await returnsOf(tx, deal.id);
  if (before >= returnsWrittenMax) return;
  const isPayment = fact.op === "fund";
  const isPartysOwn = fact.op !== null && fact.by !== "stranger";
  const name = isPayment ? `payment_${fact.reason}` : isPartysOwn ? "message_returned" : "transfer_returned";
  const params = { amount: fact.returnedNano.toString() };
  const at = instantOf(fact.at);
  const isNew = await addEvent(tx, deal, { kind: name, by: fact.by, at, txHash: fact.txHash, params });
  if (!isNew || !isPayment || before >= returnsToldMax) return;
  await tell(tx, deal, name, fact.txHash, ["buyer"], params);
  await tell(tx, deal, "payment_returned", fact.txHash, ["seller"], params);
}

async function returnsOf(tx: Tx, dealId: string): Promise<number> {
  const isReturn = or(
    like(events.kind, "payment_%"),
    inArray(events.kind, ["transfer_returned", "message_returned"]),
  );
  const rows = await tx.db
    .select({ n: count() })
    .from(events)
    .where(and(eq(events.dealId, dealId), isReturn));
  return Number(rows[0]?.n ?? 0);
}
