import { afterAll, beforeAll, expect, test } from "bun:test";
import { createWorld, people, type World } from "../../../test/world.ts";
import { newId } from "../../platform/ids.ts";
import type { Asset } from "../../platform/shapes.ts";
import { transact } from "../../platform/verb.ts";
import { userByTelegramId } from "../identity/index.ts";
import { placeHold } from "./holds.ts";
import { account } from "./rules.ts";
import { transfer } from "./transfer.ts";

let world: World;
let buyer: string;
const cause = { kind: "test.moved", id: "=1+1" };

async function give(userId: string, amount: bigint, asset: Asset = "TON"): Promise<void> {
  await transact(world.ctx(), (tx) =>
    transfer(tx, {
      key: newId(),
      cause,
      legs: [
        { account: account.gateway("test"), asset, amount: -amount },
        { account: account.user(userId), asset, amount },
      ],
    }),
  );
}

beforeAll(async () => {
  world = await createWorld({ withChain: false });
  for (const person of [people.buyer, people.stranger]) await world.http(person).get("/api/users/me");
  buyer = (await userByTelegramId(world.ctx().db, String(people.buyer))) ?? "";
  for (let n = 1n; n <= 5n; n += 1n) await give(buyer, n * 1_000_000_000n);
  await give(buyer, 500n, "RUB");
  await transact(world.ctx(), (tx) =>
    placeHold(tx, { key: "held", cause, account: account.user(buyer), asset: "TON", amount: 4_000_000_000n }),
  );
});
afterAll(() => world.close());

test("a balance says what is available and what is held, per asset", async () => {
  const { status, body } = await world.http(people.buyer).get("/api/balance");
  expect([status, body]).toEqual([
    200,
    {
      balances: [
        { asset: "TON", available: "11000000000", held: "4000000000" },
        { asset: "RUB", available: "500", held: "0" },
      ],
    },
  ]);
  expect((await world.http(people.stranger).get("/api/balance")).body).toEqual({ balances: [] });
  expect((await world.http(null).get("/api/balance")).status).toBe(401);
});

test("the history pages backwards without gaps or repetitions, and by asset", async () => {
  const seen: string[] = [];
  let cursor = "";
  for (let page = 0; page < 5; page += 1) {
    const { body } = await world.http(people.buyer).get(`/api/balance/history?limit=2${cursor}`);
    seen.push(
      ...body.items.map(
        (one: { balanceAfter: string; heldAfter: string }) => `${one.balanceAfter}/${one.heldAfter}`,
      ),
    );
    if (body.next === null) break;
    cursor = `&cursor=${body.next}`;
  }
  const ton = ["15/4", "15/0", "10/0", "6/0", "3/0", "1/0"].map((one) =>
    one.replaceAll(/[1-9]\d*/g, "$&000000000"),
  );
  expect(seen).toEqual([ton[0] ?? "", "500/0", ...ton.slice(1)]);
  const { body } = await world.http(people.buyer).get("/api/balance/history?asset=RUB");
  expect(body.items.length).toBe(1);
  expect(body.items[0]).toMatchObject({ amount: "500", kind: "transfer", cause: { kind: "test.moved" } });
});

test("somebody else's place in a history, and a made-up one, are no place", async () => {
  const { body } = await world.http(people.buyer).get("/api/balance/history?limit=2");
  await give((await userByTelegramId(world.ctx().db, String(people.stranger))) ?? "", 1n);
  for (const cursor of [body.next, "AAAAAAAAAAAAAAAAAAAAAA", "1"])
    expect((await world.http(people.stranger).get(`/api/balance/history?cursor=${cursor}`)).status).toBe(422);
});

const period = (from: number, to: number) =>
  `from=${new Date(Date.now() + from * 1000).toISOString()}&to=${new Date(Date.now() + to * 1000).toISOString()}`;

test("a statement begins and ends with the balances of its period, and each line leads to the next", async () => {
  const { body } = await world.http(people.buyer).get(`/api/balance/statement?${period(-3_600, 60)}`);
  const [ton, rub] = body.assets;
  expect([ton.opening, ton.closing, ton.movements.length]).toEqual(["0", "15000000000", 6]);
  expect([rub.opening, rub.closing]).toEqual(["0", "500"]);
  let running = BigInt(ton.opening);
  for (const one of ton.movements) {
    running += BigInt(one.amount);
    expect(one.balanceAfter).toBe(running.toString());
  }
  const middle = ton.movements[2].at;
  const second = await world
    .http(people.buyer)
    .get(`/api/balance/statement?asset=TON&from=${middle}&to=${new Date(Date.now() + 60_000).toISOString()}`);
  // Movements of one millisecond fall on one side of it.
  const before = ton.movements.filter((one: { at: string }) => one.at < middle);
  expect([second.body.assets[0].opening, second.body.assets[0].movements.length]).toEqual([
    before.at(-1)?.balanceAfter ?? "0",
    6 - before.length,
  ]);
  expect(before.length).toBeLessThanOrEqual(2);
  const later = await world.http(people.buyer).get(`/api/balance/statement?asset=TON&${period(60, 120)}`);
  expect(later.body.assets[0]).toMatchObject({
    opening: "15000000000",
    closing: "15000000000",
    movements: [],
  });
});

test("a statement as CSV is a file whose cells no spreadsheet runs", async () => {
  const { body, headers, status } = await world
    .http(people.buyer)
    .get(`/api/balance/statement?format=csv&${period(-3_600, 60)}`);
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(headers.get("content-disposition")).toMatch(/^attachment; filename="souk-[\d-]+\.csv"$/);
  const text = String(body);
  expect(text).toContain(`"'=1+1"`);
  expect(text).toContain("closing balance,,,,,15,,\r\n");
});

test("a period that is none, or too long, is refused", async () => {
  for (const [from, to] of [
    [60, 0],
    [-500 * 86_400, 0],
  ] as const)
    expect(
      (await world.http(people.buyer).get(`/api/balance/statement?${period(from, to)}`)).body.error.code,
    ).toBe("ledger.period_invalid");
});
