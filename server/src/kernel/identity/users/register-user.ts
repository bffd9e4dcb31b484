import { sql } from "drizzle-orm";
import { z } from "zod";
import { newId } from "../../../platform/ids.ts";
import { instant, secret } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { languageFrom, staffRolesFrom } from "../rules.ts";

const input = z.object({
  telegramId: z.string().regex(/^[1-9]\d{0,15}$/),
  firstName: secret(z.string()),
  lastName: secret(z.string().nullable()),
  username: secret(z.string().nullable()),
  languageCode: z.string().optional(),
  /** Not given: not told, keep what is known. */
  photoUrl: secret(z.string().nullable().optional()),
  /** When Telegram vouched for this. */
  at: instant,
});

/**
 * Makes the account at first sight, and brings the name and photo up to date later. Two first sights at once make one
 * account; what Telegram said earlier never replaces what it said later. Names of the setting `STAFF` get their roles here.
 */
export const registerUser = verb("identity.register_user", {
  input,
  allow: ["system"],
  run: async (tx, given) => {
    const tellsPhoto = given.photoUrl !== undefined;
    const { rows } = await tx.db.execute<{ id: string }>(sql`
      insert into identity.users as u
        (id, telegram_id, first_name, last_name, username, photo_url, language, profile_at, created_at)
      values (${newId(tx.now.getTime())}, ${given.telegramId}, ${given.firstName}, ${given.lastName}, ${given.username},
        ${given.photoUrl ?? null}, ${languageFrom(given.languageCode)}, ${given.at}::timestamptz, ${tx.now.toISOString()}::timestamptz)
      on conflict (telegram_id) do update set
        first_name = case when excluded.profile_at >= u.profile_at then excluded.first_name else u.first_name end,
        last_name = case when excluded.profile_at >= u.profile_at then excluded.last_name else u.last_name end,
        username = case when excluded.profile_at >= u.profile_at then excluded.username else u.username end,
        photo_url = case when excluded.profile_at >= u.profile_at and ${tellsPhoto} then excluded.photo_url else u.photo_url end,
        profile_at = greatest(excluded.profile_at, u.profile_at)
      returning id`);
    const userId = (rows[0] as { id: string }).id;
    for (const role of staffRolesFrom(tx.settings.env.STAFF, given.telegramId)) {
      await tx.db.execute(sql`
        insert into identity.staff_roles (user_id, role, granted_at)
        values (${userId}, ${role}, ${tx.now.toISOString()}::timestamptz) on conflict do nothing`);
    }
    return { userId };
  },
});
