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

/**
 * As many deals, notifications and live events as asked for, spread over the sellers of `seedOffers`; a fortieth of each belongs to one
 * busy person, whose id is returned.
 */
export async function seedHistory(ownerUrl: string, rows: number): Promise<string> {
  return asOwner(ownerUrl, async (owner) => {
    const some = `case when o % 40 = 0 then 1 else 2 + o % (select count(*) - 2 from seller) end`;
    await owner.query(`
      create temporary table seller as select id, row_number() over (order by telegram_id) n from identity.users;
      alter table seller add primary key (n);
      analyze seller;
      insert into deals.deals (id, kind, status, buyer_id, seller_id, buyer_wallet, seller_wallet, arbiter_wallet,
        platform_address, fee_address, network, price_nano, fee_bps, pay_by, deliver_by, hold_seconds, challenge_seconds,
        arbiter_seconds, fallback_funded_bps, fallback_delivered_bps, escrow_address, escrow_version, code_hash, terms_hash, terms,
        state_init, state_init_boc, subject, then_jobs, escrow_state, is_final, created_at, updated_at)
      select uuidv7(), 'channel_sale', case when o % 9 = 0 then 'IN_ESCROW' else 'RELEASED' end, buyer.id, other.id, wallet, wallet,
        wallet, wallet, wallet, '-3', 5000000000, 300, now(), now() + interval '1 day', 3600, 3600, 3600, 0, 10000, wallet, 1, repeat('0', 64),
        repeat('0', 64), '{}', '{}', '', '{"title": "A channel", "link": null}', '{}',
        case when o % 9 = 0 then 'Funded' else 'Settled' end, o % 9 <> 0, now(), now()
      from (select o, '0:' || lpad(to_hex(o), 64, '0') wallet, ${some} n from generate_series(1, ${rows}) o) one
        join seller buyer using (n) join seller other on other.n = 1 + one.n % (select count(*) from seller);
      insert into notifications.inbox (id, user_id, key, kind, topic, params, link, created_at, read_at)
      select uuidv7(), seller.id, 'n' || o, 'deal_released', 'deals', '{}', '/deals', now(), case when o % 3 > 0 then now() end
      from (select o, ${some} n from generate_series(1, ${rows}) o) one join seller using (n);
      insert into platform.live_events (user_id, seq, topic, entity_id, at)
      select seller.id, o, 'deal', 'x', now() from (select o, ${some} n from generate_series(1, ${rows}) o) one join seller using (n);
      insert into platform.live_cursors select user_id, max(seq) from platform.live_events group by user_id;`);
    await owner.query("vacuum analyze");
    const { rows: busy } = await owner.query<{ id: string }>("select id from seller where n = 1");
    return busy[0]?.id ?? "";
  });
}
