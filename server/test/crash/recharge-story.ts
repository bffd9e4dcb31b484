/** Stars bought, a deposit made, rubles paid by card, and some of each given back, while the product is killed at each of the given points. */
import { Cell } from "@ton/core";
import { Client } from "pg";
import { type LocalYooKassa, startLocalYooKassa } from "../../../local/payments/yookassa/index.ts";
import { createApp } from "../../src/app.ts";
import { createTestDatabase } from "../database.ts";
import { environment, openForBusiness, people, yooKassaEnvironment } from "../world.ts";
import { CrashingProduct } from "./crashing-product.ts";
import { openOutside, Story } from "./story.ts";

export type Recharged = {
  points: string[];
  survived: string[];
  /** Of the buyer, minor units by asset, and what the provider's account says. */
  stars: string;
  coins: string;
  rubles: string;
  gateways: Record<string, string>;
  refundsAtTelegram: number;
  chargesAtTelegram: number;
  /** Transfers that the deposit wallet sent. */
  transfersBack: number;
  /** What YooKassa has of us: its payments, those that were paid, and kopecks that went back. */
  atYooKassa: { payments: number; paid: number; back: string };
  sums: string[];
  deadLetters: number;
};

/** At the provider and here: 100 Stars twice, one of them back; two coins in, half a coin back; 500 rubles twice, 200 of them back. */
export async function tellRecharge(dieAt: readonly string[]): Promise<Recharged> {
  const database = await createTestDatabase();
  const { ton, telegram } = await openOutside();
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const yooKassa = await startLocalYooKassa({
    notifyUrl: `http://localhost:${port}/payments/webhook/yookassa`,
    firstRetryMs: 200,
  });
  const env = environment(database.appUrl, telegram, ton, {
    ...yooKassaEnvironment(yooKassa),
    PORT: String(port),
    TON_POLL_MS: "150",
    LOG_LEVEL: process.env.TEST_LOG ?? "silent",
    STAFF: `${people.arbiter}:support`,
  });
  const opening = await createApp({ env });
  await openForBusiness(opening, ton);
  await opening.stop();
  const product = new CrashingProduct({ ...env, PATH: process.env.PATH ?? "" });
  for (const point of dieAt) product.dieAt(point);
  try {
    await product.start();
    const origin = `http://localhost:${port}`;
    const story = new Story({ origin, ownerUrl: database.ownerUrl, telegram, ton });
    await play(story, { telegram, ton, yooKassa });
    const refunds = (await starLines(telegram)).filter((line) => line.receiver);
    const charges = (await starLines(telegram)).filter((line) => line.source);
    return {
      points: product.seen(),
      survived: product.survived(),
      refundsAtTelegram: refunds.length,
      chargesAtTelegram: charges.length,
      transfersBack: await sentByDepositWallet(ton),
      atYooKassa: booksOf(yooKassa),
      ...(await books(database.ownerUrl)),
    };
  } finally {
    await product.stop();
    await telegram.stop();
    await ton.stop();
    await yooKassa.stop();
    await database.drop();
  }
}

type Outside = Awaited<ReturnType<typeof openOutside>> & { yooKassa: LocalYooKassa };
type Paid = { id: string; status: string; receipts: { id: string }[]; pay: Pay };
type Pay = { url?: string; address?: string; comment?: string } | null;

async function play(story: Story, { telegram, ton, yooKassa }: Outside): Promise<void> {
  await story.arrive(people.arbiter);
  await story.arrive(people.buyer);
  const first = await open(story, "XTR", "100");
  const second = await open(story, "XTR", "100");
  const deposit = await open(story, "TON", "2000000000");
  await payRubles(story, yooKassa);
  for (const one of [first, second]) await payStars(story, telegram, one);
  await ton.transfer({
    from: people.buyer,
    to: deposit.pay?.address ?? "",
    amount: 2_000_000_000n,
    body: deposit.pay?.comment ?? "",
    bounce: false,
  });
  await signBack(story, ton, await reach(story, deposit.id, "paid"));
  const paid = await reach(story, first.id, "paid");
  await reach(story, second.id, "paid");
  const asked = { receiptId: paid.receipts[0]?.id, reason: "asked by the owner" };
  await story.call(people.arbiter, "POST", "/api/admin/payments/refunds", asked);
  await reach(story, first.id, "refunded");
}

/** Two payments by card; the product may be dead when YooKassa tells of them, and is told again. */
async function payRubles(story: Story, yooKassa: LocalYooKassa): Promise<void> {
  const cards = [await open(story, "RUB", "50000"), await open(story, "RUB", "50000")];
  for (const { pay } of cards) yooKassa.pay(pay?.url?.split("/").at(-1) ?? "");
  const [first] = await Promise.all(cards.map(({ id }) => reach(story, id, "paid")));
  const asked = { receiptId: first?.receipts[0]?.id, amount: "20000", reason: "asked by the owner" };
  const { body } = await story.call(people.arbiter, "POST", "/api/admin/payments/refunds", asked);
  const { id } = body as unknown as { id: string };
  await until("the rubles went back", async () => {
    const seen = await story.call(people.arbiter, "GET", `/api/admin/payments/refunds/${id}`);
    return (seen.body as { state?: unknown }).state === "done" ? true : null;
  });
}

function booksOf({ shop }: LocalYooKassa): Recharged["atYooKassa"] {
  const all = [...shop.payments.values()];
  const back = [...shop.refunds.values()].reduce(
    (sum, { amount }) => sum + BigInt(amount.value.replace(".", "")),
    0n,
  );
  const paid = all.filter(({ object }) => object.status === "succeeded").length;
  return { payments: all.length, paid, back: back.toString() };
}

const DEPOSITOR = 1013;
type Request = { messages: { address: string; amount: string; payload?: string }[] };

/** One of the staff asks for what to sign, whoever owns the deposit wallet confirms it once, and the chain is asked until it is seen. */
async function signBack(story: Story, ton: Outside["ton"], paid: Paid): Promise<void> {
  const asked = { receiptId: paid.receipts[0]?.id, amount: "500000000", reason: "asked by the owner" };
  const { body } = await story.call(people.arbiter, "POST", "/api/admin/payments/refunds", asked);
  const { id } = body as unknown as { id: string };
  const sign = async () =>
    (await story.call(people.arbiter, "POST", `/api/admin/payments/refunds/${id}/sign`)).body as unknown as {
      state?: string;
      request?: Request | null;
    };
  const request = await until("what to sign", async () => (await sign()).request ?? null);
  for (const { address, amount, payload } of request.messages)
    await ton.transfer({
      from: DEPOSITOR,
      to: address,
      amount: BigInt(amount),
      bounce: false,
      ...(payload ? { body: Cell.fromBase64(payload) } : {}),
    });
  await until("the chain's word of it", async () => {
    const { state, request: another } = await sign();
    if (another) throw new Error("two requests were given out for one refund");
    return state === "done" ? true : null;
  });
}

async function sentByDepositWallet(ton: Outside["ton"]): Promise<number> {
  const account = encodeURIComponent(ton.wallet(DEPOSITOR).address.toRawString());
  const response = await fetch(`${ton.v3Url}/transactions?account=${account}&limit=100`);
  const { transactions } = (await response.json()) as { transactions: { out_msgs: unknown[] }[] };
  return transactions.reduce((sum, one) => sum + one.out_msgs.length, 0);
}

const read = async (story: Story, id: string): Promise<Paid> =>
  (await story.call(people.buyer, "GET", `/api/payments/${id}`)).body as unknown as Paid;

async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  for (let end = Date.now() + 90_000; Date.now() < end; await Bun.sleep(150)) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new Error(`waited in vain: ${what}`);
}

async function open(story: Story, asset: string, amount: string): Promise<Paid> {
  const { body } = await story.call(people.buyer, "POST", "/api/balance/recharge", { asset, amount });
  return until(`an invoice in ${asset}`, async () => {
    const seen = await read(story, (body as unknown as Paid).id);
    return seen.pay ? seen : null;
  });
}

/** A person whose checkout the bot did not answer, because it was dead, tries again. */
async function payStars(story: Story, telegram: Outside["telegram"], one: Paid): Promise<void> {
  const slug = one.pay?.url?.split("$")[1] ?? "";
  for (let tries = 0; tries < 5; tries += 1) {
    const result = await telegram.act(people.buyer, { type: "payInvoice", slug });
    if (result.type === "invoice" && result.status === "paid") return;
    if ((await read(story, one.id)).status === "paid") return;
  }
  throw new Error("the checkout was never answered");
}

const reach = (story: Story, id: string, status: string): Promise<Paid> =>
  until(`${status}`, async () => {
    const seen = await read(story, id);
    return seen.status === status ? seen : null;
  });

async function starLines(telegram: Outside["telegram"]): Promise<{ source?: object; receiver?: object }[]> {
  const response = await fetch(`${telegram.apiRoot}/bot${telegram.botToken}/getStarTransactions`);
  const { result } = (await response.json()) as { result: { transactions: object[] } };
  return result.transactions;
}

async function books(
  ownerUrl: string,
): Promise<Pick<Recharged, "stars" | "coins" | "rubles" | "gateways" | "sums" | "deadLetters">> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  const rows = async <T>(text: string) => (await owner.query(text)).rows as T[];
  const of = async (asset: string): Promise<string> =>
    (
      await rows<{ n: string }>(
        `select coalesce(sum(amount), 0)::text as n from ledger.entries where account like 'user:%' and asset = '${asset}'`,
      )
    )[0]?.n ?? "";
  const gateways = await rows<{ account: string; n: string }>(
    "select account, sum(amount)::text as n from ledger.entries where account like 'gateway:%' group by account",
  );
  const sums = await rows<{ n: string }>("select sum(amount)::text as n from ledger.entries group by asset");
  const dead = await rows<{ n: string }>("select count(*) as n from pgboss.job where name like '%.dead'");
  const found = {
    stars: await of("XTR"),
    coins: await of("TON"),
    rubles: await of("RUB"),
    gateways: Object.fromEntries(gateways.map(({ account, n }) => [account, n])),
    sums: sums.map(({ n }) => n),
    deadLetters: Number(dead[0]?.n),
  };
  await owner.end();
  return found;
}
