/**
 * Live events: written with the transaction that causes them, numbered per user without gaps, carried between processes
 * by LISTEN/NOTIFY. The number is taken under the user's own row lock, held until commit, so order of numbers is order
 * of commits: a reader that has seen n can never miss something below n that commits later.
 */
import { sql } from "drizzle-orm";
import type { Tx } from "./context.ts";
import type { Db } from "./db.ts";
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

/**
 * Tells everybody who looks at a public list that one thing in it changed. Goes out when the transaction commits; never say anything here
 * that not everybody may know: an id, no more.
 */
export function publishToAll(tx: Tx, topic: PublicTopic, id: string): void {
  if (!tx.publicNews.some((one) => one.topic === topic && one.id === id)) tx.publicNews.push({ topic, id });
}

/** One notification for the whole transaction. Too many ids: "read the list again". */
export function publicText(news: Tx["publicNews"]): string {
  const whole = JSON.stringify(news.map(({ topic, id }) => [topic, id]));
  if (Buffer.byteLength(whole) <= notificationMax) return whole;
  return JSON.stringify([...new Set(news.map(({ topic }) => topic))].map((topic) => [topic, ""]));
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
