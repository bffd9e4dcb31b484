/** Lists and looks that happen all the time touch about as many rows as they show, however many there are. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { userByTelegramId } from "../src/kernel/identity/index.ts";
import { sweepCampaigns } from "../src/markets/channels/advertising/campaigns/end-campaigns.ts";
import { sweepOffers } from "../src/markets/channels/advertising/offers/expire-offers.ts";
import { planReadings } from "../src/markets/channels/advertising/stats/plan-readings.ts";
import { sweepLooks } from "../src/markets/channels/sale/follow-deal.ts";
import { system } from "../src/platform/context.ts";
import { createWorld, people, type World } from "./world.ts";

const rows = 6_000;
let world: World;
let owner: Client;

/** `n`th id of a family, sortable. */
const id = (family: number): string =>
  `(lpad(to_hex(${family}), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(g), 12, '0'))::uuid`;

async function fill(me: string): Promise<void> {
  const each = `generate_series(1, ${rows}) g`;
  const other = (family: number) => `case when g % 1000 = 0 then '${me}'::uuid else ${id(family)} end`;
  await owner.query(
    `
    insert into identity.users (id, telegram_id, first_name, language, profile_at, created_at)
      select ${id(1)}, 1000000 + g, 'Somebody', 'en', now(), now() from ${each};
    insert into channels.channels (id, telegram_id, owner_user_id, title, description, members, admins, ownership, is_bot_admin, checked_at, created_at)
      select ${id(2)}, -1000000000000 - g, ${id(1)}, 'Channel ' || g, '', g, 2, 'proved', true, now(), now() from ${each};
    insert into channels.listings (id, code, channel_id, seller_user_id, title, description, category, price, visibility, status,
        channel_title, members, created_at, updated_at)
      select ${id(3)}, 'CODE' || g, ${id(2)}, ${id(1)}, 'Word' || g, '', 'news', 100000000 + g, 'public', 'active', '', g, now(), now() from ${each};
    insert into deals.deals (id, kind, status, buyer_id, seller_id, arbiter_id, buyer_wallet, seller_wallet, arbiter_wallet, platform_address,
        fee_address, network, price_nano, fee_bps, pay_by, deliver_by, hold_seconds, challenge_seconds, arbiter_seconds,
        fallback_funded_bps, fallback_delivered_bps, escrow_address, escrow_version, code_hash, terms_hash, terms, state_init,
        state_init_boc, subject, then_jobs, is_final, created_at, updated_at)
      select ${id(4)}, 'other', 'RELEASED', ${id(1)}, ${id(5)}, '${me}', '', '', '', '', '', '-3', 1, 0, now(), now() + interval '1 day', 1, 1, 1,
        0, 0, 'a' || g, 1, '', '', '{}', '{}', '', '{}', '{}', true, now(), now() from ${each};
    insert into channels.sales (deal_id, listing_id, telegram_id, buyer_user_id, buyer_telegram_id, seller_user_id, seller_telegram_id,
        phase, promised, next_look_at, created_at)
      select ${id(4)}, ${id(3)}, -1000000000000 - g, ${id(1)}, 1, ${id(5)}, 2, 'hold', '{}', now() + interval '1 day', now() from ${each};
    insert into notifications.inbox (id, user_id, key, kind, topic, params, link, created_at)
      select ${id(6)}, ${other(1)}, g::text, 'deals.funded_buyer', 'deals', '{}', '/', now() from ${each};
    insert into reviews.reviews (id, subject_kind, subject_id, subject_title, author_id, person_id, role, stars, text, topic, link, show_at,
        shown_at, hidden_at, created_at)
      select ${id(7)}, 'deal', ${id(4)}, '', ${id(1)}, '${me}', 'seller', 5, '', 'deals', '/', now(), now(),
        case when g % 100 = 0 then now() end, now() from ${each};
    insert into reviews.targets (review_id, kind, target_id, role, is_counted)
      select ${id(7)}, 'user', '${me}', case when g < 4 then 'executor' else 'seller' end, g % 100 <> 0 from ${each};
    insert into reviews.complaints (id, subject_kind, subject_id, subject_title, author_id, person_id, market, reason, text, state, topic, link,
        decided_at, created_at)
      select ${id(8)}, 'order', ${id(4)}, '', ${id(1)}, '${me}', 'services', 'rude', '', case when g % 500 = 0 then 'open' else 'upheld' end,
        'orders', '/', case when g % 500 = 0 then null else now() end, now() from ${each};
    vacuum analyze`.replace("vacuum analyze", ""),
  );
  await fillAdvertising(me);
  await owner.query("vacuum analyze");
}

/** Every thousandth thing is `me`'s; each category and language has its share. */
async function fillAdvertising(me: string): Promise<void> {
  const each = `generate_series(1, ${rows}) g`;
  const other = (family: number) => `case when g % 1000 = 0 then '${me}'::uuid else ${id(family)} end`;
  const categories = `array[(array['news', 'food', 'travel', 'sport'])[1 + g % 4]]`;
  await owner.query(`
    insert into channels.profiles (channel_id, owner_user_id, is_open, categories, language, title, username, description, members, views,
        engagement_bps, price_from, rating_count, rating_sum, standing, next_read_at, created_at, updated_at)
      select ${id(2)}, ${id(1)}, true, ${categories}, (array['ru', 'en'])[1 + g % 2], 'Word' || g, null, '', g, g / 2, 500, 100000000 + g,
        1, 5, g, now() + interval '1 day', now(), now() from ${each};
    insert into channels.profile_topics (channel_id, category, language, standing, members, views, price_from)
      select channel_id, categories[1], language, standing, members, views, price_from from channels.profiles;
    insert into channels.campaigns (id, advertiser_user_id, title, brief, categories, languages, members_min, topics, formats, budget, status,
        created_at, updated_at)
      select ${id(7)}, ${other(1)}, 'Word' || g, '', ${categories}, '{}', g, '{}', '{1/24}', 200000000 + g, 'active', now(), now() from ${each};
    insert into channels.campaign_topics (campaign_id, category, language, members_min)
      select id, categories[1], 'any', members_min from channels.campaigns;
    insert into channels.offers (id, origin, status, turn, round, channel_id, campaign_id, publisher_user_id, advertiser_user_id, price, format_key,
        top_hours, feed_hours, post_at, posted_by, is_top_of_feed, message, topics, expires_at, placement_id, outcome, spent, earned, ended_at,
        created_at, updated_at)
      select ${id(8)}, 'publisher', 'accepted', null, 1, ${id(2)}, ${id(7)}, ${id(1)}, ${other(5)}, 100, '1/24', 1, 24, now(), 'bot', true, '', '{}',
        now(), ${id(9)}, 'released', 100, 97, now(), now(), now() from ${each};
    insert into channels.slots (id, code, channel_id, format_key, top_hours, feed_hours, price, posted_by, is_top_of_feed, hours_from, hours_to, time_zone,
        lead_hours, forbidden_topics, note, visibility, status, created_at, updated_at)
      select ${id(10)}, 'SLOT' || g, ${id(2)}, '1/24', 1, 24, 100000000, 'bot', true, '00:00', '00:00', 'UTC', 1, '{}', '', 'public', 'active', now(), now()
      from ${each}`);
}

beforeAll(async () => {
  world = await createWorld({
    withChain: false,
    env: { STAFF: `${people.arbiter}:arbiter,${people.arbiter}:moderator` },
  });
  await world.http(people.arbiter).get("/api/users/me");
  owner = new Client({ connectionString: world.database.ownerUrl });
  await owner.connect();
  await fill((await userByTelegramId(world.ctx().db, String(people.arbiter))) ?? "");
}, 60_000);
afterAll(async () => {
  await owner.end();
  await world.close();
});

/** Rows of tables and entries of indexes that were touched so far, as the server counts them. */
async function touched(): Promise<number> {
  // Each connection keeps its own count until it is made to tell; the pause makes every one of the pool take part.
  const everyone = () =>
    Promise.all(
      Array.from({ length: 12 }, () =>
        world.ctx().db.execute(sql`select pg_stat_force_next_flush(), pg_sleep(0.01)`),
      ),
    );
  await everyone();
  await everyone();
  const { rows: counted } = await owner.query(
    `
    select (select sum(seq_tup_read) from pg_stat_user_tables where schemaname = any($1))
      + (select sum(idx_tup_read) from pg_stat_user_indexes where schemaname = any($1)) as n`,
    [["channels", "deals", "notifications", "identity", "reviews"]],
  );
  return Number(counted[0].n);
}

/** A page of twenty with what belongs to it: far below the number of rows. */
const limit = 400;

const far = "00000003-0000-7000-8000-000000000bb8";
const cursor = (sort: string, value: number): string =>
  Buffer.from(JSON.stringify([sort, String(value), far])).toString("base64url");

test.each([
  "/api/listings",
  `/api/listings?sort=price_up&cursor=${cursor("price_up", 100003000)}`,
  `/api/listings?sort=price_down&cursor=${cursor("price_down", 100003000)}`,
  `/api/listings?sort=members&cursor=${cursor("members", 3000)}`,
  `/api/listings?membersMin=${rows - 3}`,
  "/api/listings?q=word17",
  "/api/listings?q=nowhere",
  "/api/listings?mine=true",
  "/api/listings/by-code/CODE00000017",
  "/api/deals",
  "/api/deals?role=seller",
  "/api/admin/deals",
  "/api/notifications",
  "/api/notifications/unread",
  "/api/channels",
  "/api/channels?sort=views",
  "/api/channels?sort=price_up",
  "/api/channels?sort=price_down",
  "/api/channels?sort=rating",
  "/api/channels?sort=new&category=food&language=en",
  `/api/channels?membersMin=${rows - 3}`,
  `/api/channels?sort=members&cursor=${cursor("members", 3000)}`,
  "/api/channels?q=word17",
  "/api/channels?q=nowhere",
  "/api/campaigns",
  "/api/campaigns?sort=budget",
  "/api/campaigns?sort=price&category=food",
  "/api/campaigns?q=word17",
  "/api/campaigns?mine=true",
  "/api/campaigns/00000007-0000-7000-8000-000000000bb8/matches",
  "/api/campaigns/00000007-0000-7000-8000-000000000bb8/offers",
  "/api/offers?role=advertiser",
  "/api/offers?role=publisher",
  "/api/dashboards/advertiser",
  "/api/dashboards/publisher",
  "/api/dashboards/history?role=advertiser",
  "/api/slots/by-code/SLOT17",
  "/api/channels?mine=true",
  "/api/reviews",
  `/api/reviews?user=${people.arbiter}`,
  `/api/reviews?user=${people.arbiter}&role=executor`,
  `/api/reviews?user=${people.arbiter}&role=seller&cursor=00000007-0000-7000-8000-000000000bb8`,
  "/api/admin/reviews?state=hidden",
  "/api/admin/complaints",
  "/api/admin/complaints?state=upheld",
])("GET %s touches no more than it shows", async (path) => {
  const before = await touched();
  const { status } = await world.http(people.arbiter).get(path);
  expect([200, 404]).toContain(status);
  expect((await touched()) - before).toBeLessThan(limit);
});

test("what runs every minute over profiles, offers and campaigns touches no more than what is due", async () => {
  const before = await touched();
  await planReadings(world.ctx(system("test")), {});
  await sweepOffers(world.ctx(system("test")), {});
  await sweepCampaigns(world.ctx(system("test")), {});
  expect((await touched()) - before).toBeLessThan(limit);
});

test("looking for overdue looks touches no more than it shows", async () => {
  const before = await touched();
  await sweepLooks(world.ctx(system("test")), {});
  expect((await touched()) - before).toBeLessThan(limit);
});
