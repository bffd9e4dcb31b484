import { sql } from "drizzle-orm";
import { type Actor, as, type Ctx, system } from "../../../platform/context.ts";
import { assert } from "../../../platform/errors.ts";
import { describe, type TelegramPerson } from "../init-data.ts";
import { registerUser } from "./register-user.ts";

export type UserActor = Extract<Actor, { kind: "user" }>;

type Row = {
  id: string;
  first_name: string;
  last_name: string | null;
  username: string | null;
  photo_url: string | null;
  profile_at: string;
  staff_roles: string[];
};

/**
 * The actor for a person whom Telegram vouches for at `atMs`. One indexed query when nothing is new; at first sight, or with
 * a newer name or photo, the account is written first.
 */
export async function actorOf(ctx: Ctx, person: TelegramPerson, atMs: number): Promise<UserActor> {
  const found = await findUser(ctx, person.telegramId);
  if (found && isUpToDate(found, person, atMs)) return toActor(found, person.telegramId);
  await registerUser(as(ctx, system("identity")), { ...person, at: new Date(atMs).toISOString() });
  const written = await findUser(ctx, person.telegramId);
  assert(written, "a registered user exists");
  return toActor(written, person.telegramId);
}

/** The actor for the `from` of an update of the bot. */
export function ensureUser(ctx: Ctx, from: Parameters<typeof describe>[0]): Promise<UserActor> {
  return actorOf(ctx, describe(from), ctx.clock.now());
}

async function findUser(ctx: Ctx, telegramId: string): Promise<Row | undefined> {
  const { rows } = await ctx.db.execute<Row>(sql`
    select id, first_name, last_name, username, photo_url, profile_at,
      array(select role from identity.staff_roles where user_id = u.id order by role) as staff_roles
    from identity.users u where telegram_id = ${telegramId}`);
  return rows[0];
}

const isUpToDate = (row: Row, person: TelegramPerson, atMs: number): boolean =>
  new Date(row.profile_at).getTime() > atMs ||
  (row.first_name === person.firstName &&
    row.last_name === person.lastName &&
    row.username === person.username &&
    (person.photoUrl === undefined || row.photo_url === person.photoUrl));

const toActor = (row: Row, telegramId: string): UserActor => ({
  kind: "user",
  userId: row.id,
  telegramId,
  staffRoles: row.staff_roles,
});
