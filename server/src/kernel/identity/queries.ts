/** Reads of identity, already as JSON-safe views where they go outside. */
import { Address } from "@ton/core";
import { and, asc, desc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Ctx } from "../../platform/context.ts";
import type { ReadDb } from "../../platform/db.ts";
import { assert } from "../../platform/errors.ts";
import type { Language } from "../../platform/shapes.ts";
import { deviceOf, notificationSettingsFrom } from "./rules.ts";
import type {
  Me,
  notificationSettings,
  PublicUser,
  SessionKind,
  session,
  staffRole,
  Wallet,
} from "./shapes.ts";
import { sessions, staffRoles, users, wallets, walletUses } from "./tables.ts";
import type { UserActor } from "./users/ensure-user.ts";

export type StaffRole = z.infer<typeof staffRole>;

/** A linked wallet as other modules need it: `address` is friendly and non-bounceable, `raw` is `0:hex`. */
export type LinkedWallet = {
  address: string;
  raw: string;
  network: string;
  version: string;
  publicKey: Buffer;
  isPrimary: boolean;
};

/** The signed-in person's own account, with the powers that they have in this way of signing in. */
export async function getMe(
  ctx: Ctx,
  actor: Pick<UserActor, "userId">,
  kind: SessionKind = "telegram",
): Promise<Me> {
  const [user] = await ctx.db.select().from(users).where(eq(users.id, actor.userId));
  assert(user, "the actor has an account");
  const staff = ctx.actor.kind === "user" ? ctx.actor.staffRoles : await staffRolesOf(ctx.db, user.id, kind);
  return {
    id: String(user.telegramId),
    firstName: user.firstName,
    lastName: user.lastName,
    username: user.username,
    photoUrl: user.photoUrl,
    language: user.language,
    isLanguageChosen: user.isLanguageChosen,
    memberSince: user.createdAt.toISOString(),
    roles: user.roles as Me["roles"],
    staffRoles: staff as StaffRole[],
    notificationSettings: notificationSettingsFrom(user.notificationSettings),
    wallets: await walletsOf(ctx.db, user.id),
  };
}

async function staffRolesOf(db: ReadDb, userId: string, kind: SessionKind): Promise<string[]> {
  if (kind === "browser") return [];
  const rows = await db
    .select({ role: staffRoles.role })
    .from(staffRoles)
    .where(eq(staffRoles.userId, userId))
    .orderBy(asc(staffRoles.role));
  return rows.map(({ role }) => role);
}

/** Which of these sessions still work. */
export async function livingSessions(db: ReadDb, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        inArray(sessions.id, [...ids]),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, sql`platform.now()`),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}

/** Whether a session that somebody came with has not ended since; who came without one is known by Telegram alone. */
export async function isStillSignedIn(db: ReadDb, actor: Actor): Promise<boolean> {
  if (actor.kind !== "user" || actor.sessionId === undefined) return true;
  return (await livingSessions(db, [actor.sessionId])).has(actor.sessionId);
}

/** What the bot needs to know of the person it talks to. */
export async function accountOf(ctx: Ctx): Promise<{ language: Language; isLanguageChosen: boolean }> {
  assert(ctx.actor.kind === "user", "the bot talks to people");
  return knownUser(ctx.db, ctx.actor.userId);
}

/** Sessions that still work, newest first. */
export async function sessionsOf(ctx: Ctx, actor: UserActor): Promise<z.infer<typeof session>[]> {
  const rows = await ctx.db
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, actor.userId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, sql`platform.now()`),
      ),
    )
    .orderBy(desc(sessions.id))
    .limit(200);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    isCurrent: row.id === actor.sessionId,
    device: deviceOf(row.userAgent),
    userAgent: row.userAgent,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
  }));
}

const publicColumns = {
  id: users.id,
  telegramId: users.telegramId,
  firstName: users.firstName,
  username: users.username,
  photoUrl: users.photoUrl,
  createdAt: users.createdAt,
};

/** How others see these people, by our id; unknown ids are absent. */
export async function publicUsers(db: ReadDb, userIds: readonly string[]): Promise<Map<string, PublicUser>> {
  if (userIds.length === 0) return new Map();
  const rows = await db
    .select(publicColumns)
    .from(users)
    .where(inArray(users.id, [...new Set(userIds)]));
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: String(row.telegramId),
        firstName: row.firstName,
        username: row.username,
        photoUrl: row.photoUrl,
        memberSince: row.createdAt.toISOString(),
      },
    ]),
  );
}

/** Our id of a person by their Telegram id; undefined when they never came. */
export async function userByTelegramId(db: ReadDb, telegramId: string): Promise<string | undefined> {
  if (!/^[1-9]\d{0,15}$/.test(telegramId)) return undefined;
  const [row] = await db
    .select({ id: users.id })
    .from(users)
    .where(eq(users.telegramId, BigInt(telegramId)));
  return row?.id;
}

/** Our id of whoever has proved that the wallet at this raw address is theirs; undefined when nobody has. */
export async function userByWallet(db: ReadDb, raw: string): Promise<string | undefined> {
  const [row] = await db
    .select({ userId: wallets.userId })
    .from(wallets)
    .where(eq(wallets.address, raw))
    .limit(1);
  return row?.userId;
}

export async function telegramIdOf(db: ReadDb, userId: string): Promise<string> {
  return String((await knownUser(db, userId)).telegramId);
}

export async function languageOf(db: ReadDb, userId: string): Promise<Language> {
  return (await knownUser(db, userId)).language;
}

export async function notificationSettingsOf(
  db: ReadDb,
  userId: string,
): Promise<z.infer<typeof notificationSettings>> {
  return notificationSettingsFrom((await knownUser(db, userId)).notificationSettings);
}

/** What a message of the bot needs to know of its reader. */
export type BotRecipient = {
  userId: string;
  telegramId: string;
  language: Language;
  settings: z.infer<typeof notificationSettings>;
};

/** The readers by our ids; unknown ids are absent. */
export async function botRecipients(
  db: ReadDb,
  userIds: readonly string[],
): Promise<Map<string, BotRecipient>> {
  const rows = await db
    .select({
      id: users.id,
      telegramId: users.telegramId,
      language: users.language,
      stored: users.notificationSettings,
    })
    .from(users)
    .where(inArray(users.id, [...userIds]));
  return new Map(
    rows.map(({ id, telegramId, language, stored }) => [
      id,
      {
        userId: id,
        telegramId: String(telegramId),
        language,
        settings: notificationSettingsFrom(stored),
      },
    ]),
  );
}

/** Our ids of the people with a staff role, oldest account first. `owner` is not added: ask for it by name. */
export async function staffWith(db: ReadDb, role: StaffRole): Promise<string[]> {
  const rows = await db
    .select({ userId: staffRoles.userId })
    .from(staffRoles)
    .where(eq(staffRoles.role, role))
    .orderBy(asc(staffRoles.userId));
  return rows.map(({ userId }) => userId);
}

/** A person's wallets, the primary first; with `raw` only the one at that address. */
export async function walletsOf(db: ReadDb, userId: string, raw?: string): Promise<Wallet[]> {
  const rows = await db
    .select({
      address: wallets.address,
      network: wallets.network,
      version: wallets.version,
      isPrimary: wallets.isPrimary,
      linkedAt: wallets.linkedAt,
      isInUse: sql<boolean>`exists (select 1 from ${walletUses} where ${walletUses.walletId} = ${wallets.id})`,
    })
    .from(wallets)
    .where(and(eq(wallets.userId, userId), raw === undefined ? undefined : eq(wallets.address, raw)))
    .orderBy(desc(wallets.isPrimary), asc(wallets.linkedAt));
  return rows.map((row) => ({
    ...row,
    address: friendly(row.address),
    linkedAt: row.linkedAt.toISOString(),
  }));
}

/** The wallet that deals pin unless told otherwise; undefined when none is linked. */
export async function primaryWallet(db: ReadDb, userId: string): Promise<LinkedWallet | undefined> {
  const [row] = await db
    .select()
    .from(wallets)
    .where(and(eq(wallets.userId, userId), eq(wallets.isPrimary, true)));
  return row && toLinked(row);
}

export const toLinked = (row: typeof wallets.$inferSelect): LinkedWallet => ({
  address: friendly(row.address),
  raw: row.address,
  network: row.network,
  version: row.version,
  publicKey: row.publicKey,
  isPrimary: row.isPrimary,
});

/** Non-bounceable (`UQ…`): coins sent to a wallet that is not deployed yet must not come back. */
const friendly = (raw: string): string => Address.parseRaw(raw).toString({ bounceable: false });

async function knownUser(db: ReadDb, userId: string) {
  const [row] = await db.select().from(users).where(eq(users.id, userId));
  assert(row, "a user id of ours names a user");
  return row;
}
