import type { z } from "zod";
import type { Tx } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { enqueue } from "../../platform/jobs.ts";
import { publish } from "../../platform/realtime.ts";
import type { notificationTopic } from "../identity/shapes.ts";
import { sendToBot } from "./jobs.ts";
import { inbox } from "./tables.ts";

export type Notice = {
  userId: string;
  /** `<module>.<name>`; the words stand in that module's copy under `notices.<name>`. */
  kind: string;
  /** Which switch of the user's settings governs the bot's message. `security` has none: it is always sent. */
  topic: z.infer<typeof notificationTopic> | "security";
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
  enqueue(tx, sendToBot.with({ notificationId: id }), { key: id });
}
