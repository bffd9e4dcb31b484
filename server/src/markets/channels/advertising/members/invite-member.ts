import { and, count, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { publicUsers } from "../../../../kernel/identity/index.ts";
import { notify } from "../../../../kernel/notifications/index.ts";
import type { Ctx, Tx } from "../../../../platform/context.ts";
import type { ReadDb } from "../../../../platform/db.ts";
import { newId, randomCode } from "../../../../platform/ids.ts";
import { publish } from "../../../../platform/realtime.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { normalCode, photoOf } from "../../queries.ts";
import { channels } from "../../tables.ts";
import { adErrors } from "../errors.ts";
import { userOf } from "../profiles/cards.ts";
import { inviteMember as invitation, type openedInvite } from "../shapes.ts";
import { invites, members } from "../tables.ts";
import { lookAtRights, partIn } from "./rights.ts";

const codeLength = 13;
const inviteMs = 7 * 86_400_000;
/** People who help with one channel, those invited included. */
const membersMax = 30;
const input = z.strictObject({ channelId: uuid, invite: invitation });

/** The owner asks somebody to help: whoever opens the link first, or only who bears the name. */
export const inviteMember = verb("channels.invite_member", {
  input,
  allow: ["user"],
  keep: "nothing",
  look: async (ctx: Ctx, { channelId }: z.output<typeof input>) => {
    await partIn(ctx.db, userOf(ctx).userId, channelId, "owner");
    return lookAtRights(ctx, channelId);
  },
  run: async (tx, { channelId, invite }) => {
    const { userId } = userOf(tx);
    const { channel } = await partIn(tx.db, userId, channelId, "owner");
    await tx.db.select({ id: channels.id }).from(channels).where(eq(channels.id, channelId)).for("update");
    const [held] = await tx.db.select({ n: count() }).from(members).where(eq(members.channelId, channelId));
    const [open] = await tx.db
      .select({ n: count() })
      .from(invites)
      .where(and(eq(invites.channelId, channelId), isNull(invites.closedAt)));
    if (Number(held?.n ?? 0) + Number(open?.n ?? 0) >= membersMax)
      throw adErrors.too_many_members({ max: membersMax });
    const id = newId(tx.now.getTime());
    await tx.db.insert(invites).values({
      id,
      channelId,
      role: invite.role,
      username: invite.username ?? null,
      code: randomCode(codeLength),
      invitedBy: userId,
      createdAt: tx.now,
      expiresAt: new Date(tx.now.getTime() + inviteMs),
    });
    publish(tx, channel.ownerUserId, "channel", channelId);
    return { inviteId: id };
  },
});

async function openInvite(db: ReadDb, code: string, now: Date) {
  const normal = normalCode(code);
  if (!/^[0-9A-Z]+$/.test(normal)) throw adErrors.invite_not_found();
  const [row] = await db
    .select({ invite: invites, channel: channels })
    .from(invites)
    .innerJoin(channels, eq(channels.id, invites.channelId))
    .where(and(eq(invites.code, normal), isNull(channels.removedAt)));
  if (!row || row.invite.closedAt !== null || row.invite.expiresAt <= now) throw adErrors.invite_not_found();
  return row;
}

/** What somebody with the link is asked to. */
export async function getInvite(ctx: Ctx, code: string): Promise<z.input<typeof openedInvite>> {
  const { invite, channel } = await openInvite(ctx.db, code, ctx.clock.date());
  const invitedBy = (await publicUsers(ctx.db, [invite.invitedBy])).get(invite.invitedBy);
  if (!invitedBy) throw adErrors.invite_not_found();
  return {
    channel: { id: channel.id, title: channel.title, username: channel.username, photoUrl: photoOf(channel) },
    role: invite.role,
    invitedBy,
    expiresAt: invite.expiresAt.toISOString(),
  };
}

/** Takes an invitation, once. What the new helper may do in Telegram is asked when they first act. */
export const acceptInvite = verb("channels.accept_invite", {
  input: z.strictObject({ code: z.string().min(8).max(40) }),
  allow: ["user"],
  run: async (tx, { code }) => {
    const { userId } = userOf(tx);
    const found = await openInvite(tx.db, code, tx.now).catch(async (error: unknown) => {
      const again = await takenBy(tx, code, userId);
      if (again) return { taken: again };
      throw error;
    });
    if ("taken" in found) return { channelId: found.taken };
    const { invite, channel } = found;
    const person = (await publicUsers(tx.db, [userId])).get(userId);
    if (invite.username !== null && person?.username?.toLowerCase() !== invite.username)
      throw adErrors.invite_for_another();
    if (channel.ownerUserId === userId) throw adErrors.already_member();
    const taken = await tx.db
      .update(invites)
      .set({ usedBy: userId, closedAt: tx.now })
      .where(and(eq(invites.id, invite.id), isNull(invites.closedAt)))
      .returning({ id: invites.id });
    if (taken.length === 0) throw adErrors.invite_not_found();
    await tx.db
      .insert(members)
      .values({ channelId: channel.id, userId, role: invite.role, addedAt: tx.now })
      .onConflictDoUpdate({ target: [members.channelId, members.userId], set: { role: invite.role } });
    publish(tx, channel.ownerUserId, "channel", channel.id);
    publish(tx, userId, "channel", channel.id);
    await notify(tx, {
      userId: channel.ownerUserId,
      kind: "channels.member_joined",
      topic: "offers",
      params: { title: channel.title, name: person?.firstName ?? "" },
      link: `/channels/${channel.id}/members`,
      key: `member-joined:${invite.id}`,
    });
    return { channelId: channel.id };
  },
});

async function takenBy(tx: Tx, code: string, userId: string): Promise<string | null> {
  const [row] = await tx.db
    .select({ channelId: invites.channelId })
    .from(invites)
    .where(and(eq(invites.code, normalCode(code)), eq(invites.usedBy, userId)));
  return row?.channelId ?? null;
}

/** Takes an invitation back. Twice is once. */
export const revokeInvite = verb("channels.revoke_invite", {
  input: z.strictObject({ channelId: uuid, id: uuid }),
  allow: ["user"],
  run: async (tx, { channelId, id }) => {
    await partIn(tx.db, userOf(tx).userId, channelId, "owner");
    await tx.db
      .update(invites)
      .set({ closedAt: sql`coalesce(${invites.closedAt}, ${tx.now.toISOString()}::timestamptz)` })
      .where(and(eq(invites.id, id), eq(invites.channelId, channelId)));
    publish(tx, userOf(tx).userId, "channel", channelId);
    return { id };
  },
});
