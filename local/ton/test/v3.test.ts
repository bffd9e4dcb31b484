import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { Address, beginCell, Cell, external, internal, storeMessage, toNano } from "@ton/core";
import { type LocalTon, startLocalTon } from "../index.ts";

// Generous, for a machine that has other things to do as well.
setDefaultTimeout(60_000);

type Row = {
  account: string;
  hash: string;
  lt: string;
  finality: string;
  emulated: boolean;
  mc_block_seqno: number;
  trace_id: string;
  in_msg: {
    source: string | null;
    value: string | null;
    hash: string;
    message_content: { body: string; hash: string };
  };
  out_msgs: { destination: string; value: string }[];
  description: {
    aborted: boolean;
    compute_ph: { skipped: boolean; exit_code?: number };
    action?: { result_code: number };
  };
};

let ton: LocalTon;

beforeAll(async () => {
  ton = await startLocalTon({ blockMs: 0 });
});
afterAll(() => ton.stop());

async function get(path: string) {
  const response = await fetch(`${ton.v3Url}/${path}`);
  return { status: response.status, body: (await response.json()) as never };
}

async function rows(query: string): Promise<Row[]> {
  return ((await get(`transactions?${query}`)).body as { transactions: Row[] }).transactions;
}

describe("finality", () => {
  test("a transaction is pending in its block, confirmed by the next, finalized two later; v2 shows it only then", async () => {
    const boris = ton.wallet(1002);
    const { hash } = await ton.transfer({
      from: 1002,
      to: ton.wallet(1004).address,
      amount: toNano("1"),
      bounce: false,
    });
    const account = `account=${boris.address.toRawString()}`;
    const v2Balance = async () => {
      const response = await fetch(`${ton.origin}/api/v2/getAddressBalance?address=${boris.address}`);
      return ((await response.json()) as { result: string }).result;
    };
    const before = await v2Balance();
    expect(await rows(account)).toEqual([]);

    await ton.chain.tick();
    const [pending] = await rows(account);
    expect(pending).toMatchObject({ finality: "pending", emulated: true, mc_block_seqno: 0 });
    expect(await v2Balance()).toBe(before);
    await ton.chain.tick();
    expect((await rows(account))[0]).toMatchObject({
      finality: "confirmed",
      emulated: false,
      mc_block_seqno: 0,
    });
    expect(await v2Balance()).toBe(before);
    await ton.chain.tick();
    const [final] = await rows(account);
    expect(final).toMatchObject({ finality: "finalized", emulated: false });
    expect(final?.mc_block_seqno).toBeGreaterThan(0);
    expect(BigInt(await v2Balance())).toBeLessThan(BigInt(before) - toNano("0.9"));

    const byMessage = (await get(`transactionsByMessage?msg_hash=${hash}&direction=in`)).body as {
      transactions: Row[];
    };
    expect(byMessage.transactions.map((row) => row.hash)).toEqual([final?.hash ?? ""]);
    await ton.mine();
  });

  test("a hop takes a block, and the whole trace bears the id of its first transaction", async () => {
    await ton.transfer({ from: 1002, to: ton.wallet(1001).address, amount: toNano("1"), body: "two hops" });
    await ton.chain.tick();
    const [first] = await rows(`account=${ton.wallet(1002).address.toRawString()}&limit=1`);
    expect(await rows(`account=${ton.wallet(1001).address.toRawString()}&limit=1`)).toEqual([]);
    await ton.chain.tick();
    const [second] = await rows(`account=${ton.wallet(1001).address.toRawString()}&limit=1`);
    expect(second?.trace_id).toBe(first?.hash ?? "");
    await ton.mine();
  });

  test("taking a pending transaction back leaves no trace of it, and money where it was", async () => {
    const neighbour = ton.wallet(1010).address;
    const { normalized } = await ton.transfer({
      from: 1004,
      to: neighbour,
      amount: toNano("3"),
      bounce: false,
    });
    await ton.transfer({ from: 1005, to: neighbour, amount: toNano("4"), bounce: false });
    await ton.chain.tick();
    await ton.chain.tick();
    const balance = ton.chain.state.ledger.of(neighbour.toRawString()).at(-1)?.balance ?? 0n;
    const [tx] = ton.chain.state.ledger.byIncoming(normalized);
    expect(await ton.chain.revert(tx?.hash ?? "")).toBe(true);
    expect(await rows(`account=${ton.wallet(1008).address.toRawString()}`)).toEqual([]);
    await ton.mine();
    expect(ton.chain.state.ledger.byIncoming(normalized)).toEqual([]);
    const after = ton.chain.state.ledger.of(neighbour.toRawString());
    expect(after.at(-1)?.balance).toBeLessThan(balance - toNano("2.9"));
    expect(after.map((each) => each.tx.inMessage?.info.type)).toEqual(["internal"]);
    expect(await ton.chain.revert(after[0]?.hash ?? "")).toBe(false);
  });
});

describe("rows of transactions", () => {
  test("walking by start_lt ascending meets each transaction once, whatever the page size", async () => {
    const account = ton.wallet(1007).address;
    for (let index = 0; index < 7; index++) {
      ton.faucet(account, BigInt(index + 1) * 1_000_000_000n);
      await ton.mine();
    }
    const whole = await rows(`account=${account}&sort=asc&limit=100`);
    expect(whole.map((row) => row.in_msg.value)).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `${n}000000000`));
    const seen: Row[] = [];
    for (let from = 0n; ; ) {
      const page = await rows(`account=${account}&start_lt=${from}&sort=asc&limit=3`);
      if (page.length === 0) break;
      seen.push(...page);
      from = BigInt(page.at(-1)?.lt ?? 0) + 1n;
    }
    expect(seen.map((row) => row.hash)).toEqual(whole.map((row) => row.hash));
    expect((await rows(`account=${account}&limit=2&offset=2`)).map((row) => row.lt)).toEqual(
      whole
        .toReversed()
        .slice(2, 4)
        .map((row) => row.lt),
    );
    const one = whole[3];
    expect((await rows(`hash=${encodeURIComponent(one?.hash ?? "")}`)).map((row) => row.lt)).toEqual([
      one?.lt ?? "",
    ]);
    expect((await rows(`account=${account}&start_lt=${one?.lt}&end_lt=${one?.lt}`)).length).toBe(1);
  });

  test("addresses are raw in upper case, hashes base64, bodies whole, and a bounce is told", async () => {
    const nobody = Address.parseRaw(`0:${"ab".repeat(32)}`);
    await ton.transfer({ from: 1005, to: nobody, amount: toNano("1"), body: "hello", bounce: true });
    await ton.mine();
    const [bounced] = await rows(`account=${nobody.toRawString()}`);
    expect(bounced?.account).toBe(`0:${"AB".repeat(32)}`);
    expect(bounced?.description).toMatchObject({
      aborted: true,
      compute_ph: { skipped: true, reason: "no_state" },
    });
    const body = Cell.fromBase64(bounced?.in_msg.message_content.body ?? "");
    expect(body.equals(beginCell().storeUint(0, 32).storeStringTail("hello").endCell())).toBe(true);
    expect(bounced?.in_msg.message_content.hash).toBe(body.hash().toString("base64"));
    expect(bounced?.out_msgs[0]).toMatchObject({ bounced: true });
    const [sender] = await rows(`account=${ton.wallet(1005).address.toRawString()}&sort=asc&limit=1`);
    expect(sender?.description).toMatchObject({ compute_ph: { exit_code: 0 }, action: { result_code: 0 } });
    expect(sender?.in_msg.source).toBeNull();
  });
});

describe("the other methods", () => {
  test("accountStates tells active, uninit and nonexist, with code and data on request", async () => {
    const [active, uninit] = [ton.wallet(1001).address, ton.wallet(1003).address];
    const query = `address=${active}&address=${uninit}&address=0:${"00".repeat(32)}`;
    const { accounts } = (await get(`accountStates?${query}&include_boc=true`)).body as {
      accounts: { status: string; code_boc: string | null; code_hash: string; balance: string }[];
    };
    expect(accounts.map((each) => each.status)).toEqual(["active", "uninit", "nonexist"]);
    expect(
      Cell.fromBase64(accounts[0]?.code_boc ?? "")
        .hash()
        .toString("base64"),
    ).toBe(accounts[0]?.code_hash ?? "");
    expect(accounts[2]).toMatchObject({ balance: "0", code_boc: null });
    const bare = (await get(`accountStates?address=${active}&include_boc=false`)).body as {
      accounts: object[];
    };
    expect(bare.accounts[0]).not.toHaveProperty("code_boc");
  });

  test("runGetMethod and addressInformation agree with the wallet's own state", async () => {
    const response = await fetch(`${ton.v3Url}/runGetMethod`, {
      method: "POST",
      body: JSON.stringify({ address: ton.wallet(1001).address.toString(), method: "seqno", stack: [] }),
    });
    expect(await response.json()).toMatchObject({ exit_code: 0, stack: [{ type: "num", value: "0x0" }] });
    const { body } = await get(`addressInformation?address=${ton.wallet(1003).address}`);
    expect(body).toMatchObject({ status: "uninitialized", balance: toNano("40").toString(), code: null });
    const { last } = (await get("masterchainInfo")).body as { last: { seqno: number; gen_utime: string } };
    expect(last.seqno).toBe(ton.chain.state.view().final);
    expect(Math.abs(Number(last.gen_utime) - ton.now())).toBeLessThan(5);
  });

  test("a message is taken with its normalised hash, and refused as the real endpoint refuses it", async () => {
    const alina = ton.wallet(1001);
    const send = async (boc: string) => {
      const response = await fetch(`${ton.v3Url}/message`, { method: "POST", body: JSON.stringify({ boc }) });
      return { status: response.status, body: (await response.json()) as Record<string, string> };
    };
    const body = alina.sign({
      seqno: 0,
      validUntil: ton.now() + 60,
      sendMode: 3,
      messages: [internal({ to: alina.address, value: "0.1" })],
    });
    const cell = beginCell()
      .store(storeMessage(external({ to: alina.address, body })))
      .endCell();
    const sent = await send(cell.toBoc().toString("base64"));
    expect(sent.body.message_hash).toBe(cell.hash().toString("base64"));
    expect(sent.body.message_hash_norm).not.toBe(sent.body.message_hash);
    await ton.mine();
    const again = await send(cell.toBoc().toString("base64"));
    expect(again.status).toBe(500);
    expect(again.body.error).toContain("cannot apply external message");
    expect(again.body.error).toContain("exitcode=33");
    expect((await send("zzz")).status).toBe(500);
  });

  test("wrong parameters are 422 with an error, unknown paths 404", async () => {
    for (const query of ["account=nonsense", "limit=0", "limit=1001", "sort=up", "hash=abc", "start_lt=-1"]) {
      const { status, body } = await get(`transactions?${query}`);
      expect({ query, status }).toEqual({ query, status: 422 });
      expect(body).toHaveProperty("error");
    }
    expect((await get("accountStates")).status).toBe(422);
    expect((await get("nothing")).status).toBe(404);
    expect((await fetch(`${ton.v3Url}/message`, { method: "POST", body: "{" })).status).toBe(422);
  });
});
