import { afterAll, beforeAll, expect, test } from "bun:test";
import { newId } from "../../platform/ids.ts";
import { expireDueHolds } from "./expire-due-holds.ts";
import { expireHold, placeHold, postHold, voidHold } from "./holds.ts";
import { cause, createLedgerWorld, expectCode, type LedgerWorld } from "./ledger.fixture.ts";
import { holdOf } from "./queries.ts";
import { account } from "./rules.ts";
import { transfer } from "./transfer.ts";

let world: LedgerWorld;
beforeAll(async () => {
  world = await createLedgerWorld();
});
afterAll(() => world.close());

async function held(amount: bigint, options: { of?: bigint; expiresAt?: Date } = {}) {
  const name = await world.userWith(options.of ?? 100n);
  const hold = `hold:${newId()}`;
  const { expiresAt } = options;
  const place = () =>
    world.inTx((tx) =>
      placeHold(tx, {
        key: hold,
        cause,
        account: name,
        asset: "TON",
        amount,
        ...(expiresAt ? { expiresAt } : {}),
      }),
    );
  const placed = await place();
  return {
    name,
    hold,
    place,
    placed,
    post: (amounts: bigint[], to = [account.fees, account.campaign("x")]) =>
      world.inTx((tx) =>
        postHold(tx, { hold, cause, to: amounts.map((one, i) => ({ account: to[i] ?? "", amount: one })) }),
      ),
    drop: () => world.inTx((tx) => voidHold(tx, { hold, cause })),
    expire: () => world.inTx((tx) => expireHold(tx, { hold })),
  };
}

test("what is held stays and cannot be spent, nor held again", async () => {
  const { name, place, placed } = await held(70n);
  expect(await place()).toEqual({ ...placed, isReplay: true });
  expect(await world.stand(name)).toEqual([100n, 70n]);
  await expectCode(world.move(name, account.fees, 31n), "ledger.insufficient_funds");
  const more = world.inTx((tx) =>
    placeHold(tx, { key: newId(), cause, account: name, asset: "TON", amount: 31n }),
  );
  await expectCode(more, "ledger.insufficient_funds");
  await world.move(name, account.fees, 30n);
  expect(await world.stand(name)).toEqual([70n, 70n]);
});

test("a hold is posted in part: the rest is available again, and it has ended", async () => {
  const { name, hold, post, drop } = await held(70n);
  expect((await post([40n, 10n])).isReplay).toBe(false);
  expect(await world.stand(name)).toEqual([50n, 0n]);
  expect((await post([40n, 10n])).isReplay).toBe(true);
  await expectCode(post([41n]), "ledger.hold_ended");
  await expectCode(drop(), "ledger.hold_ended");
  expect(await holdOf(world.ctx().db, hold)).toMatchObject({
    state: "posted",
    amount: "70",
    postedAmount: "50",
  });
});

test("a hold is posted whole, and never for more", async () => {
  const { name, post } = await held(70n);
  await expectCode(post([71n]), "ledger.hold_exceeded");
  await post([70n]);
  expect(await world.stand(name)).toEqual([30n, 0n]);
});

test("a voided hold lets go of all of it, once, and cannot be posted", async () => {
  const { name, hold, post, drop } = await held(70n);
  expect([(await drop()).isReplay, (await drop()).isReplay]).toEqual([false, true]);
  await expectCode(post([1n]), "ledger.hold_ended");
  expect(await world.stand(name)).toEqual([100n, 0n]);
  expect(await holdOf(world.ctx().db, hold)).toMatchObject({ state: "voided", postedAmount: "0" });
});

test("a hold whose time is over cannot be posted, and the sweep lets go of it once", async () => {
  const { name, hold, post, expire } = await held(70n, { expiresAt: new Date(Date.now() - 1_000) });
  const later = await held(10n, { expiresAt: new Date(Date.now() + 3_600_000) });
  await expectCode(post([1n]), "ledger.hold_ended");
  await expectCode(later.expire(), "ledger.hold_ended");
  const swept = await Promise.all([expireDueHolds(world.ctx()), expireDueHolds(world.ctx())]);
  expect(swept[0] + swept[1]).toBe(1);
  expect((await expire()).isReplay).toBe(true);
  expect(await world.stand(name)).toEqual([100n, 0n]);
  expect(await holdOf(world.ctx().db, hold)).toMatchObject({ state: "expired" });
  expect(await world.stand(later.name)).toEqual([100n, 10n]);
});

test("the platform's accounts hold nothing, and a hold that was never placed does not end", async () => {
  const onFees = world.inTx((tx) =>
    placeHold(tx, { key: newId(), cause, account: account.fees, asset: "TON", amount: 1n }),
  );
  expect(onFees).rejects.toThrow("no hold on fees");
  await expectCode(
    world.inTx((tx) => voidHold(tx, { hold: "none", cause })),
    "ledger.hold_not_found",
  );
  const plain = await world.userWith(5n);
  await world.move(plain, account.fees, 1n, "TON", `plain:${plain}`);
  await expectCode(
    world.inTx((tx) => voidHold(tx, { hold: `plain:${plain}`, cause })),
    "ledger.hold_not_found",
  );
});

test("nobody's key can pretend to be the end of a hold", async () => {
  const { hold } = await held(70n);
  const forged = world.inTx((tx) =>
    transfer(tx, {
      key: `${hold}#end`,
      cause,
      legs: [
        { account: account.gateway("test"), asset: "TON", amount: -1n },
        { account: account.fees, asset: "TON", amount: 1n },
      ],
    }),
  );
  await expectCode(forged, "P0001");
});
