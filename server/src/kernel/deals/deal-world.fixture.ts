/** A world with a buyer, a seller and an arbiter who have wallets, for tests of deals. The market is played by the test. */
import { Cell, loadStateInit } from "@ton/core";
import { asc, eq } from "drizzle-orm";
import { createWorld, people, type World } from "../../../test/world.ts";
import { system } from "../../platform/context.ts";
import type { TonConnectRequest } from "../../platform/shapes.ts";
import { userByTelegramId } from "../identity/index.ts";
import { type DealKind, kindOf, registerDealKind } from "./kinds.ts";
import { openDeal } from "./open-deal.ts";
import type { Deal } from "./shapes.ts";
import { type DealRow, deals, events, type OutboxRow, outbox } from "./tables.ts";

export { people };
export const evidence = "ab".repeat(32);
export const price = 50_000_000_000n;

/** The real market, which other test files of the same process go on with. */
const market = kindOf("channel_sale") as DealKind;

export type DealWorld = Awaited<ReturnType<typeof createDealWorld>>;

export async function createDealWorld(env: Record<string, string> = {}) {
  const world = await createWorld({ env });
  registerDealKind({ kind: "channel_sale" });
  const ids: Record<number, string> = {};
  for (const person of Object.values(people)) {
    await world.http(person).get("/api/users/me");
    await world.linkWallet(person);
    ids[person] = (await userByTelegramId(world.ctx().db, String(person))) ?? "";
  }
  const system_ = () => world.ctx(system("test"));
  const close = async () => {
    registerDealKind(market);
    await world.close();
  };
  return { ...world, ids, system: system_, ...verbsOf(world, ids, system_), close };
}

function verbsOf(world: World, ids: Record<number, string>, as: () => ReturnType<World["ctx"]>) {
  const { db } = world.ctx();
  const row = async (dealId: string): Promise<DealRow> => {
    const [found] = await db.select().from(deals).where(eq(deals.id, dealId));
    if (!found) throw new Error("no such deal");
    return found;
  };
  const paymentOf = async (dealId: string): Promise<TonConnectRequest> => {
    const answer = await world.http(people.buyer).get(`/api/deals/${dealId}/payment`);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  };
  return {
    row,
    paymentOf,
    /** Opens a deal as a market would. */
    open: async (given: { priceNano?: bigint; buyer?: number; seller?: number } = {}) =>
      (
        await openDeal(as(), {
          buyerId: ids[given.buyer ?? people.buyer] ?? "",
          sellerId: ids[given.seller ?? people.seller] ?? "",
          priceNano: (given.priceNano ?? price).toString(),
          subject: {
            kind: "channel_sale",
            listingId: "019a0000-0000-7000-8000-000000000001",
            title: "A channel",
            channelId: "019a0000-0000-7000-8000-000000000002",
            channelTitle: "Channel",
            username: "channel",
            photoUrl: null,
            members: 100,
          },
          terms: { promised: { title: "Channel" } },
          thenJobs: {
            funded: "channels.sale-funded",
            delivered: "channels.sale-delivered",
            disputed: "channels.sale-disputed",
            settled: "channels.sale-settled",
            expired: "channels.sale-expired",
          },
        })
      ).dealId,
    /** Signs with a person's own wallet what the product asked for. `amount` other than asked. */
    sign: (person: number, request: TonConnectRequest, amount?: bigint) =>
      sign(world, person, request, amount),
    /** The buyer pays and the world comes to rest. */
    pay: async (dealId: string, amount?: bigint): Promise<void> => {
      await sign(world, people.buyer, await paymentOf(dealId), amount);
      await world.settle();
    },
    /** The deal as a person sees it. */
    view: async (person: number, dealId: string): Promise<Deal> =>
      (await world.http(person).get(`/api/deals/${dealId}`)).body,
    kinds: async (dealId: string): Promise<string[]> =>
      (await db.select().from(events).where(eq(events.dealId, dealId)).orderBy(asc(events.seq))).map(
        ({ kind }) => kind,
      ),
    proposals: (dealId: string): Promise<OutboxRow[]> =>
      db.select().from(outbox).where(eq(outbox.dealId, dealId)).orderBy(asc(outbox.id)),
    /** Kinds of what stands in a person's inbox, the oldest first. */
    inbox: async (person: number): Promise<string[]> =>
      (await world.http(person).get("/api/notifications?limit=100")).body.items
        .map((one: { kind: string }) => one.kind)
        .reverse(),
    coins: (person: number) => balanceOf(world, world.ton.wallet(person).address.toRawString()),
    balance: (raw: string) => balanceOf(world, raw),
  };
}

async function balanceOf(world: World, raw: string): Promise<bigint> {
  return (await world.ctx().gateways.ton.account(raw)).balance;
}

async function sign(
  world: World,
  person: number,
  request: TonConnectRequest,
  amount?: bigint,
): Promise<void> {
  for (const message of request.messages) {
    const init = message.stateInit
      ? loadStateInit(Cell.fromBase64(message.stateInit).beginParse())
      : undefined;
    await world.ton.transfer({
      from: person,
      to: message.address,
      amount: amount ?? BigInt(message.amount),
      ...(message.payload ? { body: Cell.fromBase64(message.payload) } : {}),
      ...(init?.code && init.data ? { stateInit: { code: init.code, data: init.data } } : {}),
    });
  }
  await world.ton.mine();
}
