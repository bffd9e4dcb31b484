/**
 * What takes two people of the staff: one proposes, another decides, and nothing but what was proposed happens. The database
 * refuses the proposer as decider and a second decision; the verbs that use this say who may and what approving does.
 */
import { type SQL, sql } from "drizzle-orm";
import type { Ctx, Tx } from "./context.ts";
import type { ReadDb } from "./db.ts";
import { assert, platformErrors } from "./errors.ts";
import { newId } from "./ids.ts";

export type Proposal = {
  id: string;
  /** `<module>.<what>`; says which module reads `input`. */
  kind: string;
  /** The thing that it is about. */
  about: string;
  input: unknown;
  reason: string;
  proposedBy: string;
  proposedAt: string;
  state: "proposed" | "approved" | "rejected";
  decidedBy: string | null;
  decidedAt: string | null;
};

/** Writes down what somebody of the staff wants. Nothing happens before somebody else agrees. */
export async function propose(
  tx: Tx,
  given: { kind: string; about: string; input: unknown; reason: string },
): Promise<string> {
  assert(tx.actor.kind === "user", "staff are users");
  const id = newId(tx.now.getTime());
  await tx.db.execute(sql`
    select platform.propose(${id}::uuid, ${given.kind}, ${given.about}, ${JSON.stringify(given.input)}::jsonb, ${given.reason},
      ${tx.actor.userId}::uuid)`);
  return id;
}

/**
 * Decides. `isNew`: by this call, so what was proposed is to be done now, in the same transaction. The same decision again
 * answers how it stands. @throws platform.not_found, platform.same_person, platform.proposal_closed
 */
export async function decide(
  tx: Tx,
  given: { id: string; kinds: readonly string[]; isApproved: boolean },
): Promise<{ proposal: Proposal; isNew: boolean }> {
  assert(tx.actor.kind === "user", "staff are users");
  const { rows } = await tx.db.execute<{ outcome: string }>(sql`
    select platform.decide(${given.id}::uuid, ${sql.param([...given.kinds])}::text[], ${tx.actor.userId}::uuid,
      ${given.isApproved}) as outcome`);
  const outcome = rows[0]?.outcome;
  if (outcome === "not_found") throw platformErrors.not_found();
  if (outcome === "same_person") throw platformErrors.same_person();
  const proposal = await proposalOf(tx.db, given.id);
  if (outcome === "closed" && proposal.state !== (given.isApproved ? "approved" : "rejected"))
    throw platformErrors.proposal_closed({ state: proposal.state });
  return { proposal, isNew: outcome === "decided" };
}

/** @throws platform.not_found */
export async function proposalOf(db: ReadDb, id: string): Promise<Proposal> {
  const found = (await select(db, sql`where p.id = ${id}`))[0];
  if (!found) throw platformErrors.not_found();
  return found;
}

/** Newest first; ids follow time. */
export async function listProposals(
  ctx: Ctx,
  kinds: readonly string[],
  query: { cursor?: string | undefined; limit: number },
): Promise<{ items: Proposal[]; next: string | null }> {
  const before = query.cursor === undefined ? sql`` : sql`and p.id < ${query.cursor}`;
  const rows = await select(
    ctx.db,
    sql`where p.kind = any(${sql.param([...kinds])}::text[]) ${before} order by p.id desc limit ${query.limit + 1}`,
  );
  const items = rows.slice(0, query.limit);
  return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

type Row = {
  id: string;
  kind: string;
  about: string;
  input: unknown;
  reason: string;
  proposed_by: string;
  proposed_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  is_approved: boolean | null;
};

async function select(db: ReadDb, where: SQL): Promise<Proposal[]> {
  const { rows } = await db.execute<Row>(sql`
    select p.*, d.decided_by, d.decided_at, d.is_approved
    from platform.proposals p left join platform.decisions d on d.proposal_id = p.id ${where}`);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    about: row.about,
    input: row.input,
    reason: row.reason,
    proposedBy: row.proposed_by,
    proposedAt: new Date(row.proposed_at).toISOString(),
    state: row.is_approved === null ? "proposed" : row.is_approved ? "approved" : "rejected",
    decidedBy: row.decided_by,
    decidedAt: row.decided_at ? new Date(row.decided_at).toISOString() : null,
  }));
}
