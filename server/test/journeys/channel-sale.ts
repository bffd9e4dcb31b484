/** The steps of a channel sale, as its people take them, for journeys and market tests. */
import { expect } from "bun:test";
import { Cell } from "@ton/core";
import { people, type World } from "../world.ts";

export const dayS = 86_400;
export const priceNano = "12500000000";

export type Sale = { listingId: string; code: string; channelId: string; telegramId: string; dealId: string };
type Message = { address: string; amount: string; payload?: string; stateInit?: string };

/** Everybody who matters signs in and links a wallet. */
export async function gather(
  world: World,
  who: readonly number[] = [people.arbiter, people.seller, people.buyer],
): Promise<void> {
  for (const person of who) {
    await world.telegram.act(person, { type: "startBot" });
    const linked = await world.linkWallet(person);
    expect(linked.status).toBe(201);
  }
  await world.settle();
}

/** A channel of the seller's own, picked in Telegram as the Mini App asks. */
export async function pickChannel(
  world: World,
  person: number,
  username: string,
): Promise<{ id: string; telegramId: string }> {
  const http = world.http(person);
  const { body: picker } = await http.post("/api/channels/picker");
  const asked = await world.telegram.act(person, {
    type: "openPreparedButton",
    preparedId: picker.preparedId,
  });
  if (asked.type !== "requestChat") throw new Error("no picker");
  const chosen = asked.channels.find((channel) => channel.username === username);
  if (!chosen) throw new Error(`${username} is not offered`);
  await world.telegram.act(person, { type: "chooseChat", token: asked.token, chatId: chosen.id });
  await world.settle();
  const { body } = await http.get("/api/channels?mine=true");
  const found = body.items.find((one: { username: string }) => one.username === username);
  expect(found?.ownership).toBe("proved");
  return { id: found.id, telegramId: found.telegramId };
}

export async function offerChannel(
  world: World,
  over: Record<string, unknown> = {},
  username = "morning_roast",
): Promise<Omit<Sale, "dealId">> {
  const channel = await pickChannel(world, people.seller, username);
  const { status, body } = await world.http(people.seller).post("/api/listings", {
    channelId: channel.id,
    title: "Morning roast, a coffee channel",
    description: "Three years of posts.",
    category: "food",
    price: { amount: priceNano, asset: "TON" },
    visibility: "public",
    ...over,
  });
  expect(status).toBe(201);
  return { listingId: body.id, code: body.code, channelId: channel.id, telegramId: channel.telegramId };
}

export async function joined(world: World, over: Record<string, unknown> = {}): Promise<Sale> {
  const offer = await offerChannel(world, over);
  const { status, body } = await world.http(people.buyer).post("/api/deals", { code: offer.code });
  expect(status).toBe(201);
  await world.settle();
  return { ...offer, dealId: body.id };
}

/** A person's wallet sends what the product prepared. */
export async function sign(
  world: Pick<World, "ton" | "settle">,
  person: number,
  messages: readonly Message[],
  over: { amount?: bigint } = {},
): Promise<void> {
  for (const message of messages) {
    const init = message.stateInit ? Cell.fromBase64(message.stateInit).beginParse() : null;
    await world.ton.transfer({
      from: person,
      to: message.address,
      amount: over.amount ?? BigInt(message.amount),
      bounce: false,
      ...(message.payload ? { body: Cell.fromBase64(message.payload) } : {}),
      ...(init ? { stateInit: stateInitOf(message.stateInit as string) } : {}),
    });
  }
  await world.settle();
}

function stateInitOf(boc: string): { code: Cell; data: Cell } {
  const cell = Cell.fromBase64(boc);
  const [code, data] = cell.refs;
  if (!code || !data) throw new Error("not a StateInit");
  return { code, data };
}

export async function payment(world: World, dealId: string): Promise<{ messages: Message[] }> {
  const { status, body } = await world.http(people.buyer).get(`/api/deals/${dealId}/payment`);
  expect(status).toBe(200);
  return body;
}

export async function paid(world: World, over: Record<string, unknown> = {}): Promise<Sale> {
  const sale = await joined(world, over);
  await sign(world, people.buyer, (await payment(world, sale.dealId)).messages);
  await expectStatus(world, sale, "IN_ESCROW");
  return sale;
}

export async function delivered(world: World): Promise<Sale> {
  const sale = await paid(world);
  await world.telegram.act(people.seller, {
    type: "transferChannel",
    channelId: Number(sale.telegramId),
    toPerson: people.buyer,
  });
  await world.settle();
  await expectStatus(world, sale, "LIVE");
  return sale;
}

export async function dealOf(world: World, sale: Pick<Sale, "dealId">, person: number = people.buyer) {
  const { status, body } = await world.http(person).get(`/api/deals/${sale.dealId}`);
  expect(status).toBe(200);
  return body;
}

export async function expectStatus(world: World, sale: Pick<Sale, "dealId">, status: string): Promise<void> {
  for (const person of [people.buyer, people.seller])
    expect((await dealOf(world, sale, person)).status).toBe(status);
}

export async function timelineKinds(world: World, sale: Pick<Sale, "dealId">): Promise<string[]> {
  const { body } = await world.http(people.buyer).get(`/api/deals/${sale.dealId}/timeline`);
  return body.items.map((item: { kind: string }) => item.kind);
}
