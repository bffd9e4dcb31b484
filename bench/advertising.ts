/**
 * Search and matching with 100 000 channels and as many campaigns: the product's own queries with changing questions, their p95, and what
 * the database does for the slowest of them. A query that reads a large table from end to end fails the bench.
 */
import { listCampaigns } from "../server/src/markets/channels/advertising/campaigns/list-campaigns.ts";
import { campaignSearch } from "../server/src/markets/channels/advertising/campaigns/shapes.ts";
import {
  matchCampaigns,
  matchChannels,
} from "../server/src/markets/channels/advertising/matches/find-matches.ts";
import { listChannels } from "../server/src/markets/channels/advertising/profiles/search-channels.ts";
import { channelSearch } from "../server/src/markets/channels/advertising/shapes.ts";
import { category } from "../server/src/markets/channels/shapes.ts";
import { createTestDatabase } from "../server/test/database.ts";
import { seedAdvertising } from "./lib/advertising.ts";
import { type Query, readingOf } from "./lib/explain.ts";
import { asOwner } from "./lib/market.ts";
import { table } from "./lib/measure.ts";
import { openReader } from "./lib/reader.ts";

const ROWS = 100_000;
const LARGE = 10_000;
const RUNS = 200;
/** Of one question with all that its screen needs, asked alone. */
const P95_MAX_MS = 150;

const database = await createTestDatabase();
const { userId, channelId } = await seedAdvertising(database.ownerUrl, ROWS);
const reader = openReader(database.appUrl);
const { anonymous: anybody, person } = reader;

const all = category.options;
const nth = (run: number): string => all[run % all.length] ?? "news";
const channels = (query: Record<string, string>) => listChannels(anybody, channelSearch.parse(query));
const campaigns = (query: Record<string, string>) => listCampaigns(anybody, campaignSearch.parse(query));
const { rows: asked } = await asOwner(database.ownerUrl, (owner) =>
  owner.query<{ id: string; user_id: string }>(
    `select id, advertiser_user_id as user_id from channels.campaigns order by id limit ${RUNS}`,
  ),
);

const questions: Record<string, (run: number) => Promise<unknown>> = {
  "channels, most members": () => channels({}),
  "channels, by views in a category": (run) => channels({ sort: "views", category: nth(run) }),
  "channels, cheapest of a size and language": (run) =>
    channels({ sort: "price_up", membersMin: String(run * 1_000), language: "ru" }),
  "channels, best rated below a price": (run) =>
    channels({ sort: "rating", priceMax: String(1_000_000_000 * (1 + (run % 50))) }),
  "channels, a narrow size in a category": (run) =>
    channels({ category: nth(run), membersMin: String(run * 2_000), membersMax: String(run * 2_000 + 500) }),
  "channels, words": (run) => channels({ q: `topic ${run % 977}` }),
  "campaigns, newest in a category": (run) => campaigns({ category: nth(run) }),
  "campaigns, that pay most, for a size": (run) => campaigns({ sort: "price", members: String(run * 2_000) }),
  "campaigns, words": (run) => campaigns({ q: `topic ${run % 977}` }),
  "channels for a campaign": (run) => {
    const one = asked[run % asked.length];
    return matchChannels(person(one?.user_id ?? ""), one?.id ?? "", { limit: 20 });
  },
  "campaigns for a channel": () => matchCampaigns(person(userId), channelId, { limit: 20 }),
};

const lines = [["question", "p50 ms", "p95 ms", "rows read by the slowest", "indexes"]];
const faults: string[] = [];
for (const [question, ask] of Object.entries(questions)) {
  await ask(0);
  const runs: { ms: number; queries: Query[] }[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const begun = performance.now();
    const queries = await reader.caughtBy(() => ask(run));
    runs.push({ ms: performance.now() - begun, queries });
  }
  runs.sort((a, b) => a.ms - b.ms);
  const at = (share: number) => runs[Math.floor((runs.length - 1) * share)];
  const slow = at(0.95);
  const { indexes, read, scanned } = readingOf(await reader.explain(slow?.queries ?? []), LARGE);
  for (const name of scanned) faults.push(`${question}: reads all of ${name}`);
  if ((slow?.ms ?? 0) > P95_MAX_MS) faults.push(`${question}: p95 ${slow?.ms.toFixed(0)} ms`);
  lines.push([
    question,
    (at(0.5)?.ms ?? 0).toFixed(1),
    (slow?.ms ?? 0).toFixed(1),
    String(read),
    indexes.join(", "),
  ]);
}
await reader.close();
await database.drop();

table(lines);
console.log(`p95 of every question: at most ${P95_MAX_MS} ms`);
for (const fault of faults) console.log(fault);
process.exit(faults.length === 0 ? 0 : 1);
