/** Orders that are changed, taken, answered, judged, left silent and deleted, while the product is killed at each of the given points. */
import { Client } from "pg";
import { createApp } from "../../src/app.ts";
import { createTestDatabase } from "../database.ts";
import { environment, people } from "../world.ts";
import { CrashingProduct } from "./crashing-product.ts";
import { openOutside, Story } from "./story.ts";

export type Ordered = {
  points: string[];
  survived: string[];
  orders: { status: string; outcome: string | null; takes: number }[];
  /** Kopecks: of both executors together, and the platform's. */
  available: string;
  held: string;
  fees: string;
  sums: string[];
  /** Notices by kind; a cause tells a person once. */
  notices: Record<string, number>;
  /** Reviews of the executor: how many, and their sum. */
  rating: [count: number, sum: number];
  complaints: string[];
  deadLetters: number;
};

const executors = [people.seller, people.stranger];
const given = 10_000;

export async function tellOrders(dieAt: readonly string[]): Promise<Ordered> {
  const database = await createTestDatabase();
  const { ton, telegram } = await openOutside();
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const env = environment(database.appUrl, telegram, ton, {
    PORT: String(port),
    ROLES: "web,work,bot",
    STAFF: `${people.arbiter}:moderator`,
    LOG_LEVEL: process.env.TEST_LOG ?? "silent",
  });
  // The first start, before anything can die: queues and the like.
  await (await createApp({ env })).stop();
  const product = new CrashingProduct({ ...env, PATH: process.env.PATH ?? "" });
  for (const point of dieAt) product.dieAt(point);
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    await product.start();
    const story = new Story({
      origin: `http://localhost:${port}`,
      ownerUrl: database.ownerUrl,
      telegram,
      ton,
    });
    await play(story, owner);
    return { points: product.seen(), survived: product.survived(), ...(await books(owner)) };
  } finally {
    await owner.end();
    await product.stop();
    await telegram.stop();
    await ton.stop();
    await database.drop();
  }
}

async function play(story: Story, owner: Client): Promise<void> {
  for (const person of [people.buyer, people.arbiter, ...executors])
    await story.call(person, "GET", "/api/users/me");
  for (const person of executors) await give(owner, person);
  const answered = await order(story, "+79160000001");
  const silent = await order(story, "+79160000002");
  const deleted = await order(story, "+79160000003");
  await story.call(people.buyer, "PUT", `/api/orders/${answered}`, {
    category: "moving",
    contact: "@mover_needed",
  });
  for (const id of [answered, silent])
    for (const person of executors) await story.call(person, "POST", `/api/orders/${id}/take`);
  await story.call(people.buyer, "DELETE", `/api/orders/${deleted}`);
  await story.call(people.buyer, "POST", `/api/orders/${answered}/respond`, {
    executorId: String(people.seller),
  });
  await judged(story, answered);
  await story.advance(900);
  await ended(owner, silent);
}

/** The customer rates, an executor complains, a moderator finds it true: that executor's money comes back. */
async function judged(story: Story, orderId: string): Promise<void> {
  const [chosen, complainer] = executors as [number, number];
  const stars = { orderId, executorId: String(chosen), stars: 5 };
  await story.call(people.buyer, "POST", "/api/reviews/client", stars);
  await story.call(complainer, "POST", "/api/reviews/executor", { orderId, reason: "no_response" });
  const { body } = await story.call(people.arbiter, "GET", "/api/admin/complaints");
  const [complaint] = body.items as unknown as { id: string }[];
  await story.call(people.arbiter, "POST", `/api/admin/complaints/${complaint?.id}/decide`, {
    state: "upheld",
  });
  for (let end = Date.now() + 60_000; Date.now() < end; await Bun.sleep(100)) {
    const seen = await story.call(complainer, "GET", `/api/orders/${orderId}`);
    if ((seen.body.take as unknown as { state: string }).state === "refunded") return;
  }
  throw new Error("the complainer never got their money back");
}

async function order(story: Story, contact: string): Promise<string> {
  const wish = {
    category: "courier",
    description: "A parcel has to go across the town now",
    city: "Пермь",
    contact,
  };
  const { body } = await story.call(people.buyer, "POST", "/api/orders", wish);
  return String(body.id);
}

const give = (owner: Client, person: number) =>
  owner.query(
    `select ledger.transfer($1, 'test.given', '1', null, array['gateway:test', 'user:' || id], array['RUB', 'RUB'],
      array[$2::bigint * -1, $2::bigint]) from identity.users where telegram_id = $3`,
    [`test:give:${person}`, given, person],
  );

async function ended(owner: Client, id: string): Promise<void> {
  for (let end = Date.now() + 60_000; Date.now() < end; await Bun.sleep(100)) {
    const { rows } = await owner.query("select from services.orders where id = $1 and ended_at is not null", [
      id,
    ]);
    if (rows.length > 0) return;
  }
  throw new Error("the silent order never ended");
}

async function books(owner: Client): Promise<Omit<Ordered, "points" | "survived">> {
  const rows = async <T>(text: string) => (await owner.query(text)).rows as T[];
  const [money] = await rows<{ available: string; held: string }>(
    "select sum(balance - held)::text as available, sum(held)::text as held from ledger.accounts where name like 'user:%' and asset = 'RUB'",
  );
  const [fees] = await rows<{ n: string }>(
    "select coalesce(sum(amount), 0)::text as n from ledger.entries where account = 'fees' and asset = 'RUB'",
  );
  const notices = await rows<{ kind: string; n: number }>(
    "select kind, count(*)::int as n from notifications.inbox where kind like 'services.%' or kind like 'reviews.%' group by kind",
  );
  const [rating] = await rows<{ n: number; sum: number }>(
    "select stars_count::int as n, stars_sum::int as sum from reviews.ratings where role = 'executor'",
  );
  const dead = await rows<{ n: number }>(
    "select count(*)::int as n from pgboss.job where name like '%.dead'",
  );
  return {
    orders: await rows(
      "select status, outcome, takes_count as takes from services.orders order by created_at, id",
    ),
    available: money?.available ?? "",
    held: money?.held ?? "",
    fees: fees?.n ?? "",
    sums: (await rows<{ n: string }>("select sum(amount)::text as n from ledger.entries group by asset")).map(
      ({ n }) => n,
    ),
    notices: Object.fromEntries(notices.map(({ kind, n }) => [kind, n])),
    rating: [rating?.n ?? 0, rating?.sum ?? 0],
    complaints: (
      await rows<{ text: string }>(
        "select reason || ' ' || state as text from reviews.complaints order by id",
      )
    ).map(({ text }) => text),
    deadLetters: dead[0]?.n ?? -1,
  };
}
