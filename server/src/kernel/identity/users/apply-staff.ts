import { sql } from "drizzle-orm";
import { z } from "zod";
import { verb } from "../../../platform/verb.ts";

/**
 * Makes the staff roles equal to the setting `STAFF`: run at start, so that a name taken from the setting loses its roles.
 * People who are not registered yet get theirs when they are (`registerUser`).
 */
export const applyStaff = verb("identity.apply_staff", {
  input: z.strictObject({}),
  allow: ["system"],
  run: async (tx) => {
    const wanted = tx.settings.env.STAFF.map((one) => one.split(":"));
    const ids = sql.param(wanted.map(([id]) => id ?? ""));
    const roles = sql.param(wanted.map(([, role]) => role ?? ""));
    const list = sql`rows from (unnest(${ids}::bigint[]), unnest(${roles}::text[])) as w(telegram_id, role)`;
    const taken = await tx.db.execute<{ user_id: string; role: string }>(sql`
      delete from identity.staff_roles s where not exists (
        select 1 from ${list} join identity.users u on u.telegram_id = w.telegram_id
        where u.id = s.user_id and w.role = s.role)
      returning user_id, role`);
    const given = await tx.db.execute<{ user_id: string; role: string }>(sql`
      insert into identity.staff_roles (user_id, role, granted_at)
      select distinct u.id, w.role, ${tx.now.toISOString()}::timestamptz
      from ${list} join identity.users u on u.telegram_id = w.telegram_id
      on conflict do nothing returning user_id, role`);
    return { given: given.rows, taken: taken.rows };
  },
});
