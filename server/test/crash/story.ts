/** A channel sale from the bot's first word to the payout, told by people who try again when nobody answers. */

import { Cell } from "@ton/core";
import { Client } from "pg";
import { type LocalTelegram, startLocalTelegram } from "../../../local/telegram/index.ts";
import { type LocalTon, startLocalTon } from "../../../local/ton/index.ts";
import { botToken, people } from "../world.ts";

type Answer = { status: number; body: Record<string, never> & { [key: string]: unknown } };
type Message = { address: string; amount: string; payload?: string; stateInit?: string };

/** Telegram and chain of the story, in this process; they never die. */
export async function openOutside() {
  const ton = await startLocalTon({ blockMs: 100, finalityBlocks: 2 });
  const telegram = await startLocalTelegram({
    botToken,
    botUsername: "souk_local_bot",
    productOrigin: "http://127.0.0.1:1",
    tonOrigin: ton.origin,
    limits: null,
  });
  return { ton, telegram };
}

export class Story {
  private readonly origin: string;
  private readonly ownerUrl: string;
  private readonly telegram: LocalTelegram;
  private readonly ton: LocalTon;
  private requests = 0;

  constructor(parts: { origin: string; ownerUrl: string; telegram: LocalTelegram; ton: LocalTon }) {
    this.origin = parts.origin;
    this.ownerUrl = parts.ownerUrl;
    this.telegram = parts.telegram;
    this.ton = parts.ton;
  }

  /** One request of a person, repeated under the same key until somebody answers it. */
  async call(person: number, method: string, path: string, body?: unknown): Promise<Answer> {
    this.requests += 1;
    const key = `story-${this.requests}`;
    return until(`${method} ${path}`, async () => {
      const response = await fetch(`${this.origin}${path}`, {
        method,
        headers: {
          authorization: `tma ${this.telegram.initData(person)}`,
          ...(method === "GET" ? {} : { "idempotency-key": key }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch(() => null);
      if (!response || response.status >= 500) return null;
      const text = await response.text().catch(() => null);
      if (text === null) return null;
      const answer = { status: response.status, body: text === "" ? {} : JSON.parse(text) } as Answer;
      // Taken before a death, and asked again without having heard the answer: done is done.
      return answer.status === 429 ? null : answer;
    });
  }

  async arrive(person: number): Promise<void> {
    await this.telegram.act(person, { type: "startBot" });
    await until(`wallet of ${person}`, async () => {
      const wallets = await this.call(person, "GET", "/api/wallets");
      const list = (Array.isArray(wallets.body) ? wallets.body : wallets.body.items) as unknown[] | undefined;
      if (list && list.length > 0) return true;
      const { body } = await this.call(person, "POST", "/api/wallets/proof-payload");
      const proof = await this.ton.signTonProof(person, {
        domain: "localhost:8010",
        payload: String(body.payload),
      });
      await this.call(person, "POST", "/api/wallets", proof);
      return null;
    });
  }

  async offer(): Promise<string> {
    const channelId = await until("the picked channel", async () => {
      const { body } = await this.call(people.seller, "GET", "/api/channels?mine=true");
      const found = (body.items as unknown as { id: string }[])[0];
      if (found) return found.id;
      const picker = await this.call(people.seller, "POST", "/api/channels/picker");
      if (picker.status !== 200) return null;
      const asked = await this.telegram.act(people.seller, {
        type: "openPreparedButton",
        preparedId: String(picker.body.preparedId),
      });
      const roast =
        asked.type === "requestChat"
          ? asked.channels.find((one) => one.username === "morning_roast")
          : undefined;
      if (asked.type === "requestChat" && roast)
        await this.telegram.act(people.seller, { type: "chooseChat", token: asked.token, chatId: roast.id });
      await Bun.sleep(1_500);
      return null;
    });
    const listing = await this.call(people.seller, "POST", "/api/listings", {
      channelId,
      title: "A channel for the crash story",
      description: "",
      category: "food",
      price: { amount: "12500000000", asset: "TON" },
      visibility: "public",
    });
    return String(listing.body.id);
  }

  async join(listingId: string): Promise<string> {
    return until("the deal", async () => {
      const { status, body } = await this.call(people.buyer, "POST", "/api/deals", { listingId });
      return status === 201 ? String(body.id) : null;
    });
  }

  async pay(dealId: string): Promise<void> {
    const { body } = await until("the payment request", async () => {
      const answer = await this.call(people.buyer, "GET", `/api/deals/${dealId}/payment`);
      return answer.status === 200 ? answer : null;
    });
    for (const message of body.messages as unknown as Message[]) {
      const [code, data] = Cell.fromBase64(message.stateInit ?? "").refs;
      if (!code || !data) throw new Error("a payment without the contract");
      await this.ton.transfer({
        from: people.buyer,
        to: message.address,
        amount: BigInt(message.amount),
        bounce: false,
        stateInit: { code, data },
        ...(message.payload ? { body: Cell.fromBase64(message.payload) } : {}),
      });
    }
  }

  async status(dealId: string, wanted: readonly string[]): Promise<void> {
    let last = "";
    await until(`status ${wanted.join()}`, async () => {
      last = String((await this.call(people.buyer, "GET", `/api/deals/${dealId}`)).body.status);
      return wanted.includes(last) ? true : null;
    }).catch(() => {
      throw new Error(`the deal is ${last}, not ${wanted.join(" or ")}`);
    });
  }

  transfer = (dealChannel: number) =>
    this.telegram.act(people.seller, {
      type: "transferChannel",
      channelId: dealChannel,
      toPerson: people.buyer,
    });

  async advance(seconds: number): Promise<void> {
    this.ton.advance(seconds);
    this.telegram.advance(seconds);
    const owner = new Client({ connectionString: this.ownerUrl });
    await owner.connect();
    await owner.query("select platform.advance_clock($1)", [seconds]);
    await owner.end();
  }
}

/** A death in the middle of a chat's update holds that chat up for as long as the dead worker's lease lasts, a minute. */
const patienceMs = 240_000;

/** Asks again until there is an answer that is not null. */
async function until<T>(what: string, ask: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + patienceMs;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== null) return answer;
    await Bun.sleep(150);
  }
  throw new Error(`waited in vain for ${what}`);
}
