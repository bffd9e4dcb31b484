import { afterAll, beforeAll, expect, test } from "bun:test";
import { assertAppendOnly } from "./append-only.ts";
import { codeOf, createLedgerWorld, type LedgerWorld } from "./ledger.fixture.ts";
import { account } from "./rules.ts";

let world: LedgerWorld;
beforeAll(async () => {
  world = await createLedgerWorld();
  const user = await world.userWith(10n);
  await world.move(user, account.fees, 1n);
});
afterAll(() => world.close());

const refused = "42501";
const tables = {
  "ledger.transfers": "at = now()",
  "ledger.entries": "amount = 1",
  "ledger.accounts": "balance = 1",
  "ledger.holds": "amount = 1",
  "ledger.seals": "at = now()",
  "ledger.state": "epoch = 9",
  "platform.proposals": "reason = 'another one'",
  "platform.decisions": "is_approved = true",
};

for (const [table, change] of Object.entries(tables)) {
  test(`the application cannot insert into, update, delete or truncate ${table}`, async () => {
    for (const statement of [
      `insert into ${table} default values`,
      `update ${table} set ${change}`,
      `delete from ${table}`,
      `truncate ${table}`,
    ])
      expect([statement, await codeOf(world.pool.query(statement))]).toEqual([statement, refused]);
  });
}

const forbidden = {
  "disable the triggers": "alter table ledger.entries disable trigger all",
  "drop a trigger": "drop trigger append_only on ledger.entries",
  "turn triggers and keys off for its session": "set session_replication_role = replica",
  "become the owner": "set role souk_test_owner",
  "take the tables over": "alter table ledger.entries owner to current_user",
  "replace a posting function":
    "create or replace function ledger.is_guarded(account text) returns boolean language sql as 'select false'",
  "make a function in the ledger": "create function ledger.mine() returns integer language sql as 'select 1'",
  "post past the rules":
    "select ledger.post('k', 'transfer', 'c', '1', null, array['user:x'], array['TON'], array[5]::bigint[], array[0]::bigint[])",
  "seal what it likes": "select ledger.seal_range(1, '99999999'::xid8)",
  "end a hold past the rules":
    "select ledger.end_hold('k', 'post', 'c', '1', null, array[]::text[], array[]::bigint[])",
  "change a quote": "update ledger.quotes set pay_amount = 1",
  "move the clock": "select platform.advance_clock(1)",
};
for (const [what, statement] of Object.entries(forbidden)) {
  test(`the application cannot ${what}`, async () => {
    const client = await world.pool.connect();
    try {
      expect(await codeOf(client.query(statement))).toBe(refused);
    } finally {
      client.release(true);
    }
  });
}

test("even the owner stumbles over the guard", async () => {
  await world.asOwner(async (owner) => {
    for (const statement of [
      "update ledger.entries set amount = 5",
      "delete from ledger.transfers",
      "truncate ledger.entries",
      "delete from ledger.seals",
      "update platform.proposals set reason = 'another one'",
      "delete from platform.decisions",
      "truncate platform.decisions",
    ])
      expect(await codeOf(owner.query(statement))).toBe(refused);
  });
});

test("a proper role may start, and each right too many keeps it from starting", async () => {
  const { db } = world.ctx();
  await assertAppendOnly(db);
  const excesses: [string, string, string][] = [
    [
      "grant update on ledger.entries to souk_test_app",
      "revoke update on ledger.entries from souk_test_app",
      "update ledger.entries",
    ],
    [
      "grant insert (amount) on ledger.entries to souk_test_app",
      "revoke insert (amount) on ledger.entries from souk_test_app",
      "write amount of ledger.entries",
    ],
    [
      "grant delete on ledger.seals to public",
      "revoke delete on ledger.seals from public",
      "delete ledger.seals",
    ],
    [
      "grant create on schema ledger to souk_test_app",
      "revoke create on schema ledger from souk_test_app",
      "create in the schema",
    ],
    ["grant execute on all functions in schema ledger to souk_test_app", "select 1", "past the rules"],
    [
      "alter table ledger.entries disable trigger append_only",
      "alter table ledger.entries enable trigger append_only",
      "without its guard",
    ],
  ];
  await world.asOwner(async (owner) => {
    for (const [give, take, fault] of excesses) {
      await owner.query(give);
      expect(await codeOf(assertAppendOnly(db))).toContain(fault);
      await owner.query(take);
    }
    await owner.query(
      "revoke execute on function ledger.post, ledger.end_hold, ledger.seal_range from souk_test_app",
    );
  });
  await assertAppendOnly(db);
});

test("a correction is posted only as a second person approved it, whoever calls the database", async () => {
  const [user, first, second] = ["1", "2", "3"].map((n) => `${n.repeat(8)}-0000-7000-8000-000000000000`);
  const input = JSON.stringify({ userId: user, asset: "TON", amount: "5" });
  const id = "44444444-0000-7000-8000-000000000000";
  const one = async (text: string, values: unknown[]) =>
    Object.values((await world.pool.query(text, values)).rows[0])[0];
  const post = () => one("select outcome from ledger.post_adjustment($1)", [id]);
  const decide = (by: string | undefined, kinds: string[], isApproved: boolean) =>
    one("select platform.decide($1, $2, $3, $4)", [id, kinds, by, isApproved]);
  await world.pool.query("select platform.propose($1, 'ledger.adjustment', $2, $3, 'a reason', $4)", [
    id,
    user,
    input,
    first,
  ]);
  expect(await post()).toBe("not_found");
  expect(await decide(first, ["ledger.adjustment"], true)).toBe("same_person");
  expect(await decide(second, ["payments.claim"], true)).toBe("not_found");
  expect(await post()).toBe("not_found");
  expect(await decide(second, ["ledger.adjustment"], true)).toBe("decided");
  expect(await decide(second, ["ledger.adjustment"], false)).toBe("closed");
  expect([await post(), await post()]).toEqual(["posted", "replayed"]);
});

test("a rejected correction is never posted", async () => {
  const [id, by, other] = ["5", "6", "7"].map((n) => `${n.repeat(8)}-0000-7000-8000-000000000000`);
  const input = JSON.stringify({ userId: by, asset: "TON", amount: "5" });
  await world.pool.query("select platform.propose($1, 'ledger.adjustment', $2, $3, 'a reason', $4)", [
    id,
    by,
    input,
    by,
  ]);
  await world.pool.query("select platform.decide($1, array['ledger.adjustment'], $2, false)", [id, other]);
  const { rows } = await world.pool.query("select outcome from ledger.post_adjustment($1)", [id]);
  expect(rows).toEqual([{ outcome: "not_found" }]);
});

test("legs in arrays that begin elsewhere than at 1 are refused: no leg is checked by another's place", async () => {
  const user = await world.userWith(5n);
  const shifted = [
    `array['${user}', 'fees'], array['TON', 'TON'], '[0:1]={-5,5}'::bigint[]`,
    `'[2:3]={${user},fees}'::text[], array['TON', 'TON'], array[-9, 9]::bigint[]`,
    `'{{${user},fees}}'::text[], array['TON', 'TON'], array[-9, 9]::bigint[]`,
  ];
  for (const [place, legs] of shifted.entries()) {
    const posting = `select ledger.transfer('shifted:${place}', 'test.moved', '1', null, ${legs})`;
    expect([legs, await codeOf(world.pool.query(posting))]).toEqual([legs, "P0001"]);
  }
});
