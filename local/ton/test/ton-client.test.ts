import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { beginCell, internal, toNano } from "@ton/core";
import { TonClient, WalletContractV4, WalletContractV5R1 } from "@ton/ton";
import { type LocalTon, startLocalTon } from "../index.ts";

// Generous, for a machine that has other things to do as well.
setDefaultTimeout(60_000);

let ton: LocalTon;
let client: TonClient;

beforeAll(async () => {
  ton = await startLocalTon({ blockMs: 10 });
  client = new TonClient({ endpoint: ton.v2Url });
});
afterAll(() => ton.stop());

function openAlina() {
  const { keyPair } = ton.wallet(1001);
  return {
    keyPair,
    wallet: client.open(WalletContractV4.create({ workchain: 0, publicKey: keyPair.publicKey })),
  };
}

describe("the stock TonClient works unchanged", () => {
  test("it reads a balance and a state", async () => {
    const { wallet } = openAlina();
    expect(await client.getBalance(wallet.address)).toBe(toNano("120"));
    expect(await client.isContractDeployed(wallet.address)).toBe(true);
    expect(await client.isContractDeployed(ton.wallet(1003).address)).toBe(false);
    expect((await client.getMasterchainInfo()).workchain).toBe(-1);
  });

  test("an opened wallet sends a transfer, which getTransactions then shows to payer and payee", async () => {
    const { wallet, keyPair } = openAlina();
    const payee = ton.wallet(1005).address;
    const before = await client.getBalance(payee);
    const seqno = await wallet.getSeqno();
    await wallet.sendTransfer({
      seqno,
      secretKey: keyPair.secretKey,
      messages: [internal({ to: payee, value: "2.5", bounce: false, body: "thanks" })],
    });
    await ton.mine();

    expect(await wallet.getSeqno()).toBe(seqno + 1);
    const [received] = await client.getTransactions(payee, { limit: 1 });
    expect(received?.inMessage?.info.type).toBe("internal");
    expect(
      received?.inMessage?.body.equals(beginCell().storeUint(0, 32).storeStringTail("thanks").endCell()),
    ).toBe(true);
    expect(await client.getBalance(payee)).toBeGreaterThan(before + toNano("2.499"));
    const [sent] = await client.getTransactions(wallet.address, { limit: 1 });
    expect(sent?.outMessagesCount).toBe(1);
    const again = await client.getTransaction(
      wallet.address,
      String(sent?.lt),
      sent?.hash().toString("base64") ?? "",
    );
    expect(again?.hash().equals(sent?.hash() ?? Buffer.alloc(0))).toBe(true);
  });

  test("paging by lt and hash shows each transaction once, newest first", async () => {
    const { wallet, keyPair } = openAlina();
    for (let index = 0; index < 5; index++) {
      await wallet.sendTransfer({
        seqno: await wallet.getSeqno(),
        secretKey: keyPair.secretKey,
        messages: [internal({ to: ton.wallet(1006).address, value: "0.1", bounce: false })],
      });
      await ton.mine();
    }
    const whole = await client.getTransactions(wallet.address, { limit: 100 });
    const paged = await client.getTransactions(wallet.address, { limit: 2 });
    for (let last = paged.at(-1); last !== undefined; ) {
      const next = await client.getTransactions(wallet.address, {
        limit: 2,
        lt: last.lt.toString(),
        hash: last.hash().toString("base64"),
      });
      paged.push(...next);
      last = next.at(-1);
    }
    expect(paged.map((tx) => tx.lt)).toEqual(whole.map((tx) => tx.lt));
    expect(new Set(whole.map((tx) => tx.lt)).size).toBe(whole.length);
    const [, second] = whole;
    const newer = await client.getTransactions(wallet.address, { limit: 100, to_lt: String(second?.lt) });
    expect(newer.map((tx) => tx.lt)).toEqual([whole[0]?.lt ?? 0n]);
  });

  test("a get method of a contract answers its stack, and one that is not there its exit code", async () => {
    const boris = ton.wallet(1002);
    const wallet = client.open(
      WalletContractV5R1.create({ publicKey: boris.keyPair.publicKey, walletId: { networkGlobalId: -3 } }),
    );
    expect(wallet.address.equals(boris.address)).toBe(true);
    const key = await client.runMethod(wallet.address, "get_public_key");
    expect(key.stack.readBigNumber()).toBe(BigInt(`0x${boris.keyPair.publicKey.toString("hex")}`));
    expect((await client.runMethodWithError(wallet.address, "no_such_method")).exit_code).toBe(11);
    expect((await client.runMethodWithError(ton.wallet(1003).address, "seqno")).exit_code).toBe(-13);
  });

  test("a fee is estimated without a signature", async () => {
    const { wallet } = openAlina();
    const body = wallet.createTransfer({
      seqno: await wallet.getSeqno(),
      secretKey: Buffer.alloc(64),
      messages: [internal({ to: wallet.address, value: "0.1" })],
    });
    const { source_fees } = await client.estimateExternalMessageFee(wallet.address, {
      body,
      initCode: null,
      initData: null,
      ignoreSignature: true,
    });
    expect(source_fees.gas_fee).toBeGreaterThan(50_000);
    expect(source_fees.fwd_fee).toBeGreaterThan(0);
  });
});

describe("what the real endpoint refuses is refused in its words", () => {
  const post = async (method: string, params: unknown) => {
    const response = await fetch(ton.v2Url, {
      method: "POST",
      body: JSON.stringify({ id: "1", jsonrpc: "2.0", method, params }),
    });
    return {
      status: response.status,
      body: (await response.json()) as { ok: boolean; error?: string; code?: number },
    };
  };

  test("a message with a used seqno is not accepted", async () => {
    const { wallet, keyPair } = openAlina();
    const transfer = { seqno: 0, secretKey: keyPair.secretKey, messages: [] };
    await expect(wallet.sendTransfer(transfer)).rejects.toThrow("status code 500");
    const answer = await post("sendBoc", {
      boc: beginCell().storeUint(1, 8).endCell().toBoc().toString("base64"),
    });
    expect(answer).toMatchObject({ status: 500, body: { ok: false, code: 500 } });
    expect(answer.body.error).toStartWith(
      "LITE_SERVER_UNKNOWN: cannot apply external message to current state",
    );
  });

  test("bad bags of cells, bad addresses, unknown lt, wrong hash and unknown methods", async () => {
    const address = ton.wallet(1001).address.toString();
    expect((await post("sendBoc", { boc: "AAAA" })).body.error).toStartWith("INVALID_BAG_OF_CELLS");
    expect(await post("getAddressInformation", { address: "nonsense" })).toMatchObject({
      status: 416,
      body: { ok: false, error: "Incorrect address" },
    });
    const gone = await post("getTransactions", { address, lt: "12345", hash: "0".repeat(64) });
    expect(gone.status).toBe(500);
    expect(gone.body.error).toEndWith("lt not in db");
    const [newest] = await client.getTransactions(openAlina().wallet.address, { limit: 1 });
    const wrong = await post("getTransactions", { address, lt: String(newest?.lt), hash: "0".repeat(64) });
    expect(wrong.body.error).toContain("hash mismatch");
    expect((await post("toString", {})).status).toBe(404);
    expect((await post("getTransactions", { address, limit: 1000 })).status).toBe(422);
  });
});
