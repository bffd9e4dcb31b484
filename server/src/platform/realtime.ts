/**
 * Live events: written with the transaction that causes them, numbered per user without gaps, carried between processes
 * by LISTEN/NOTIFY. The number is taken under the user's own row lock, held until commit, so order of numbers is order
 * of commits: a reader that has seen n can never miss something below n that commits later.
 */
import { sql } from "drizzle-orm";
import type { Tx } from "./context.ts";
import type { Db, TxDb } from "./db.ts";
import type { LiveEvent, PublicTopic } from "./shapes.ts";

export const liveChannel = "souk_live";
export const publicChannel = "souk_public";
/** PostgreSQL takes less than 8000 bytes in one notification. */
const notificationMax = 7_500;

/** Tells a user's open screens that something changed. Goes out when the transaction commits. */
export function publish(tx: Tx, userId: string, topic: LiveEvent["topic"], id: string): void {
  if (!tx.live.some((one) => one.userId === userId && one.topic === topic && one.id === id))
    tx.live.push({ userId, topic, id });
}

/** Called by `verb` as the last write of a transaction; sorted, so that two transactions never wait for each other in a ring. */
export async function flushLive(db: TxDb, events: Tx["live"], now: Date): Promise<void> {
  const sorted = [...events].sort((a, b) => (a.userId < b.userId ? -1 : a.userId > b.userId ? 1 : 0));
  for (const [userId, group] of Map.groupBy(sorted, (one) => one.userId)) {
    await db.execute(sql`
      with taken as (
        insert into platform.live_cursors as c (user_id, seq) values (${userId}, ${group.length})
        on conflict (user_id) do update set seq = c.seq + ${group.length} returning seq
      )
      insert into platform.live_events (user_id, seq, topic, entity_id, at)
      select ${userId}, taken.seq - ${group.length} + g.ord, g.topic, g.entity_id, ${now.toISOString()}::timestamptz
      from taken, rows from (
        unnest(${sql.param(group.map((one) => one.topic))}::text[]),
        unnest(${sql.param(group.map((one) => one.id))}::text[])
      ) with ordinality as g(topic, entity_id, ord)`);
    await db.execute(sql`select pg_notify(${liveChannel}, ${userId})`);
  }
}

/**
 * Tells everybody who looks at a public list that one thing in it changed. Goes out when the transaction commits; never say anything here
 * that not everybody may know: an id, no more.
 */
export function publishToAll(tx: Tx, topic: PublicTopic, id: string): void {
  if (!tx.publicNews.some((one) => one.topic === topic && one.id === id)) tx.publicNews.push({ topic, id });
}

/** Called by `verb` before the commit: one notification for the whole transaction. Too many ids: "read the list again". */
export async function flushPublicNews(db: TxDb, news: Tx["publicNews"]): Promise<void> {
  const whole = JSON.stringify(news.map(({ topic, id }) => [topic, id]));
  const topics = [...new Set(news.map(({ topic }) => topic))];
  const text =
    Buffer.byteLength(whole) <= notificationMax ? whole : JSON.stringify(topics.map((topic) => [topic, ""]));
  await db.execute(sql`select pg_notify(${publicChannel}, ${text})`);
}

/** Events of a user after `since`, oldest first. `isTooOld` when some of them were already swept. */
export async function liveSince(
  db: Db,
  userId: string,
  since: bigint,
): Promise<{ events: LiveEvent[]; last: bigint; isTooOld: boolean }> {
  const { rows } = await db.execute<{ seq: bigint; topic: LiveEvent["topic"]; entity_id: string; at: Date }>(
    sql`select seq, topic, entity_id, at from platform.live_events where user_id = ${userId} and seq > ${since} order by seq limit 500`,
  );
  const head = await db.execute<{ seq: bigint }>(
    sql`select seq from platform.live_cursors where user_id = ${userId}`,
  );
  const last = BigInt(head.rows[0]?.seq ?? 0n);
  const first = rows[0] ? BigInt(rows[0].seq) : null;
  const isTooOld = since > last || (since < last && (first === null || first > since + 1n));
  const events = rows.map((row) => ({
    seq: String(row.seq),
    topic: row.topic,
    id: row.entity_id,
    at: new Date(row.at).toISOString(),
  }));
  return { events, last, isTooOld };
}

/** Deletes what nobody will ask for any more: a client away for longer reloads its screens instead. */
export async function sweepLiveEvents(db: Db): Promise<void> {
  await db.execute(sql`delete from platform.live_events where at < platform.now() - interval '3 days'`);
}
