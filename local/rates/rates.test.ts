import { afterAll, beforeAll, expect, test } from "bun:test";
import { type LocalRates, startLocalRates } from "./index.ts";

let local: LocalRates;
beforeAll(async () => {
  local = await startLocalRates();
});
afterAll(() => local.stop());

const ask = (query: string) => fetch(`${local.url}/simple/price?${query}`);

test("it answers the coins and currencies that were asked for, and no others", async () => {
  const answer = await (await ask("ids=the-open-network,bitcoin&vs_currencies=usd")).json();
  expect(answer).toEqual({ "the-open-network": { usd: 3.2 } });
});

test("prices are set and faults ordered and ended over HTTP", async () => {
  const post = (path: string, body: unknown) =>
    fetch(`${local.origin}/control/${path}`, { method: "POST", body: JSON.stringify(body) });
  await post("prices", { TON: 2, nonsense: 1, rub: -5 });
  expect(local.prices()).toEqual({ TON: 2, USDT: 1, rub: 81.5, eur: 0.86 });
  await post("faults", { kind: "status", status: 503, times: 1 });
  expect((await ask("ids=tether&vs_currencies=usd")).status).toBe(503);
  expect((await ask("ids=tether&vs_currencies=usd")).status).toBe(200);
  await post("faults", { kind: "malformed" });
  expect((await ask("ids=tether&vs_currencies=usd")).json()).rejects.toThrow();
  await fetch(`${local.origin}/control/faults`, { method: "DELETE" });
  expect((await ask("ids=tether&vs_currencies=usd")).status).toBe(200);
});

test("as a process it moves: the swing stays within three per cent", async () => {
  const moving = await startLocalRates({ isMoving: true });
  const { "the-open-network": ton } = (await (
    await fetch(`${moving.url}/simple/price?ids=the-open-network&vs_currencies=usd`)
  ).json()) as { "the-open-network": { usd: number } };
  await moving.stop();
  expect(Math.abs(ton.usd / 3.2 - 1)).toBeLessThanOrEqual(0.031);
});
