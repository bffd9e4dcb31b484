/** What the bench of orders asks: as people who opened the Mini App, and the list's own SQL for pgbench. */
import { createHmac } from "node:crypto";

/** `Authorization` of the people of `seedOrders`, good for an hour. */
export function signIns(people: number, botToken: string): string[] {
  const key = createHmac("sha256", "WebAppData").update(botToken).digest();
  return Array.from({ length: people }, (_one, at) => {
    const user = JSON.stringify({
      id: 3_000_001 + at,
      first_name: `Person ${at + 1}`,
      username: `person_${at + 1}`,
      language_code: "ru",
    });
    const fields = { auth_date: String(Math.floor(Date.now() / 1000)), user };
    const lines = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
    const hash = createHmac("sha256", key).update(lines.join("\n")).digest("hex");
    return `tma ${new URLSearchParams({ ...fields, hash })}`;
  });
}

/** The two statements of the list as everybody opens it. */
export const listScript = `
select o.id, o.customer_id, o.category, o.description, o.city, o.place, o.photos, o.status, o.outcome, o.takes_count,
  o.created_at, o.expires_at, o.first_taken_at, false as is_taken, null::bytea as sealed
from services.orders o where o.status = 'active' and o.due_at > platform.now() order by o.id desc limit 21 offset 0;
select coalesce(sum(n), 0)::int as n from services.counters where category = '' and city = '';
`;
