/** Closes what can no longer be sent and would be found due again and again. */
import { sql } from "drizzle-orm";
import type { ReadDb } from "../../../platform/db.ts";

/** What two processes died over is given up; what was withdrawn while it was on its way is dropped. Looks at what is due alone. */
export async function closeOver(db: ReadDb): Promise<void> {
  await db.execute(sql`
    update notifications.messages set state = 'unknown', updated_at = platform.now()
    where state = 'sending' and state in ('waiting', 'sending') and deaths >= 1 and leased_until < platform.now()
      and lane in (0, 1, 2) and due_at <= platform.now()`);
  await db.execute(sql`
    update notifications.messages m set state = 'dropped', updated_at = platform.now()
    where m.state in ('waiting', 'sending') and (m.leased_until is null or m.leased_until < platform.now())
      and m.lane in (0, 1, 2) and m.due_at <= platform.now()
      and exists (select 1 from notifications.announcements a where a.id = m.announcement_id and a.withdrawn_at is not null)`);
}
