/**
 * What the database does for the screens that everybody opens, with 200 000 rows in each table: the product's own queries, caught as they
 * go out and explained. A query that reads a large table from end to end fails the bench.
 */
import { listDeals } from "../server/src/kernel/deals/queries.ts";
import { dealQuery } from "../server/src/kernel/deals/shapes.ts";
import { listNotifications, unreadOf } from "../server/src/kernel/notifications/queries.ts";
import { notificationQuery } from "../server/src/kernel/notifications/shapes.ts";
import { listChannels } from "../server/src/markets/channels/advertising/profiles/search-channels.ts";
import { channelSearch } from "../server/src/markets/channels/advertising/shapes.ts";
import {
  getListing,
  getListingByCode,
  listListings,
} from "../server/src/markets/channels/listings/list-listings.ts";
import { listingQuery } from "../server/src/markets/channels/shapes.ts";
import { liveSince } from "../server/src/platform/realtime.ts";
import { createTestDatabase } from "../server/test/database.ts";
import { type Explained, readingOf } from "./lib/explain.ts";
import { seedHistory, seedOffers } from "./lib/market.ts";
import { median, table } from "./lib/measure.ts";
import { openReader } from "./lib/reader.ts";

const ROWS = 200_000;
const LARGE = 10_000;
const RUNS = 3;

const database = await createTestDatabase();
await seedOffers(database.ownerUrl, ROWS);
const busy = await seedHistory(database.ownerUrl, ROWS);
const reader = openReader(database.appUrl);
const { anonymous } = reader;
const newcomer = reader.person("01a1f883-84c8-7c83-8f38-2d12fcad1041");
const person = reader.person(busy);

const list = (query: Record<string, string>): Promise<{ items: { id: string }[]; next: string | null }> =>
  listListings(anonymous, listingQuery.parse(query));
const after = async (query: Record<string, string>): Promise<unknown> => {
  const first = await list(query);
  reader.forget();
  return list({ ...query, cursor: first.next ?? "" });
};

const questions: Record<string, () => Promise<unknown>> = {
  "offers, the newest": () => list({}),
  "offers, the newest, next page": () => after({}),
  "offers, the cheapest": () => list({ sort: "price_up" }),
  "offers, the cheapest, next page": () => after({ sort: "price_up" }),
  "offers, the dearest": () => list({ sort: "price_down" }),
  "offers, most members": () => list({ sort: "members" }),
  "offers, most members, next page": () => after({ sort: "members" }),
  "offers, one category": () => list({ category: "crypto" }),
  "offers, a price from and to": () => list({ priceMin: "1000000000000", priceMax: "1100000000000" }),
  "offers, a narrow price, by price": () =>
    list({ priceMin: "1000000000000", priceMax: "1001000000000", sort: "price_up" }),
  "offers, members from and to": () => list({ membersMin: "1000", membersMax: "2000", sort: "members" }),
  "search, one rare word": () => list({ q: "Channel 77777" }),
  "search, a word that two hundred have": () => list({ q: "topic 511" }),
  "search, a word that all have": () => list({ q: "channel" }),
  "search, a word that nobody has": () => list({ q: "unheardof" }),
  "an offer by its code": () => getListingByCode(anonymous, "BENCH00077770"),
  "an offer by its id": async () => {
    const { items } = await list({});
    reader.forget();
    return getListing(person, items[0]?.id ?? "");
  },
  "one's own offers": () => listListings(person, listingQuery.parse({ mine: "true" })),
  "one's own channels": () => listChannels(person, channelSearch.parse({ mine: "true" })),
  "one's deals": () => listDeals(person, dealQuery.parse({})),
  "a newcomer's deals, none": () => listDeals(newcomer, dealQuery.parse({})),
  "one's open deals as seller": () => listDeals(person, dealQuery.parse({ role: "seller", open: "true" })),
  "the inbox": () => listNotifications(person, notificationQuery.parse({})),
  "the inbox, unread": () => listNotifications(person, notificationQuery.parse({ unread: "true" })),
  "the number on the inbox": () => unreadOf(person),
  "live events after a number": () => liveSince(reader.db, busy, BigInt(ROWS - 100)),
};

const lines: string[][] = [["question", "queries", "ms", "rows read", "indexes"]];
const faults: string[] = [];
for (const [question, ask] of Object.entries(questions)) {
  const queries = await reader.caughtBy(ask);
  const times: number[] = [];
  let last: Explained[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    last = await reader.explain(queries);
    times.push(last.reduce((sum, one) => sum + one["Execution Time"] + one["Planning Time"], 0));
  }
  const { indexes, read, scanned } = readingOf(last, LARGE);
  for (const name of scanned) faults.push(`${question}: reads all of ${name}`);
  lines.push([question, String(queries.length), median(times).toFixed(1), String(read), indexes.join(", ")]);
}
await reader.close();
await database.drop();

table(lines);
for (const fault of faults) console.log(fault);
process.exit(faults.length === 0 ? 0 : 1);
