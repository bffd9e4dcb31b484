/** Coins that go back by a person's hand: signed once, to an address that is proved or that two people agreed on. */
import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { Cell } from "@ton/core";
import { decideProposal } from "../../src/kernel/payments/decide-proposal.ts";
import { proposeRefund } from "../../src/kernel/payments/propose-refund.ts";
import { signRefund } from "../../src/kernel/payments/sign-refund.ts";
import { sweep } from "../../src/kernel/payments/sweep.ts";
import { system } from "../../src/platform/context.ts";
import { expectSoundLedger } from "../sound-ledger.ts";
import { type Answer, createWorld, people, type World } from "../world.ts";

// The machine may be busy with everything else.
setDefaultTimeout(60_000);

const depositor = 1013;
const coin = 1_000_000_000n;
let world: World;
beforeAll(async () => {
  world = await createWorld({ env: { STAFF: `${people.arbiter}:support,${people.seller}:admin` } });
  for (const person of [people.buyer, people.arbiter, people.seller])
    await world.telegram.act(person, { type: "startBot" });
  await world.settle();
  for (const person of [people.arbiter, people.seller]) await world.http(person).get("/api/users/me");
}, 60_000);
afterAll(() => world.close());
afterEach(() => expectSoundLedger(world));

const buyer = () => world.http(people.buyer);
const [first, second] = [() => world.http(people.arbiter), () => world.http(people.seller)];
const system_ = () => world.ctx(system("test"));
const balance = async (): Promise<bigint> => {
  const { body } = await buyer().get("/api/balance");
  return BigInt(body.balances.find((one: { asset: string }) => one.asset === "TON")?.available ?? "0");
};
const addressOf = (person: number): string =>
  world.ton.wallet(person).address.toString({ bounceable: false });

/** Coins come; answers the receipt's id. */
async function deposited(amount = coin): Promise<string> {
  const made = await buyer().post("/api/balance/recharge", { asset: "TON", amount: amount.toString() });
  const { address, comment } = made.body.pay;
  await world.ton.transfer({ from: people.buyer, to: address, amount, body: comment, bounce: false });
  await world.settle();
  return (await buyer().get(`/api/payments/${made.body.id}`)).body.receipts[0].id;
}
const asked = { reason: "asked by the owner" };
/** A refund to an address that two people agreed on. */
async function agreed(receiptId: string, to = addressOf(people.other), more: object = {}): Promise<string> {
  const { body } = await first().post("/api/admin/payments/refunds/elsewhere", {
    receiptId,
    to,
    ...asked,
    ...more,
  });
  expect((await second().post(`/api/admin/payments/proposals/${body.id}/approve`)).status).toBe(200);
  await world.settle();
  return body.id;
}
const sign = (id: string, by = first(), key?: string): Promise<Answer> =>
  by.post(`/api/admin/payments/refunds/${id}/sign`, undefined, key ? { "idempotency-key": key } : {});
const read = async (id: string) => (await first().get(`/api/admin/payments/refunds/${id}`)).body;
type Request = { messages: { address: string; amount: string; payload?: string }[] };
/** The owner of the deposit wallet confirms it. */
async function confirm({ messages }: Request): Promise<void> {
  for (const { address, amount, payload } of messages)
    await world.ton.transfer({
      from: depositor,
      to: address,
      amount: BigInt(amount),
      bounce: false,
      ...(payload ? { body: Cell.fromBase64(payload) } : {}),
    });
  await world.ton.mine();
}

test("an address that was named takes two people; neither holds nor moves anything alone", async () => {
  const receiptId = await deposited();
  const before = await balance();
  expect((await first().post("/api/admin/payments/refunds", { receiptId, ...asked })).body.error.code).toBe(
    "payments.refund_address_needed",
  );
  const to = addressOf(people.other);
  const named = { receiptId, to, ...asked };
  expect((await first().post("/api/admin/payments/refunds", named)).status).toBe(422);
  const { body, status } = await first().post("/api/admin/payments/refunds/elsewhere", named);
  expect([status, body]).toMatchObject([
    201,
    { kind: "refund", state: "proposed", to, amount: coin.toString() },
  ]);
  expect(await balance()).toBe(before);
  const own = await first().post(`/api/admin/payments/proposals/${body.id}/approve`);
  expect([own.status, own.body.error.code]).toEqual([403, "platform.same_person"]);
  expect(await balance()).toBe(before);
  const approve = () => second().post(`/api/admin/payments/proposals/${body.id}/approve`);
  const answers = await Promise.all([approve(), approve(), approve()]);
  expect(answers.map((one) => one.status)).toEqual([200, 200, 200]);
  expect(before - (await balance())).toBe(coin);
  expect((await second().post(`/api/admin/payments/proposals/${body.id}/reject`)).body.error.code).toBe(
    "platform.proposal_closed",
  );
  await world.settle();
  expect(await read(body.id)).toMatchObject({ state: "by_hand", to, signerId: null });
  const listed = await second().get("/api/admin/payments/proposals?limit=1");
  expect(listed.body.items).toMatchObject([{ id: body.id, state: "approved" }]);
});

test("what is no address, or cannot be paid from there, is refused before anybody has to agree", async () => {
  const receiptId = await deposited();
  const propose = (more: object) =>
    first().post("/api/admin/payments/refunds/elsewhere", {
      receiptId,
      to: addressOf(people.other),
      ...asked,
      ...more,
    });
  const slip = addressOf(people.other).replace(/.$/, (last) => (last === "A" ? "B" : "A"));
  for (const to of ["", "somebody", slip, `-1:${"a".repeat(64)}`])
    expect((await propose({ to })).body.error.code).toBe("payments.refund_address_wrong");
  expect((await propose({ amount: (2n * coin).toString() })).body.error.code).toBe(
    "payments.refund_too_large",
  );
  expect((await propose({ receiptId: "00000000-0000-7000-8000-000000000000" })).status).toBe(404);
  expect((await buyer().post("/api/admin/payments/refunds/elsewhere", {})).status).toBe(403);
  const { body } = await propose({});
  expect((await second().post(`/api/admin/payments/proposals/${body.id}/reject`)).body.state).toBe(
    "rejected",
  );
  const late = await second().post(`/api/admin/payments/proposals/${body.id}/approve`);
  expect(late.body.error.code).toBe("platform.proposal_closed");
  const staff = world.ctx({
    kind: "user",
    userId: body.proposedBy,
    telegramId: "1",
    staffRoles: ["support"],
  });
  await expect(decideProposal(staff, { id: body.id, isApproved: true })).rejects.toMatchObject({
    code: "platform.same_person",
  });
  await expect(
    proposeRefund(staff, { receiptId: body.id, to: addressOf(people.other), reason: "asked" }),
  ).rejects.toMatchObject({ code: "payments.not_found" });
});

test("of two who want to sign at once one is given it; the coins go once", async () => {
  const id = await agreed(await deposited());
  const answers = await Promise.all([
    sign(id, first()),
    sign(id, second()),
    sign(id, first()),
    sign(id, second()),
  ]);
  const given = answers.filter(({ status }) => status === 200);
  expect(given.length).toBe(1);
  for (const { status, body } of answers.filter((one) => one.status !== 200))
    expect([status, body.error.code]).toEqual([409, "payments.refund_being_signed"]);
  expect((await read(id)).signableUntil).not.toBeNull();
  await confirm(given[0]?.body.request);
  // Nobody has looked yet: whoever asks now is not given another one, but told that it is done.
  expect((await sign(id, second())).body).toEqual({ state: "done", request: null });
  expect(await read(id)).toMatchObject({ state: "done", signerId: null });
});

test("whoever lost the answer gets it again by the same key, and nobody else anything", async () => {
  const id = await agreed(await deposited());
  const [one, again] = [await sign(id, first(), "sign-1"), await sign(id, first(), "sign-1")];
  expect(again.body).toEqual(one.body);
  expect((await sign(id, first(), "sign-2")).body.error.code).toBe("payments.refund_being_signed");
  await confirm(one.body.request);
  await sweep(system_());
  expect((await read(id)).state).toBe("done");
});

test("what nobody signed in time is given to the next, and what was signed late is found first", async () => {
  const id = await agreed(await deposited());
  const unsigned = await sign(id, first());
  expect((await sign(id, second())).status).toBe(409);
  await world.advance(300);
  // The request has ended, but a wallet may have passed it on in its last second.
  expect((await sign(id, second())).status).toBe(409);
  await world.advance(400);
  const next = await sign(id, second());
  expect(next.status).toBe(200);
  expect(next.body.request.validUntil).toBeGreaterThan(unsigned.body.request.validUntil);
  await confirm(next.body.request);
  await world.advance(1_000);
  expect((await sign(id, first())).body).toEqual({ state: "done", request: null });
});

test("what nobody will sign is given up, the money is free again, and never while it could still be signed", async () => {
  const receiptId = await deposited();
  const id = await agreed(receiptId);
  const held = await balance();
  const giveUp = (by = second()) => by.post(`/api/admin/payments/refunds/${id}/give-up`);
  expect((await giveUp(buyer())).status).toBe(403);
  const signing = await sign(id, first());
  expect((await giveUp()).body.error.code).toBe("payments.refund_being_signed");
  await world.advance(700);
  const answers = await Promise.all([giveUp(), sign(id, first())]);
  const isGivenUp = answers[0].status === 200;
  // One of them was first; the other sees it.
  expect([answers[0].status, answers[1].body.request === null || !isGivenUp]).toEqual([
    isGivenUp ? 200 : 409,
    true,
  ]);
  await world.advance(700);
  expect((await giveUp()).body.state).toBe("refused");
  expect((await balance()) - held).toBe(coin);
  expect((await sign(id, first())).body).toEqual({ state: "refused", request: null });
  expect(signing.status).toBe(200);
  // It can be sent back anew, and what was signed after all, against every rule, is not taken for it.
  const again = await agreed(receiptId);
  const next = await sign(again, first());
  await confirm(next.body.request);
  await sweep(system_());
  expect((await read(again)).state).toBe("done");
});

test("who has looked before another was given it cannot use what was seen", async () => {
  const id = await agreed(await deposited());
  const staff = async (person: number, roles: string[]) => {
    const { rows } = await system_().db.execute<{ id: string }>(
      `select id from identity.users where telegram_id = ${person}`,
    );
    return {
      kind: "user",
      userId: rows[0]?.id ?? "",
      telegramId: String(person),
      staffRoles: roles,
    } as const;
  };
  const slow = world.ctx(await staff(people.arbiter, ["support"]));
  const ton = slow.gateways.payments.get("ton");
  // Between the look and the transaction of the slow one, the other is given it and lets it run out.
  const meanwhile = {
    ...ton,
    refund: async (...given: Parameters<NonNullable<typeof ton>["refund"]>) => {
      const made = await ton?.refund(...given);
      expect((await sign(id, second())).status).toBe(200);
      await world.advance(700);
      return made;
    },
  };
  const payments = new Map([...slow.gateways.payments, ["ton", meanwhile as never]]);
  await expect(
    signRefund({ ...slow, gateways: { ...slow.gateways, payments } }, { refundId: id }),
  ).rejects.toMatchObject({ code: "payments.refund_being_signed" });
});

test("endpoints that do not answer are no answer: nobody is given anything, and the asker is told", async () => {
  const id = await agreed(await deposited());
  for (const api of ["v2", "v3"] as const)
    world.ton.faults.add({ api, method: "*", kind: "status", status: 503, times: 40 });
  const { status, body } = await sign(id, first());
  world.ton.faults.clear();
  expect([status, body.error.kind]).toEqual([503, "unavailable"]);
  expect((await read(id)).signerId).toBeNull();
});
