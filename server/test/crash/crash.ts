/** One story, in which the product is killed at each of the given points the first time it passes there. */
import { Client } from "pg";
import { createApp } from "../../src/app.ts";
import { createTestDatabase } from "../database.ts";
import { environment, openForBusiness, people } from "../world.ts";
import { CrashingProduct } from "./crashing-product.ts";
import { openOutside, Story } from "./story.ts";

export type Told = {
  points: string[];
  /** Points where it should have died and did not pass. */
  survived: string[];
  status: string;
  timeline: string[];
  sellerPaid: bigint[];
  feePaid: bigint[];
  notices: number;
  noticesOnce: number;
  deadLetters: number;
};

const dayS = 86_400;

/** `choose` picks points to die at from those that a first, undisturbed story passed. None: that first story itself. */
export async function tellStory(dieAt: readonly string[]): Promise<Told> {
  const database = await createTestDatabase();
  const { ton, telegram } = await openOutside();
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const env = environment(database.appUrl, telegram, ton, {
    PORT: String(port),
    TON_POLL_MS: "150",
    LOG_LEVEL: process.env.TEST_LOG ?? "silent",
  });
  const opening = await createApp({ env });
  await openForBusiness(opening, ton);
  await opening.stop();
  const product = new CrashingProduct({ ...env, PATH: process.env.PATH ?? "" });
  for (const point of dieAt) product.dieAt(point);
  try {
    await product.start();
    const story = new Story({
      origin: `http://localhost:${port}`,
      ownerUrl: database.ownerUrl,
      telegram,
      ton,
    });
    const dealId = await play(story, telegram);
    // What was put off by a death has its time: retries, second looks, messages of the bot.
    await Bun.sleep(2_500);
    return await account(database.ownerUrl, product, { dealId, ton });
  } finally {
    await product.stop();
    await telegram.stop();
    await ton.stop();
    await database.drop();
  }
}

async function play(
  story: Story,
  telegram: Awaited<ReturnType<typeof openOutside>>["telegram"],
): Promise<string> {
  for (const person of [people.arbiter, people.seller, people.buyer]) await story.arrive(person);
  const listingId = await story.offer();
  const dealId = await story.join(listingId);
  await story.pay(dealId);
  await story.status(dealId, ["IN_ESCROW", "LIVE"]);
  const roast = telegram.world().channels.find((one) => one.username === "morning_roast");
  await story.transfer(roast?.id ?? 0);
  await story.status(dealId, ["LIVE", "VERIFIED"]);
  await story.advance(dayS - 300);
  await story.status(dealId, ["VERIFIED"]);
  await story.advance(600);
  await story.status(dealId, ["RELEASED"]);
  return dealId;
}

type Ton = Awaited<ReturnType<typeof openOutside>>["ton"];

async function account(
  ownerUrl: string,
  product: CrashingProduct,
  { dealId, ton }: { dealId: string; ton: Ton },
): Promise<Told> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  const rows = async <T>(text: string, values: unknown[] = []) =>
    (await owner.query(text, values)).rows as T[];
  const [deal] = await rows<{ status: string; escrow_address: string }>(
    "select status, escrow_address from deals.deals where id = $1",
    [dealId],
  );
  const timeline = await rows<{ kind: string }>(
    "select kind from deals.events where deal_id = $1 order by seq",
    [dealId],
  );
  const notices = await rows<{ n: string; keys: string }>(
    "select count(*) as n, count(distinct (user_id, kind, params::text)) as keys from notifications.inbox",
  );
  const dead = await rows<{ n: string }>("select count(*) as n from pgboss.job where name like '%.dead'");
  await owner.end();
  const paidTo = (person: number) => received(ton, person, deal?.escrow_address ?? "");
  return {
    points: product.seen(),
    survived: product.survived(),
    status: deal?.status ?? "none",
    timeline: timeline.map(({ kind }) => kind),
    sellerPaid: await paidTo(people.seller),
    feePaid: await paidTo(1014),
    notices: Number(notices[0]?.n),
    noticesOnce: Number(notices[0]?.keys),
    deadLetters: Number(dead[0]?.n),
  };
}

/** Values of the messages from the contract that reached a person's wallet. */
async function received(ton: Ton, person: number, from: string): Promise<bigint[]> {
  const account = ton.wallet(person).address.toRawString();
  const response = await fetch(`${ton.v3Url}/transactions?account=${account}&limit=100&sort=asc`);
  const { transactions } = (await response.json()) as {
    transactions: { in_msg: { source: string | null; value: string | null } | null }[];
  };
  return transactions.flatMap(({ in_msg }) =>
    in_msg?.source?.toLowerCase() === from.toLowerCase() ? [BigInt(in_msg.value ?? "0")] : [],
  );
}
