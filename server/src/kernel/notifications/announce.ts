/**
 * Telling many people of one thing: nearest first, for as long as it is worth telling. No inbox rows are written: what is announced lives
 * for an hour and has a list of its own in the app, and ten thousand rows for each would be a flood that nobody reads.
 */
import { sql } from "drizzle-orm";
import type { Tx } from "../../platform/context.ts";
import { assert } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import type { Topic } from "./rules.ts";

export type Announcement = {
  /** Names the cause: asked for again with the same key it changes nothing. It is also what withdraws it. */
  key: string;
  /** `<module>.<name>`; the words stand in that module's copy under `notices.<name>`, the same for everybody. */
  kind: string;
  topic: Topic;
  params: Record<string, string | number>;
  /** Path inside the Mini App. */
  link: string;
  /** What a first button sends to the market's part of the bot; its text stands in `notices.<name>.press`. */
  press?: string;
  /** Where a digest of such announcements leads: their list in the app. */
  digestLink: string;
  /** Lowest rank first, e.g. metres. Settings and blocks are looked at when it is their turn. */
  recipients: readonly Recipient[];
  /** The market's job that names the next ones, when these have nearly all been told; absent: these are all. */
  more?: More;
};
export type Recipient = { userId: string; rank: number };
export type More = { name: string; payload: Record<string, unknown> };

/** People in one page: what is written at once stays small, and most announcements are over before the next is asked for. */
export const recipientsMax = 1_000;

function inOrder(given: readonly Recipient[]): string[] {
  assert(given.length <= recipientsMax, "a page of an announcement has its bounds");
  return [...new Set([...given].sort((a, b) => a.rank - b.rank).map(({ userId }) => userId))];
}
const jsonOf = (value: object | undefined) => (value === undefined ? null : JSON.stringify(value));

/** One row, whatever the number of people: nobody's own row is touched or locked. */
export async function announce(tx: Tx, given: Announcement): Promise<void> {
  const recipients = inOrder(given.recipients);
  if (recipients.length === 0) return;
  await tx.db.execute(sql`
    insert into notifications.announcements (id, key, kind, topic, params, link, digest_link, recipients, more, press, created_at)
    values (${newId(tx.now.getTime())}, ${given.key}, ${given.kind}, ${given.topic}, ${JSON.stringify(given.params)}::jsonb,
      ${given.link}, ${given.digestLink}, ${sql.param(recipients)}::uuid[], ${jsonOf(given.more)}::jsonb,
      ${given.press ?? null}, ${tx.now.toISOString()})
    on conflict (key) do nothing`);
}

/** The answer to the job `more`, with what was asked (`payload`): answered twice, or after the end, it changes nothing. */
export async function continueAnnouncement(
  tx: Tx,
  given: Pick<Announcement, "key" | "recipients" | "more"> & { asked: More["payload"] },
): Promise<void> {
  const recipients = inOrder(given.recipients);
  await tx.db.execute(sql`
    update notifications.announcements set recipients = recipients || ${sql.param(recipients)}::uuid[],
      more = ${jsonOf(given.more)}::jsonb, asking = null,
      ended_at = case when ${recipients.length} = 0 and next >= cardinality(recipients) then ${tx.now.toISOString()}::timestamptz end
    where key = ${given.key} and asking = ${JSON.stringify(given.asked)}::jsonb and ended_at is null`);
}

/** What it tells of has changed: whoever has not been told yet hears it as it is now. */
export async function rewordAnnouncement(
  tx: Tx,
  { key, params }: Pick<Announcement, "key" | "params">,
): Promise<void> {
  await tx.db.execute(sql`
    update notifications.announcements set params = ${JSON.stringify(params)}::jsonb where key = ${key}`);
}

/** It is over: whoever has not been told yet is not told any more. What is on its way to Telegram at this moment arrives. */
export async function withdrawAnnouncement(tx: Tx, key: string): Promise<void> {
  const now = tx.now.toISOString();
  // Two statements: the second sees what a sender wrote that held the row in between.
  const { rows } = await tx.db.execute<{ id: string }>(sql`
    update notifications.announcements set withdrawn_at = coalesce(withdrawn_at, ${now}), ended_at = coalesce(ended_at, ${now})
    where key = ${key} returning id`);
  const id = rows[0]?.id;
  if (id === undefined) return;
  await tx.db.execute(sql`
    update notifications.messages set state = 'dropped', updated_at = ${now}
    where announcement_id = ${id} and state = 'waiting'`);
}
