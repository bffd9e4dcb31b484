import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { publicUsers } from "../../../../kernel/identity/index.ts";
import { notify } from "../../../../kernel/notifications/index.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { channels } from "../../tables.ts";
import { members } from "../tables.ts";

/** What Telegram said of a manager just now. The owner hears of it when a manager is an administrator no longer. */
export const recordMemberRights = verb("channels.record_member_rights", {
  input: z.strictObject({ channelId: uuid, userId: uuid, isAdmin: z.boolean() }),
  allow: ["system"],
  run: async (tx, { channelId, userId, isAdmin }) => {
    const where = and(eq(members.channelId, channelId), eq(members.userId, userId));
    const [before] = await tx.db.select().from(members).where(where).for("update");
    if (!before) return { channelId };
    await tx.db.update(members).set({ isAdmin, checkedAt: tx.now }).where(where);
    if (isAdmin || before.isAdmin === false) return { channelId };
    const [channel] = await tx.db.select().from(channels).where(eq(channels.id, channelId));
    const person = (await publicUsers(tx.db, [userId])).get(userId);
    if (channel && person)
      await notify(tx, {
        userId: channel.ownerUserId,
        kind: "channels.manager_lost_rights",
        topic: "offers",
        params: { title: channel.title, name: person.firstName },
        link: `/channels/${channelId}/members`,
        key: `manager-rights:${channelId}:${userId}:${tx.now.toISOString().slice(0, 10)}`,
      });
    return { channelId };
  },
});
