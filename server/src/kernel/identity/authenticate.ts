/**
 * Who calls: `tma <initData>` (checked at each request, remembered for a minute) or `Bearer <access token>`.
 * Nothing that a client says of itself counts but these.
 */
import { sql } from "drizzle-orm";
import type { Actor, Ctx } from "../../platform/context.ts";
import { sha256 } from "../../platform/ids.ts";
import type { Settings } from "../../platform/settings.ts";
import { identityErrors } from "./errors.ts";
import { type InitData, verifyInitData } from "./init-data.ts";
import { initDataAgeMaxMs, initDataCacheMs } from "./rules.ts";
import { readAccessToken } from "./sessions/access-token.ts";
import { actorOf, type UserActor } from "./users/ensure-user.ts";

type Remembered = { actor: UserActor; untilMs: number };
const rememberedMax = 5_000;
/** Per program, not per process: tests run several programs beside each other. */
const caches = new WeakMap<Ctx["db"], Map<string, Remembered>>();

/**
 * The actor of a request; nobody without a header. Registers a person at first sight. Errors: `identity.bad_scheme`,
 * `init_data_…`, `token_…`, `session_ended`, all 401. A role taken away counts after a minute, a session ended at once.
 */
export async function authenticate(ctx: Ctx, header: string | undefined): Promise<Actor> {
  if (header === undefined || header === "") return { kind: "anonymous" };
  const [, scheme = "", value = ""] = /^(\w+) +(\S.*)$/.exec(header) ?? [];
  switch (scheme.toLowerCase()) {
    case "tma":
      return authenticateInitData(ctx, value);
    case "bearer":
      return authenticateBearer(ctx, value);
    default:
      throw identityErrors.bad_scheme();
  }
}

/** The person who opened the Mini App with this initData. */
export async function authenticateInitData(ctx: Ctx, raw: string): Promise<UserActor> {
  const cache = cacheOf(ctx);
  const key = sha256(raw).toString("base64");
  const now = ctx.clock.now();
  const known = cache.get(key);
  if (known && known.untilMs > now) return known.actor;
  const data = checkInitData(ctx.settings, raw, now);
  const actor = await actorOf(ctx, data.person, data.authDateMs);
  cache.delete(key);
  cache.set(key, { actor, untilMs: Math.min(now + initDataCacheMs, data.authDateMs + initDataAgeMaxMs) });
  const oldest = cache.size > rememberedMax ? cache.keys().next().value : undefined;
  if (oldest !== undefined) cache.delete(oldest);
  return actor;
}

export const checkInitData = (settings: Settings, raw: string, nowMs: number): InitData =>
  verifyInitData(
    raw,
    {
      botToken: settings.env.TELEGRAM_BOT_TOKEN,
      botId: settings.botId,
      telegramKey: settings.env.TELEGRAM_INITDATA_PUBLIC_KEY,
    },
    nowMs,
  );

/** A session of a plain browser has no staff powers: those stay where Telegram vouches for the person each time. */
async function authenticateBearer(ctx: Ctx, token: string): Promise<UserActor> {
  const claims = await readAccessToken(ctx.settings, token, ctx.clock.now());
  const { rows } = await ctx.db.execute<{ telegram_id: bigint; staff_roles: string[] }>(sql`
    select u.telegram_id, array(
      select role from identity.staff_roles where user_id = u.id and s.kind = 'telegram' order by role) as staff_roles
    from identity.sessions s join identity.users u on u.id = s.user_id
    where s.id = ${claims.sessionId} and s.user_id = ${claims.userId} and s.revoked_at is null
      and s.expires_at > platform.now()`);
  const row = rows[0];
  if (!row) throw identityErrors.session_ended();
  return {
    kind: "user",
    userId: claims.userId,
    telegramId: String(row.telegram_id),
    staffRoles: row.staff_roles,
    sessionId: claims.sessionId,
  };
}

function cacheOf(ctx: Ctx): Map<string, Remembered> {
  const found = caches.get(ctx.db);
  if (found) return found;
  const made = new Map<string, Remembered>();
  caches.set(ctx.db, made);
  return made;
}
