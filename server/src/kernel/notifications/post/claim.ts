/**
 * What the bot writes next. All instances ask one row for leave, so that together they keep to one pace; whoever gets it takes the most
 * urgent message of that turn (`lanesAt` in rules.ts). A claim is written down before the call.
 */
import { sql } from "drizzle-orm";
import type { Ctx, Tx } from "../../../platform/context.ts";
import type { TxDb } from "../../../platform/db.ts";
import { transact } from "../../../platform/verb.ts";
import { type BotRecipient, botRecipients } from "../../identity/index.ts";
import { pushAsWell } from "../push/jobs.ts";
import {
  digestAgain,
  type Lane,
  lanes,
  lanesAt,
  type Moment,
  momentFor,
  type Topic,
  turns,
} from "../rules.ts";
import { closeOver } from "./close-over.ts";
import { expandAnnouncements } from "./expand.ts";

/** Longer than a call and its record may take. */
const leaseSeconds = 20;
/** How far the pace may catch up after a hiccup: so many messages may go closer together. */
const burst = 4;
/** Messages that turn out not to be for now are put in their place, so many in one transaction. */
const looksMax = 50;
/** Notices in one digest; more go in the next. */
const digestMax = 200;

export type Claimed = { recipient: BotRecipient; messageIds: string[]; lane: Lane };
export type Step = { kind: "idle" } | { kind: "wait"; ms: number } | ({ kind: "send" } & Claimed);

type Row = { id: string; user_id: string; topic: Topic; lane: Lane };

/** True when something may have to be done: one look, without a transaction, for the many times that nothing has. */
export async function isAnythingDue(ctx: Ctx): Promise<boolean> {
  const { rows } = await ctx.db.execute<{ due: boolean }>(sql`
    select exists (select 1 from notifications.messages where state in ('waiting', 'sending') and due_at <= platform.now()
        and (leased_until is null or leased_until < platform.now()))
      or exists (select 1 from notifications.announcements where ended_at is null and (asking is null or next < cardinality(recipients)))
      as due`);
  return rows[0]?.due ?? false;
}

export const claim = (ctx: Ctx): Promise<Step> => transact(ctx, claimIn, "notifications.claim");

async function claimIn(tx: Tx): Promise<Step> {
  const { ms, turn } = await leave(tx.db);
  if (ms > 0) return { kind: "wait", ms };
  let left = looksMax;
  for (const lane of lanesAt(turn)) {
    if (lane === lanes.announcement) await expandAnnouncements(tx);
    for (; left > 0; left -= 1) {
      const found = await best(tx.db, lane);
      if (!found) break;
      const claimed = await take(tx, found);
      if (claimed) return { kind: "send", ...claimed };
    }
  }
  if (left > 0) {
    await closeOver(tx.db);
    return { kind: "idle" };
  }
  // Many who want silence stood in this lane: the next look begins with another.
  await tx.db.execute(sql`update notifications.pace set turn = (turn + 1) % ${turns}`);
  return { kind: "wait", ms: 0 };
}

/** Holds the pace's row until the commit: no two claims see the same leave. */
async function leave(db: TxDb): Promise<{ ms: number; turn: number }> {
  await db.execute(sql`select 1 from notifications.pace for update`);
  const { rows } = await db.execute<{ ms: number; turn: number }>(sql`
    select case when isfinite(greatest(next_at, paused_until))
      then ceil(extract(epoch from greatest(next_at, paused_until) - clock_timestamp()) * 1000)::float8 else 0 end as ms, turn
    from notifications.pace`);
  return { ms: Math.max(0, rows[0]?.ms ?? 0), turn: rows[0]?.turn ?? 0 };
}

/** A chat that was written to a moment ago is passed by; so is what was withdrawn. A lost call is taken up once. */
async function best(db: TxDb, lane: Lane): Promise<Row | undefined> {
  const order = lane === lanes.announcement ? sql`m.position, m.due_at` : sql`m.due_at, m.id`;
  const { rows } = await db.execute<Row>(sql`
    select m.id, m.user_id, m.topic, m.lane from notifications.messages m
    where m.lane = ${lane} and ${isDue}
      and not exists (select 1 from notifications.chats c where c.user_id = m.user_id and c.next_at > clock_timestamp())
      and not exists (select 1 from notifications.announcements a where a.id = m.announcement_id and a.withdrawn_at is not null)
    order by ${order} limit 1 for update of m skip locked`);
  return rows[0];
}

const isDue = sql`m.due_at <= platform.now() and (m.state = 'waiting' or (m.state = 'sending' and m.deaths < 1))
  and m.state in ('waiting', 'sending') and (m.leased_until is null or m.leased_until < platform.now())`;

/** Claims the message, or puts it where the person's settings want it. */
async function take(tx: Tx, row: Row): Promise<Claimed | undefined> {
  const recipient = (await botRecipients(tx.db, [row.user_id])).get(row.user_id);
  if (!recipient) return place(tx, [row.id], { kind: "never" });
  if (row.lane === lanes.digest) return takeDigest(tx, row, recipient);
  const moment = momentFor(row.topic, recipient.settings, tx.now);
  if (moment.kind !== "now") return place(tx, [row.id], moment);
  return hold(tx, { recipient, messageIds: [row.id], lane: row.lane });
}

/** Everything of this person that is due goes in one message. */
async function takeDigest(tx: Tx, { user_id }: Row, recipient: BotRecipient): Promise<Claimed | undefined> {
  const { rows } = await tx.db.execute<Row>(sql`
    select m.id, m.topic from notifications.messages m
    where m.user_id = ${user_id} and m.lane = ${lanes.digest} and ${isDue}
      and not exists (select 1 from notifications.announcements a where a.id = m.announcement_id and a.withdrawn_at is not null)
    order by m.id limit ${digestMax} for update of m skip locked`);
  const now: string[] = [];
  for (const { id, topic } of rows) {
    const moment = digestAgain(topic, recipient.settings, tx.now);
    if (moment.kind === "now") now.push(id);
    else await place(tx, [id], moment);
  }
  return now.length === 0 ? undefined : hold(tx, { recipient, messageIds: now, lane: lanes.digest });
}

async function place(tx: Tx, ids: string[], moment: Exclude<Moment, { kind: "now" }>): Promise<undefined> {
  const now = tx.now.toISOString();
  const change =
    moment.kind === "never"
      ? sql`state = 'skipped'`
      : sql`lane = ${lanes.digest}, due_at = ${moment.at.toISOString()}, deaths = deaths + (state = 'sending')::int,
          state = 'waiting', leased_until = null`;
  await tx.db.execute(sql`
    update notifications.messages set ${change}, updated_at = ${now} where id = any(${sql.param(ids)}::uuid[])`);
  return undefined;
}

/** Written before the call: who finds it later knows that the call may have been made. Uses up one message of the pace. */
async function hold(tx: Tx, claimed: Claimed): Promise<Claimed> {
  const { TELEGRAM_MESSAGES_PER_SECOND: rate, TELEGRAM_CHAT_SPACING_MS: spacing } = tx.settings.env;
  const everyMs = 1_000 / rate;
  const ms = (value: number) => sql`${value} * interval '1 millisecond'`;
  await tx.db.execute(sql`
    with held as (
      update notifications.messages set deaths = deaths + (state = 'sending')::int, state = 'sending',
        leased_until = platform.now() + ${leaseSeconds} * interval '1 second', updated_at = platform.now()
      where id = any(${sql.param(claimed.messageIds)}::uuid[])
    ), chat as (
      insert into notifications.chats (user_id, next_at) values (${claimed.recipient.userId}, clock_timestamp() + ${ms(spacing)})
      on conflict (user_id) do update set next_at = excluded.next_at
    )
    update notifications.pace
      set next_at = greatest(next_at, clock_timestamp() - ${ms(everyMs * burst)}) + ${ms(everyMs)}, turn = (turn + 1) % ${turns}`);
  await pushAsWell(tx, claimed.recipient.userId, claimed.messageIds);
  return claimed;
}
