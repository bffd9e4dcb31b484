import type { Tx } from "../../platform/context.ts";
import { runPrepared } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { publish } from "../../platform/realtime.ts";
import type { Topic } from "./rules.ts";

export type Notice = {
  userId: string;
  /** `<module>.<name>`; the words stand in that module's copy under `notices.<name>`. */
  kind: string;
  /** Which of the user's settings governs the bot's message. `security` has none: it is always sent, at once. */
  topic: Topic;
  params: Record<string, string | number>;
  /** Path inside the Mini App. */
  link: string;
  /** What a first button sends to the market's part of the bot; its text stands in `notices.<name>.press`. */
  press?: string;
  /** Names the cause. The same key for the same user is told once, however often it is asked for. */
  key: string;
};

/** The same key again writes nothing and answers no row. */
const statement = {
  name: "notifications.notify",
  text: `
    with written as (
      insert into notifications.inbox (id, user_id, key, kind, topic, params, link, created_at, press)
      values ($1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::jsonb, $7::text, $8::timestamptz, $9::text)
      on conflict (user_id, key) do nothing returning id
    )
    insert into notifications.messages (id, user_id, notice_id, topic, lane, due_at, state, updated_at)
    select id, $2::uuid, id, $5::text, 0, $8::timestamptz, 'waiting', $8::timestamptz from written returning id`,
};

/** Tells a user: the inbox row, the live event and the bot's message, all with the caller's transaction. */
export async function notify(
  tx: Tx,
  { userId, key, kind, topic, params, link, press }: Notice,
): Promise<void> {
  const id = newId(tx.now.getTime());
  const now = tx.now.toISOString();
  const values = [id, userId, key, kind, topic, JSON.stringify(params), link, now, press ?? null];
  const written = await runPrepared(tx.db, statement, values);
  if (written.length > 0) publish(tx, userId, "notification", id);
}
