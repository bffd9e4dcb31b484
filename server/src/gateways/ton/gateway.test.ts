/** The chain port over two endpoints: against the local chain's HTTP with its faults, and against endpoints that lie on purpose. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { beginCell, external, storeMessage } from "@ton/core";
import { createWorld, type World } from "../../../test/world.ts";
import { createGuard } from "../../platform/gateway.ts";
import { createMetrics } from "../../platform/metrics.ts";
import {
  type ChainEndpoint,
  EndpointFault,
  isEndpointFault,
  type LinkedTransaction,
  MessageRefused,
  TooFarBack,
} from "./endpoint.ts";
import { chainOver, createChain } from "./gateway.ts";
import { type ChainAccount, ChainFailure } from "./port.ts";
import { toncenterV2 } from "./toncenter-v2.ts";
import { toncenterV3 } from "./toncenter-v3.ts";

const account = `0:${"aa".repeat(32)}`;
const transaction = (
  lt: number,
  prevLt: number,
  change: Partial<LinkedTransaction> = {},
): LinkedTransaction => ({
  hash: lt.toString(16).padStart(64, "0"),
  lt: BigInt(lt),
  prevLt: BigInt(prevLt),
  at: lt,
  account,
  isAborted: false,
  inMessage: null,
  outMessages: [],
  ...change,
});
const state = (change: Partial<ChainAccount> = {}): ChainAccount => ({
  status: "active",
  balance: 1n,
  data: "d",
  codeHash: "c",
  lastLt: 30n,
  at: 100,
  ...change,
});
const history = [transaction(10, 0), transaction(20, 10), transaction(30, 20)];
const endpoint = (name: string, change: Partial<ChainEndpoint> = {}): ChainEndpoint => ({
  name,
  now: async () => 100,
  transactions: async (_account, afterLt) => history.filter(({ lt }) => lt > afterLt),
  account: async () => state(),
  send: async () => undefined,
  ...change,
});
const down: Partial<ChainEndpoint> = {
  now: () => Promise.reject(new EndpointFault("down")),
  transactions: () => Promise.reject(new EndpointFault("down")),
  account: () => Promise.reject(new EndpointFault("down")),
  send: () => Promise.reject(new EndpointFault("down")),
};
const over = (first: Partial<ChainEndpoint>, second: Partial<ChainEndpoint> = {}) =>
  chainOver("-3", [endpoint("first", first), endpoint("second", second)]);
const lts = (rows: { lt: bigint }[]): number[] => rows.map(({ lt }) => Number(lt));
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "answered",
    (error: unknown) => (error instanceof ChainFailure ? error.reason : String(error)),
  );
const shows = (...rows: LinkedTransaction[]): Partial<ChainEndpoint> => ({ transactions: async () => rows });
const [a, b, c] = history as [LinkedTransaction, LinkedTransaction, LinkedTransaction];

describe("a list of transactions", () => {
  test("comes ascending, without repetitions, whatever order an endpoint gives", async () => {
    expect(lts(await over(shows(c, a, b, a, c)).transactions(account, 0n, 100))).toEqual([10, 20, 30]);
    expect(lts(await over({}).transactions(account, 10n, 1))).toEqual([20]);
  });

  test("with one left out in the middle or at the front is not believed: the other endpoint is asked", async () => {
    for (const rows of [
      [a, c],
      [b, c],
    ])
      expect(lts(await over(shows(...rows)).transactions(account, 0n, 100))).toEqual([10, 20, 30]);
  });

  test("of another account, of before, or with two rows at one lt is not believed", async () => {
    const other = transaction(40, 30, { account: `0:${"bb".repeat(32)}` });
    const twin = transaction(30, 20, { hash: "f".repeat(64) });
    for (const rows of [
      [a, b, c, other],
      [a, b, c, twin],
    ])
      expect(lts(await over(shows(...rows)).transactions(account, 0n, 100))).toEqual([10, 20, 30]);
    expect(lts(await over(shows(a, b, c)).transactions(account, 10n, 100))).toEqual([20, 30]);
  });

  test("from nobody is `unknown`, never an empty list", async () => {
    expect(await reasonOf(over(down, down).transactions(account, 0n, 100))).toBe("unknown");
    expect(await reasonOf(over(shows(a, c), shows(b, c)).transactions(account, 0n, 100))).toBe("unknown");
  });
});

describe("certain", () => {
  test("sees an account that was buried under more transactions than the second endpoint can walk back", async () => {
    const asked: (number | undefined)[] = [];
    const buried: ChainEndpoint["transactions"] = async (_account, afterLt, _limit, upTo) => {
      asked.push(upTo && Number(upTo.lt));
      if (!upTo) throw new TooFarBack();
      return history.filter(({ lt }) => lt > afterLt && lt <= upTo.lt);
    };
    const chain = over({}, { transactions: buried });
    expect(lts(await chain.certain.transactions(account, 0n, 2))).toEqual([10, 20]);
    expect(asked).toEqual([undefined, 20]);
    const liar = over(shows(a, transaction(20, 10, { at: 21 })), { transactions: buried });
    expect(await reasonOf(liar.certain.transactions(account, 0n, 100))).toBe("disagree");
  });

  test("shows what both have, as far as both are", async () => {
    const chain = over({}, shows(a, b));
    expect(lts(await chain.certain.transactions(account, 0n, 100))).toEqual([10, 20]);
    expect(lts(await over(shows()).certain.transactions(account, 0n, 100))).toEqual([]);
  });

  test("a different transaction at the same place is a disagreement", async () => {
    const forged = transaction(20, 10, { hash: "e".repeat(64) });
    const changed = { ...b, at: 21 };
    for (const other of [forged, changed]) {
      const chain = over({}, shows(a, other, c));
      expect(await reasonOf(chain.certain.transactions(account, 0n, 100))).toBe("disagree");
    }
  });

  test("one endpoint is not enough", async () => {
    expect(await reasonOf(over({}, down).certain.transactions(account, 0n, 100))).toBe("unknown");
    expect(await reasonOf(over(down, {}).certain.account(account))).toBe("unknown");
  });

  test("an account is agreed at the same last transaction, and takes the earlier time", async () => {
    const chain = over({}, { account: async () => state({ at: 90, balance: 2n }) });
    expect(await chain.certain.account(account)).toMatchObject({ at: 90, data: "d" });
    const liar = over({}, { account: async () => state({ data: "x" }) });
    expect(await reasonOf(liar.certain.account(account))).toBe("disagree");
  });

  test("lag is no disagreement: it is asked again, and unknown if it stays", async () => {
    let asked = 0;
    const catching = over(
      {},
      { account: async () => state(++asked < 2 ? { lastLt: 20n, data: "old" } : {}) },
    );
    expect(await catching.certain.account(account)).toMatchObject({ lastLt: 30n });
    const stuck = over({}, { account: async () => state({ lastLt: 20n, data: "old" }) });
    expect(await reasonOf(stuck.certain.account(account))).toBe("unknown");
  });
});

describe("sending", () => {
  test("goes to the second when the first is down", async () => {
    let sent = 0;
    await over(down, {
      send: async () => {
        sent += 1;
      },
    }).send("boc");
    expect(sent).toBe(1);
  });

  test("is refused when the chain says so, unknown when nobody answers", async () => {
    const refuses = { send: () => Promise.reject(new MessageRefused("no")) };
    expect(await reasonOf(over(refuses, refuses).send("boc"))).toBe("refused");
    expect(await reasonOf(over(refuses, down).send("boc"))).toBe("refused");
    expect(await reasonOf(over(down, down).send("boc"))).toBe("unknown");
  });
});

describe("against toncenter's two APIs", () => {
  let world: World;
  let wallet: string;
  /** A port of its own each time: circuits that an earlier fault opened are not part of the question. */
  const chain = () =>
    createChain({ settings: world.ctx().settings, log: world.ctx().log, metrics: undefined });
  const endpoints = () => {
    const { settings, log } = world.ctx();
    const guard = createGuard({ gateway: "test", isFault: isEndpointFault, log, metrics: undefined });
    const { TON_V3_URL: baseUrl, TON_V2_URL: url } = settings.env;
    return [
      toncenterV3({ baseUrl, apiKey: undefined, guard }),
      toncenterV2({ url, apiKey: undefined, guard }),
    ];
  };
  beforeAll(async () => {
    world = await createWorld({ withChain: false });
    wallet = world.ton.wallet(1001).address.toRawString();
    for (let count = 0; count < 3; count += 1) {
      await world.ton.transfer({
        from: 1002,
        to: wallet,
        amount: 1_000_000_000n,
        bounce: false,
        body: "hello",
      });
      await world.ton.mine();
    }
  }, 60_000);
  afterEach(() => world.ton.faults.clear());
  afterAll(() => world.close());
  const only = (api: "v2" | "v3") =>
    world.ton.faults.add({
      api: api === "v2" ? "v3" : "v2",
      method: "*",
      times: null,
      kind: "status",
      status: 503,
    });

  test("both say the same of transactions, accounts and time, to the last byte", async () => {
    const certain = await chain().certain.transactions(wallet, 0n, 100);
    const middle = certain[1];
    if (!middle) throw new Error("three transfers");
    for (const one of endpoints())
      expect(lts(await one.transactions(wallet, 0n, 100, middle)).sort((x, y) => x - y)).toEqual(
        lts(certain.slice(0, 2)),
      );
    expect(certain).toHaveLength(3);
    expect(certain[0]).toMatchObject({ account: wallet, isAborted: false });
    expect(certain[0]?.inMessage).toMatchObject({ value: 1_000_000_000n, isBounced: false });
    const state = await chain().certain.account(wallet);
    expect(state).toMatchObject({ status: "active", lastLt: certain[2]?.lt });
    expect(state.balance).toBeGreaterThan(3_000_000_000n);
  }, 30_000);

  test("each of them alone carries the product", async () => {
    for (const api of ["v3", "v2"] as const) {
      world.ton.faults.clear();
      only(api);
      expect(await chain().transactions(wallet, 0n, 100)).toHaveLength(3);
      expect((await chain().account(wallet)).status).toBe("active");
      expect(Math.abs((await chain().now()) - world.ton.now())).toBeLessThan(10);
      const empty = await chain().account(`0:${"cd".repeat(32)}`);
      expect(empty).toMatchObject({
        status: "nonexistent",
        balance: 0n,
        data: null,
        codeHash: null,
        lastLt: 0n,
      });
    }
  }, 30_000);

  test("rows left out or given twice, garbage and 429: the answer is right or there is none", async () => {
    for (const fault of [
      { kind: "skip", count: 1 },
      { kind: "repeat", count: 2 },
      { kind: "malformed" },
      { kind: "status", status: 429 },
    ] as const) {
      world.ton.faults.clear();
      world.ton.faults.add({ api: "v3", method: "transactions", times: 3, ...fault });
      expect(lts(await chain().transactions(wallet, 0n, 100)), fault.kind).toHaveLength(3);
    }
  }, 30_000);

  test("what is not final is not shown", async () => {
    const before = (await chain().transactions(wallet, 0n, 100)).length;
    await world.ton.transfer({ from: 1002, to: wallet, amount: 1n, bounce: false });
    await world.ton.chain.tick();
    await world.ton.chain.tick();
    expect(await chain().transactions(wallet, 0n, 100)).toHaveLength(before);
    await world.ton.mine();
    expect(await chain().transactions(wallet, 0n, 100)).toHaveLength(before + 1);
  }, 30_000);

  test("a lie of one endpoint about an account is a disagreement", async () => {
    world.ton.faults.add({
      api: "v3",
      method: "*",
      times: null,
      kind: "lie",
      account: wallet,
      data: "te6cckEBAQEAAgAAAEysuc0=",
    });
    const metrics = createMetrics();
    const { settings, log } = world.ctx();
    const counted = createChain({ settings, log, metrics });
    expect(await reasonOf(counted.certain.account(wallet))).toBe("disagree");
    expect(await metrics.registry.getSingleMetricAsString("souk_gateway_disagreements_total")).toContain(
      '{gateway="ton"} 1',
    );
  }, 30_000);

  test("a message that the chain does not take is refused, not unknown", async () => {
    const wallet = world.ton.wallet(1001);
    const stale = wallet.sign({ seqno: 999, validUntil: world.ton.now() + 60, messages: [], sendMode: 3 });
    const boc = beginCell()
      .store(storeMessage(external({ to: wallet.address, body: stale })))
      .endCell()
      .toBoc();
    expect(await reasonOf(chain().send(boc.toString("base64")))).toBe("refused");
  }, 30_000);
});
