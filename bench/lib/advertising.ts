/** Rows to measure with: channels open to advertising with their slots, and campaigns that look for them. */
import { asOwner } from "./market.ts";

const categories =
  "array['news','business','crypto','technology','education','entertainment','humor','lifestyle','travel','food','health','sport','music','games','art','other']";

/** As many profiles and campaigns as asked for, in an empty, migrated database; the id of one advertiser and one publisher. */
export async function seedAdvertising(
  ownerUrl: string,
  rows: number,
): Promise<{ userId: string; channelId: string }> {
  return asOwner(ownerUrl, async (owner) => {
    await owner.query(`
      insert into identity.users (id, telegram_id, first_name, username, language, profile_at, created_at)
      select uuidv7(), 2000000 + n, 'Person ' || n, 'person_' || n, 'en', now(), now() from generate_series(1, ${Math.ceil(rows / 4)}) n;
      create temporary table person as select id, row_number() over (order by telegram_id) n from identity.users;
      alter table person add primary key (n);
      analyze person;

      insert into channels.channels (id, telegram_id, owner_user_id, title, username, description, members, admins, ownership, is_bot_admin,
        checked_at, created_at)
      select uuidv7(), -1002000000000 - o, person.id, 'Channel ' || o, 'channel_' || o, 'About topic ' || o % 977,
        10 + (o::bigint * 7919) % 500000, 2, 'proved', true, now(), now()
      from generate_series(1, ${rows}) o join person on person.n = 1 + o % ${Math.ceil(rows / 4)};

      insert into channels.profiles (channel_id, owner_user_id, is_open, categories, language, title, username, description, members, views,
        engagement_bps, price_from, rating_count, rating_sum, placements, standing, next_read_at, created_at, updated_at)
      select id, owner_user_id, true,
        array[(${categories})[1 + o % 16], (${categories})[1 + (o + 1 + (o / 16) % 15) % 16]],
        case when o % 3 = 0 then 'en' else 'ru' end, title, username, description, members,
        case when o % 5 = 0 then null else members / 4 end, 2500, case when o % 7 = 0 then null else 100000000 * (1 + (o * 104729) % 900) end,
        (o % 9)::integer, (o % 9 * (1 + o % 5))::integer, (o % 40)::integer, (3000 + (o * 31) % 3000)::integer, now() + interval '1 hour', now(), now()
      from (select *, -telegram_id - 1002000000000 as o from channels.channels) one;
      insert into channels.profile_topics (channel_id, category, language, standing, members, views, price_from)
      select channel_id, unnest(categories), language, standing, members, views, price_from from channels.profiles on conflict do nothing;

      insert into channels.campaigns (id, advertiser_user_id, title, brief, categories, languages, members_min, members_max, topics, formats,
        price_max, budget, status, created_at, updated_at)
      select uuidv7(), person.id, 'Campaign ' || o, 'Something about topic ' || o % 977 || ', for people who care about it.',
        array[(${categories})[1 + o % 16], (${categories})[1 + (o + 5) % 16]], case when o % 4 = 0 then '{}' when o % 3 = 0 then '{en}' else '{ru}' end::text[],
        case when o % 2 = 0 then 1000 * (o % 100) end, case when o % 6 = 0 then 1000 * (100 + o % 300) end, '{}', '{1/24,2/48}',
        100000000::bigint * (5 + o % 900), 1000000000::bigint * (100 + o % 5000), 'active', now(), now()
      from generate_series(1, ${rows}) o join person on person.n = 1 + (o * 7) % ${Math.ceil(rows / 4)};
      insert into channels.campaign_topics (campaign_id, category, language, members_min, members_max)
      select id, category, language, members_min, members_max from channels.campaigns, unnest(categories) category,
        unnest(case when languages = '{}' then '{any}' else languages end) language;`);
    await owner.query("vacuum analyze");
    const { rows: found } = await owner.query<{ user_id: string; channel_id: string }>(
      "select owner_user_id as user_id, channel_id from channels.profiles offset 777 limit 1",
    );
    return { userId: found[0]?.user_id ?? "", channelId: found[0]?.channel_id ?? "" };
  });
}
