import { sql } from "drizzle-orm";
import type { Tx } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { publish } from "../../platform/realtime.ts";
import type { Topic } from "./rules.ts";
import { inbox } from "./tables.ts";

export type Notice = {
  userId: string;
  /** `<module>.<name>`; the words stand in that module's copy under `notices.<name>`. */
  kind: string;
  /** Which of the user's settings governs the bot's message. `security` has none: it is always sent, at once. */
  topic: Topic;
  params: Record<string, string | number>;
  /** Path inside the Mini App. */
  link: string;
  /** Names the cause. The same key for the same user is told once, however often it is asked for. */
  key: string;
};

/** Tells a user: the inbox row, the live event and the bot's message, all with the caller's transaction. */
export async function notify(tx: Tx, notice: Notice): Promise<void> {
  const id = newId(tx.now.getTime());
  const written = await tx.db
    .insert(inbox)
    .values({ id, ...notice, createdAt: tx.now })
    .onConflictDoNothing({ target: [inbox.userId, inbox.key] })
    .returning({ id: inbox.id });
  if (written.length === 0) return;
  publish(tx, notice.userId, "notification", id);
  const now = tx.now.toISOString();
  await tx.db.execute(sql`
    insert into notifications.messages (id, user_id, notice_id, topic, lane, due_at, state, updated_at)
    values (${id}, ${notice.userId}, ${id}, ${notice.topic}, 0, ${now}, 'waiting', ${now})`);
}
