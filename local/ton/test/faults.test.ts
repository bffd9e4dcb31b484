import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { toNano } from "@ton/core";
import { type LocalTon, startLocalTon } from "../index.ts";

// Generous, for a machine that has other things to do as well.
setDefaultTimeout(60_000);

let ton: LocalTon;

beforeAll(async () => {
  ton = await startLocalTon({ blockMs: 5 });
});
afterAll(() => ton.stop());
beforeEach(() => control("DELETE", "faults"));

async function control(verb: string, path: string, body?: unknown) {
  const response = await fetch(`${ton.origin}/control/${path}`, {
    method: verb,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, number> };
}

const balance = async (person: number, signal?: AbortSignal) => {
  const url = `${ton.v3Url}/addressInformation?address=${ton.wallet(person).address}`;
  return fetch(url, signal === undefined ? {} : { signal });
};

describe("faults on order", () => {
  test("429 and 5xx come in the API's own words, so many times and no more", async () => {
    await control("POST", "faults", { kind: "status", status: 429, times: 2, api: "v3" });
    expect([
      (await balance(1001)).status,
      (await balance(1001)).status,
      (await balance(1001)).status,
    ]).toEqual([429, 429, 200]);
    await control("POST", "faults", { kind: "status", status: 503, api: "v2", method: "getMasterchainInfo" });
    const v2 = await fetch(`${ton.origin}/api/v2/getMasterchainInfo`);
    expect([v2.status, await v2.json()]).toEqual([
      503,
      { ok: false, error: "Service Unavailable", code: 503 },
    ]);
  });

  test("a malformed body is cut in the middle", async () => {
    await control("POST", "faults", { kind: "malformed" });
    const response = await balance(1001);
    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow();
  });

  test("a time-out before has no effect, one after has it all the same", async () => {
    const wallet = ton.wallet(1002);
    const seqno = async () => {
      await ton.mine();
      return ton.chain.state.ledger.of(wallet.address.toRawString()).length;
    };
    const send = async () => {
      const cell = await signedTransfer();
      return fetch(`${ton.v3Url}/message`, {
        method: "POST",
        body: JSON.stringify({ boc: cell }),
        signal: AbortSignal.timeout(1_000),
      });
    };
    const start = await seqno();
    await control("POST", "faults", { kind: "timeoutBefore", method: "message" });
    await expect(send()).rejects.toThrow("timed out");
    expect(await seqno()).toBe(start);
    await control("POST", "faults", { kind: "timeoutAfter", method: "message" });
    await expect(send()).rejects.toThrow("timed out");
    expect(await seqno()).toBe(start + 1);
  });

  test("a lie about an account is told of it alone", async () => {
    await control("POST", "faults", {
      kind: "lie",
      account: ton.wallet(1001).address.toString(),
      balance: "42",
      times: null,
    });
    expect(await (await balance(1001)).json()).toMatchObject({ balance: "42", status: "active" });
    expect(await (await balance(1002)).json()).not.toMatchObject({ balance: "42" });
  });

  test("rows are skipped and repeated", async () => {
    const account = ton.wallet(1004).address.toString();
    for (let index = 0; index < 3; index++) {
      ton.faucet(account, toNano("1"));
      await ton.mine();
    }
    const list = async () => {
      const response = await fetch(`${ton.v3Url}/transactions?account=${account}&sort=asc`);
      return ((await response.json()) as { transactions: { lt: string }[] }).transactions.map(
        (row) => row.lt,
      );
    };
    const [a, b, c] = await list();
    await control("POST", "faults", { kind: "skip", count: 1 });
    expect(await list()).toEqual([b, c] as string[]);
    await control("POST", "faults", { kind: "repeat", count: 2 });
    expect(await list()).toEqual([a, b, a, b, c] as string[]);
  });

  test("a lagging endpoint shows the past and catches up", async () => {
    const account = ton.wallet(1007).address.toString();
    ton.faucet(account, toNano("9"));
    await ton.mine();
    const count = async () => {
      const response = await fetch(`${ton.v3Url}/transactions?account=${account}`);
      return ((await response.json()) as { transactions: unknown[] }).transactions.length;
    };
    expect(await count()).toBe(1);
    await control("POST", "faults", { kind: "lag", seconds: 3, times: null });
    expect(await count()).toBe(0);
    while ((await count()) === 0) await Bun.sleep(50);
    expect(await count()).toBe(1);
  });

  test("a stalled chain makes no block until it goes on", async () => {
    await control("POST", "faults", { kind: "stall", seconds: 60 });
    await Bun.sleep(300);
    const { body } = await control("GET", "time");
    await Bun.sleep(60);
    expect((await control("GET", "time")).body.seqno).toBe(body.seqno ?? -1);
    await control("DELETE", "faults");
    const seqno = async () => (await control("GET", "time")).body.seqno ?? 0;
    while ((await seqno()) === body.seqno) await Bun.sleep(5);
    expect(await seqno()).toBeGreaterThan(body.seqno ?? 0);
  });

  test("nonsense is refused with the reason", async () => {
    for (const body of [
      { kind: "unknown" },
      { kind: "status", status: 99 },
      { kind: "lag" },
      { kind: "malformed", x: 1 },
    ]) {
      expect((await control("POST", "faults", body)).status).toBe(400);
    }
  });
});

describe("time", () => {
  test("it moves forward for the contracts too, and never back", async () => {
    const { body } = await control("GET", "time");
    const now = body.now ?? 0;
    expect((await control("POST", "time", { advanceSeconds: 3600 })).body.now).toBeGreaterThanOrEqual(
      now + 3600,
    );
    expect((await control("POST", "time", { to: now })).status).toBe(400);
    expect((await control("POST", "time", { advanceSeconds: -1 })).status).toBe(400);
    expect((await control("POST", "time", { to: now + 7200 })).status).toBe(200);
    await ton.transfer({ from: 1005, to: ton.wallet(1004).address, amount: 1n });
    await ton.mine();
    expect(ton.chain.state.ledger.last()?.tx.now).toBeGreaterThanOrEqual(now + 7200);
  });

  test("after mining, a final block knows the moved time, also on an idle chain", async () => {
    const idle = await startLocalTon({ blockMs: 0, startTime: 1_900_000_000 });
    expect(idle.now()).toBeLessThan(1_900_000_060);
    idle.advance(86_400);
    await idle.mine();
    const response = await fetch(`${idle.v3Url}/masterchainInfo`);
    const { last } = (await response.json()) as { last: { gen_utime: string } };
    expect(Number(last.gen_utime)).toBeGreaterThanOrEqual(1_900_086_400);
    await idle.stop();
  });

  test("a message signed before the move is too old after it", async () => {
    const boc = await signedTransfer();
    ton.advance(3600);
    const response = await fetch(`${ton.v3Url}/message`, { method: "POST", body: JSON.stringify({ boc }) });
    expect([response.status, await response.text()]).toEqual([500, expect.stringContaining("exitcode=136")]);
  });
});

/** A transfer of Boris, signed with the seqno that his wallet has now. */
async function signedTransfer(): Promise<string> {
  const { Payments } = await import("../chain/wallets.ts");
  const payments = new Payments(ton.chain, undefined as never);
  const cell = await payments.signed(ton.wallet(1002), []);
  return cell.toBoc().toString("base64");
}
