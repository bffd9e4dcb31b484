/**
 * One announcement to ten thousand people through two instances, in front of a Telegram with its flood limits (30 a second, 429 beyond): how long the
 * writer's transaction takes, when the first message is there, whether the pace is kept, what still goes out after it was withdrawn, and
 * how long a single notice waits meanwhile.
 */
import { Client } from "pg";
import { createApp } from "../server/src/app.ts";
import { announce, notify, withdrawAnnouncement } from "../server/src/kernel/notifications/index.ts";
import { transact } from "../server/src/platform/verb.ts";
import { createWorld } from "../server/test/world.ts";
import { table } from "./lib/measure.ts";

const PEOPLE = 10_000;
const SECONDS = 20;
const RATE = 25;

const paced = { TELEGRAM_MESSAGES_PER_SECOND: String(RATE), TELEGRAM_CHAT_SPACING_MS: "1000", ROLES: "work" };
const world = await createWorld({ withChain: false, env: paced });
const second = await createApp({ env: { ...world.env, ROLES: "work" } });
const owner = new Client({ connectionString: world.database.ownerUrl });
await owner.connect();

const telegramIds = world.telegram.addCrowd(PEOPLE);
const { rows } = await owner.query<{ id: string }>(
  `insert into identity.users (id, telegram_id, first_name, language, profile_at, created_at)
   select uuidv7(), t, 'Person', 'en', now(), now() from unnest($1::bigint[]) t returning id`,
  [telegramIds],
);
const people = rows.map(({ id }) => id);
await Promise.all([world.app.start(), second.start()]);

const text = { kind: "channels.seller_wallet_needed", params: { title: "Bench" } };
const begun = performance.now();
await transact(world.ctx(), (tx) =>
  announce(tx, {
    ...text,
    key: "bench",
    topic: "orders",
    link: "/",
    digestLink: "/",
    recipients: people.map((userId, rank) => ({ userId, rank })),
  }),
);
const wroteMs = performance.now() - begun;

const ended = async (): Promise<Date[]> => {
  const found = await owner.query<{ updated_at: Date }>(
    "select updated_at from notifications.messages where state = 'sent' and lane = 1 order by updated_at",
  );
  return found.rows.map((row) => row.updated_at);
};
while ((await ended()).length === 0) await Bun.sleep(10);
const firstMs = performance.now() - begun;
const beganAt = performance.now();

/** Single notices to people far down the list, once a second, while the announcement goes on. */
const waits: number[] = [];
for (let n = 0; n < SECONDS; n += 1) {
  const userId = people[PEOPLE - 1 - n] as string;
  const askedAt = performance.now();
  await transact(world.ctx(), (tx) =>
    notify(tx, { ...text, userId, topic: "deals", link: "/", key: `bench-${n}` }),
  );
  for (;;) {
    const found = await owner.query(
      "select 1 from notifications.messages where user_id = $1 and state = 'sent'",
      [userId],
    );
    if (found.rowCount) break;
    await Bun.sleep(10);
  }
  waits.push(performance.now() - askedAt);
  await Bun.sleep(Math.max(0, 1_000 - (performance.now() - askedAt)));
}
const times = await ended();
const perSecond = (times.length + SECONDS) / ((performance.now() - beganAt) / 1_000);

await transact(world.ctx(), (tx) => withdrawAnnouncement(tx, "bench"));
const atEnd = (await ended()).length;
await Bun.sleep(3_000);
const after = (await ended()).length - atEnd;

const { rows: states } = await owner.query<{ refused: number; positions: boolean }>(`
  select (select count(*)::int from notifications.messages where failures > 0 or state in ('refused', 'failed', 'unknown')) as refused,
    (select max(position) + 1 = count(*) from notifications.messages where state = 'sent' and lane = 1) as positions`);
const worst = Math.max(
  ...times.map((at, n) => times.slice(n).filter((one) => one.getTime() < at.getTime() + 1_000).length),
);
const paused = await owner.query("select 1 from notifications.pace where isfinite(paused_until)");

const results: { what: string; is: number; limit: string; isGood: boolean }[] = [
  { what: "the writer's transaction, ms", is: wroteMs, limit: "at most 500", isGood: wroteMs <= 500 },
  { what: "to the first message, ms", is: firstMs, limit: "at most 2000", isGood: firstMs <= 2_000 },
  { what: "messages a second, mean", is: perSecond, limit: "at least 20", isGood: perSecond >= 20 },
  { what: "announced within any second", is: worst, limit: "at most 30", isGood: worst <= 30 },
  { what: "429 from Telegram", is: paused.rowCount ?? 0, limit: "at most 0", isGood: !paused.rowCount },
  {
    what: "a single notice meanwhile, worst, ms",
    is: Math.max(...waits),
    limit: "at most 2000",
    isGood: Math.max(...waits) <= 2_000,
  },
  { what: "sent after it was withdrawn", is: after, limit: "at most 4", isGood: after <= 4 },
  {
    what: "lost, refused or out of order",
    is: (states[0]?.refused ?? 0) + (states[0]?.positions ? 0 : 1),
    limit: "at most 0",
    isGood: states[0]?.refused === 0 && states[0].positions,
  },
];
console.log(`${PEOPLE} people, two instances, ${SECONDS} s, pace ${RATE}/s`);
table([
  ["", "measured", "limit", ""],
  ...results.map(({ what, is, limit, isGood }) => [what, is.toFixed(1), limit, isGood ? "" : "OUT"]),
]);

await second.stop();
await owner.end();
await world.close();
process.exit(results.every(({ isGood }) => isGood) ? 0 : 1);
