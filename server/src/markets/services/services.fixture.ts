/** A world with money on balances, and short ways to say what people do with orders. */
import { createHmac } from "node:crypto";
import { Client } from "pg";
import { botToken, createWorld, type HttpClient, type World } from "../../../test/world.ts";
import { userByTelegramId } from "../../kernel/identity/index.ts";
import { account, balanceOf, transfer } from "../../kernel/ledger/index.ts";
import { system } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { transact } from "../../platform/verb.ts";

export type ServicesWorld = Awaited<ReturnType<typeof createServicesWorld>>;

let contacts = 0;
/** A telephone number that nobody else has in this test. */
export function freshContact(): string {
  contacts += 1;
  return `+7916${String(contacts).padStart(7, "0")}`;
}

export const wish = (more: Record<string, unknown> = {}) => ({
  category: "plumbing",
  description: "The tap in the kitchen is leaking, help is needed now",
  city: "Казань",
  contact: freshContact(),
  ...more,
});

/** The local Telegram knows a handful of people; many more come with initData that the bot's token signs. */
const manyFrom = 5_000_000;
export const executorsOf = (count: number): number[] =>
  Array.from({ length: count }, (_one, n) => manyFrom + n);

function signed(person: number, at: Date): string {
  const user = JSON.stringify({ id: person, first_name: `Executor ${person}`, language_code: "en" });
  const fields = { auth_date: String(Math.floor(at.getTime() / 1000)), user };
  const lines = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  const key = createHmac("sha256", "WebAppData").update(botToken).digest();
  const hash = createHmac("sha256", key).update(lines.join("\n")).digest("hex");
  return `tma ${new URLSearchParams({ ...fields, hash })}`;
}

export async function createServicesWorld(env: Record<string, string> = {}) {
  const world: World = await createWorld({ withChain: false, env });
  const http = (person: number | null): HttpClient =>
    person !== null && person >= manyFrom
      ? world.httpAs(signed(person, world.ctx().clock.date()))
      : world.http(person);
  const idOf = async (person: number): Promise<string> => {
    await http(person).get("/api/users/me");
    return (await userByTelegramId(world.ctx().db, String(person))) ?? "";
  };
  const asOwner = async <T>(work: (owner: Client) => Promise<T>): Promise<T> => {
    const owner = new Client({ connectionString: world.database.ownerUrl });
    await owner.connect();
    try {
      return await work(owner);
    } finally {
      await owner.end();
    }
  };
  return {
    ...world,
    http,
    idOf,
    /** Kopecks on somebody's balance. */
    give: async (person: number, kopecks: number): Promise<void> => {
      const userId = await idOf(person);
      await transact(world.ctx(system("test")), (tx) =>
        transfer(tx, {
          key: `test:${newId()}`,
          cause: { kind: "test.given", id: "1" },
          legs: [
            { account: account.gateway("test"), asset: "RUB", amount: BigInt(-kopecks) },
            { account: account.user(userId), asset: "RUB", amount: BigInt(kopecks) },
          ],
        }),
      );
    },
    /** `[available, held]` kopecks. */
    money: async (person: number): Promise<[number, number]> => {
      const { available, held } = await balanceOf(world.ctx().db, account.user(await idOf(person)), "RUB");
      return [Number(available), Number(held)];
    },
    fees: async (): Promise<number> => Number((await balanceOf(world.ctx().db, account.fees, "RUB")).balance),
    order: async (person: number, more: Record<string, unknown> = {}): Promise<string> => {
      const { status, body } = await http(person).post("/api/orders", wish(more));
      if (status !== 201) throw new Error(`no order: ${JSON.stringify(body)}`);
      return body.id;
    },
    take: (person: number, orderId: string) => http(person).post(`/api/orders/${orderId}/take`),
    see: async (person: number | null, orderId: string) =>
      (await http(person).get(`/api/orders/${orderId}`)).body,
    asOwner,
    /** Moves the clock alone: nothing is woken, as if no process had looked yet. */
    onlyTheClock: async (seconds: number): Promise<void> => {
      await asOwner((owner) => owner.query("select platform.advance_clock($1)", [seconds]));
      world.telegram.advance(seconds);
      await world.app.context().clock.refresh();
    },
  };
}
