import { and, asc, desc, eq, gt, isNull } from "drizzle-orm";
import { z } from "zod";
import { publicUsers, userByTelegramId } from "../../../../kernel/identity/index.ts";
import { notify } from "../../../../kernel/notifications/index.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { publish } from "../../../../platform/realtime.ts";
import { telegramId, uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { adErrors } from "../errors.ts";
import { appLink, startOf } from "../links.ts";
import { namesOf, userOf } from "../profiles/cards.ts";
import type { channelMembers } from "../shapes.ts";
import { invites, members } from "../tables.ts";
import { partIn } from "./rights.ts";

/** The owner ends somebody's help, or the helper leaves. Twice is once. */
export const removeMember = verb("channels.remove_member", {
  input: z.strictObject({ channelId: uuid, telegramId }),
  allow: ["user"],
  run: async (tx, { channelId, telegramId: id }) => {
    const { userId } = userOf(tx);
    const { channel, role } = await partIn(tx.db, userId, channelId, "viewer");
    const subject = await userByTelegramId(tx.db, id);
    if (role !== "owner" && subject !== userId) throw adErrors.role_too_low({ role, needed: "owner" });
    if (subject === undefined) return { channelId };
    const gone = await tx.db
      .delete(members)
      .where(and(eq(members.channelId, channelId), eq(members.userId, subject)))
      .returning({ userId: members.userId });
    publish(tx, channel.ownerUserId, "channel", channelId);
    if (gone.length === 0) return { channelId };
    publish(tx, subject, "channel", channelId);
    if (role === "owner")
      await notify(tx, {
        userId: subject,
        kind: "channels.member_removed",
        topic: "offers",
        params: { title: channel.title },
        link: "/channels",
        key: `member-removed:${channelId}:${tx.now.getTime()}`,
      });
    return { channelId };
  },
});

/** Who runs a channel: for everybody with a part in it; invitations for the owner alone. */
export async function listMembers(ctx: Ctx, channelId: string): Promise<z.input<typeof channelMembers>> {
  const { channel, role } = await partIn(ctx.db, userOf(ctx).userId, channelId, "viewer");
  const [helped, open, names] = await Promise.all([
    ctx.db.select().from(members).where(eq(members.channelId, channelId)).orderBy(asc(members.addedAt)),
    role !== "owner"
      ? []
      : ctx.db
          .select()
          .from(invites)
          .where(
            and(
              eq(invites.channelId, channelId),
              isNull(invites.closedAt),
              gt(invites.expiresAt, ctx.clock.date()),
            ),
          )
          .orderBy(desc(invites.id)),
    namesOf(ctx),
  ]);
  const people = await publicUsers(ctx.db, [channel.ownerUserId, ...helped.map(({ userId }) => userId)]);
  const owner = people.get(channel.ownerUserId);
  return {
    items: [
      ...(owner
        ? [
            {
              user: owner,
              role: "owner" as const,
              isAdminInTelegram: channel.ownership === "proved",
              checkedAt: channel.checkedAt.toISOString(),
              addedAt: channel.createdAt.toISOString(),
            },
          ]
        : []),
      ...helped.flatMap((row) => {
        const user = people.get(row.userId);
        if (!user) return [];
        return [
          {
            user,
            role: row.role,
            isAdminInTelegram: row.isAdmin,
            checkedAt: row.checkedAt?.toISOString() ?? null,
            addedAt: row.addedAt.toISOString(),
          },
        ];
      }),
    ],
    invites: open.map(({ id, role: invited, username, code, expiresAt }) => ({
      id,
      role: invited,
      username,
      code,
      deepLink: appLink(names, startOf.invite(code)),
      expiresAt: expiresAt.toISOString(),
    })),
  };
}
