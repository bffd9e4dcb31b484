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
  /** Where a digest of such announcements leads: their list in the app. */
  digestLink: string;
  /** Lowest rank first, e.g. metres. Settings and blocks are looked at when it is their turn. */
  recipients: readonly { userId: string; rank: number }[];
};

const recipientsMax = 100_000;

/** One row, whatever the number of people: nobody's own row is touched or locked. */
export async function announce(tx: Tx, given: Announcement): Promise<void> {
  assert(given.recipients.length <= recipientsMax, "an announcement has its bounds");
  const inOrder = [...given.recipients].sort((a, b) => a.rank - b.rank).map(({ userId }) => userId);
  const recipients = [...new Set(inOrder)];
  if (recipients.length === 0) return;
  await tx.db.execute(sql`
    insert into notifications.announcements (id, key, kind, topic, params, link, digest_link, recipients, created_at)
    values (${newId(tx.now.getTime())}, ${given.key}, ${given.kind}, ${given.topic}, ${JSON.stringify(given.params)}::jsonb,
      ${given.link}, ${given.digestLink}, ${sql.param(recipients)}::uuid[], ${tx.now.toISOString()})
    on conflict (key) do nothing`);
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
