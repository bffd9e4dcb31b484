/** Rows to measure with, written by the database itself: people with channels, each of them offered, deals, an inbox and live events. */
import { Client } from "pg";

/** Fills an empty, migrated database. `ownerUrl` is its owner's. Every tenth offer is private and every tenth is sold. */
export async function seedOffers(ownerUrl: string, offers: number): Promise<void> {
  await asOwner(ownerUrl, async (owner) => {
    const sellers = Math.ceil(offers / 4);
    await owner.query(`
      insert into identity.users (id, telegram_id, first_name, username, language, profile_at, created_at)
      select uuidv7(), 2000000 + n, 'Seller ' || n, 'seller_' || n, 'en', now(), now() from generate_series(1, ${sellers}) n;

      create temporary table seller as select id, row_number() over (order by telegram_id) n from identity.users;
      insert into channels.channels (id, telegram_id, owner_user_id, title, username, description, members, admins, ownership,
        is_bot_admin, checked_at, created_at)
      select uuidv7(), -1002000000000 - o, seller.id, 'Channel ' || o, 'channel_' || o, 'About topic ' || o % 977,
        10 + (o::bigint * 7919) % 500000, 2, 'proved', true, now(), now()
      from generate_series(1, ${offers}) o join seller on seller.n = 1 + o % ${sellers};

      insert into channels.listings (id, code, channel_id, seller_user_id, title, description, category, price, visibility, status,
        channel_title, channel_username, members, created_at, updated_at)
      select uuidv7(), 'BENCH' || lpad((-telegram_id - 1002000000000)::text, 8, '0'), id, owner_user_id, title || ' for sale',
        'A channel about topic ' || (-telegram_id) % 977 || ', quiet and steady, with all of its posts and its linked chat.',
        (array['crypto', 'news', 'technology', 'education', 'entertainment', 'business', 'travel', 'food'])[1 + (-telegram_id) % 8],
        1000000000 * (1 + (-telegram_id * 104729) % 9000),
        case when -telegram_id % 10 = 1 then 'private' else 'public' end, case when -telegram_id % 10 = 2 then 'sold' else 'active' end,
        title, username, members, now(), now()
      from channels.channels;`);
    await owner.query("vacuum analyze");
  });
}

export async function asOwner<T>(ownerUrl: string, work: (owner: Client) => Promise<T>): Promise<T> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}
