import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  setDefaultTimeout,
  test,
} from "bun:test";
import { Address, beginCell, Cell, loadMessage, toNano } from "@ton/core";
import { signVerify } from "@ton/crypto";
import { type SendTransactionRequest, UserRejectsError, type Wallet } from "@tonconnect/sdk";
import { type LocalTon, startLocalTon } from "../index.ts";
import { dataDigest, proofDigest } from "../wallet/signing.ts";
import { approveLink, decide, nextRequest, openSite, type Site } from "./site.ts";

// Generous, for a machine that has other things to do as well.
setDefaultTimeout(60_000);

let ton: LocalTon;
let site: Site;

beforeAll(async () => {
  ton = await startLocalTon({ blockMs: 10 });
});
afterAll(() => ton.stop());
beforeEach(async () => {
  site = await openSite(ton);
});
afterEach(async () => {
  site.connector.pauseConnection();
  await site.stop();
});

// One link per connection: the SDK does not catch its own rejection when a second link is made while the first one's bridge opens.
async function connect(person: number, proof?: string): Promise<Wallet> {
  // What a test before left connected when it failed must not fail the next one too.
  if (site.connector.connected) await site.connector.disconnect();
  const connected = new Promise<Wallet>((resolve, reject) => {
    site.connector.onStatusChange((wallet) => wallet !== null && resolve(wallet), reject);
  });
  const link = await site.link(proof);
  expect(link).toStartWith("https://t.me/souk_local_wallet_bot/start?startapp=tonconnect-v__2-id__");
  await approveLink(ton, person, link);
  return connected;
}

/** Sends what a site sends and lets the person decide. */
async function request(
  person: number,
  what: SendTransactionRequest,
  decision: "approve" | "reject" = "approve",
) {
  const answer = site.connector.sendTransaction(what).then(
    (value) => ({ boc: value.boc, error: undefined }),
    (error: Error) => ({ boc: undefined, error }),
  );
  const shown = await nextRequest(ton, person);
  const decided = await decide(ton, person, shown.id, decision);
  return { answer: await answer, shown, decided };
}

const soon = () => ton.now() + 300;
const friendly = (person: number) => ton.wallet(person).address.toString({ bounceable: false });

describe("connecting with the stock SDK", () => {
  test("the link is Telegram's, and approving it gives address, state, key and a proof that verifies", async () => {
    for (const person of [1001, 1002, 1003]) {
      const { account, connectItems, device } = await connect(person, "nonce-2");
      const wallet = ton.wallet(person);
      expect(account.address).toBe(wallet.address.toRawString());
      expect(account.chain).toBe("-3");
      expect(account.publicKey).toBe(wallet.keyPair.publicKey.toString("hex"));
      expect(device.appName).toBe("souklocalwallet");
      const init = Cell.fromBase64(account.walletStateInit);
      expect(init.hash().equals(wallet.address.hash)).toBe(true);
      const reply = connectItems?.tonProof;
      if (reply === undefined || !("proof" in reply)) throw new Error("no proof");
      expect(reply.proof.domain).toEqual({ lengthBytes: site.domain.length, value: site.domain });
      expect(reply.proof.payload).toBe("nonce-2");
      const digest = proofDigest(wallet.address, site.domain, reply.proof.timestamp, "nonce-2");
      expect(signVerify(digest, Buffer.from(reply.proof.signature, "base64"), wallet.keyPair.publicKey)).toBe(
        true,
      );
      expect(Math.abs(reply.proof.timestamp - ton.now())).toBeLessThan(5);
      await site.connector.disconnect();
    }
  });

  test("the digest of a proof is the published one", () => {
    const address = new Address(0, Buffer.alloc(32, 2));
    expect(proofDigest(address, "example.com", 1780000000, "payload-1").toString("hex")).toBe(
      "ca1263f2a98a5d5ea853c042e7694026569a4ded69a1cf65b8cb1a18e59dfe4b",
    );
  });

  test("a refusal reaches the site as a refusal", async () => {
    const failed = new Promise<Error>((resolve) => site.connector.onStatusChange(() => {}, resolve));
    const pending = await ton.engine.open(1001, await site.link());
    expect((await decide(ton, 1001, pending?.id ?? "", "reject")).status).toBe(200);
    expect(await failed).toBeInstanceOf(UserRejectsError);
  });

  test("the session outlives a reload of the site", async () => {
    await connect(1001);
    const reopened = site.reopen();
    await reopened.restoreConnection();
    expect(reopened.account?.address).toBe(ton.wallet(1001).address.toRawString());
    await reopened.disconnect();
  });

  test("the wallet's own disconnect reaches the site, and the site's the wallet", async () => {
    await connect(1002);
    const gone = new Promise<void>((resolve) => {
      site.connector.onStatusChange((wallet) => wallet === null && resolve());
    });
    const [session] = ton.engine.book.sessions(1002);
    const url = `${ton.origin}/control/wallets/1002/sessions/${session?.id}`;
    expect((await fetch(url, { method: "DELETE" })).status).toBe(200);
    await gone;
    await connect(1002);
    expect(ton.engine.book.sessions(1002).length).toBe(1);
    await site.connector.disconnect();
    while (ton.engine.book.sessions(1002).length > 0) await Bun.sleep(5);
  });
});

describe("sending a transaction", () => {
  test("the answer is the external message, and the chain does what the request said", async () => {
    const payload = beginCell().storeUint(0, 32).storeStringTail("order 7").endCell();
    for (const [person, count] of [
      [1001, 4],
      [1002, 6],
    ] as const) {
      await connect(person);
      const target = ton.wallet(1009).address.toRawString();
      const before = ton.chain.state.ledger.of(target).length;
      const messages = Array.from({ length: count }, () => ({
        address: friendly(1009),
        amount: toNano("0.5").toString(),
        payload: payload.toBoc().toString("base64"),
      }));
      const { answer, shown } = await request(person, { validUntil: soon(), network: "-3", messages });
      expect(answer.error).toBeUndefined();
      const sent = loadMessage(Cell.fromBase64(answer.boc ?? "").beginParse());
      expect(sent.info.type === "external-in" && sent.info.dest.equals(ton.wallet(person).address)).toBe(
        true,
      );
      await ton.mine();
      const received = ton.chain.state.ledger.of(target).slice(before);
      expect(received.map((tx) => tx.tx.inMessage?.body.equals(payload))).toEqual(Array(count).fill(true));
      expect(shown.enough).toBe(true);
      const own = ton.chain.state.ledger.of(ton.wallet(person).address.toRawString()).at(-1);
      expect(BigInt(shown.fee)).toBeGreaterThan(own?.tx.totalFees.coins ?? 0n);
      expect(BigInt(shown.fee)).toBeLessThan(toNano("0.01"));
      await site.connector.disconnect();
    }
  });

  test("the first transaction of a new wallet deploys it", async () => {
    await connect(1003);
    const { answer } = await request(1003, {
      validUntil: soon(),
      messages: [{ address: friendly(1001), amount: toNano("1").toString() }],
    });
    expect(answer.error).toBeUndefined();
    await ton.mine();
    const response = await fetch(`${ton.origin}/control/wallets/1003`);
    expect(await response.json()).toMatchObject({ deployed: true, version: "v5r1" });
    await site.connector.disconnect();
  });

  test("the person's no is error 300, too little money is told before and refused", async () => {
    await connect(1001);
    const message = { address: friendly(1002), amount: "1" };
    const declined = await request(1001, { validUntil: soon(), messages: [message] }, "reject");
    expect(declined.answer.error).toBeInstanceOf(UserRejectsError);
    const poor = await request(1001, {
      validUntil: soon(),
      messages: [{ address: friendly(1002), amount: toNano("999999").toString() }],
    });
    expect(poor.shown.enough).toBe(false);
    expect(poor.decided).toMatchObject({ status: 409, body: { code: 1, message: "Insufficient funds" } });
    expect(poor.answer.error?.message).toContain("Insufficient funds");
    await site.connector.disconnect();
  });

  test("a request that has run out while the person thought is refused", async () => {
    await connect(1002);
    const answer = site.connector
      .sendTransaction({ validUntil: soon(), messages: [{ address: friendly(1001), amount: "1" }] })
      .catch((error: Error) => error);
    const shown = await nextRequest(ton, 1002);
    ton.advance(600);
    expect((await decide(ton, 1002, shown.id, "approve")).body).toMatchObject({ code: 1 });
    expect(String(await answer)).toContain("expired");
    await site.connector.disconnect();
  });
});

describe("what wallets refuse without asking the person", () => {
  const refused = async (what: unknown) => {
    const sent = site.connector as unknown as {
      provider: { sendRequest(request: object): Promise<{ error?: { code: number; message: string } }> };
    };
    const params = [JSON.stringify(what)];
    return (await sent.provider.sendRequest({ method: "sendTransaction", params })).error;
  };

  test("wrong network, foreign account, raw address, old or odd times, bad cells, too many messages, structured items", async () => {
    await connect(1001);
    const message = { address: friendly(1002), amount: "1" };
    const good = { valid_until: soon(), messages: [message] };
    const cases: [object, number, string][] = [
      [{ ...good, network: "-239" }, 1, "Wrong network"],
      [{ ...good, from: ton.wallet(1002).address.toRawString() }, 1, "Wrong from"],
      [
        { ...good, messages: [{ ...message, address: ton.wallet(1002).address.toRawString() }] },
        1,
        "friendly",
      ],
      [{ ...good, messages: [{ ...message, address: `${friendly(1002).slice(0, -1)}!` }] }, 1, "friendly"],
      [{ ...good, valid_until: ton.now() - 1 }, 1, "expired"],
      [{ ...good, valid_until: soon() * 1000 }, 1, "valid_until"],
      [{ ...good, messages: [{ ...message, amount: 1 }] }, 1, "amount"],
      [{ ...good, messages: [{ ...message, amount: "-1" }] }, 1, "amount"],
      [{ ...good, messages: [{ ...message, payload: "AAAA" }] }, 1, "payload"],
      [{ ...good, messages: [{ ...message, stateInit: "AAAA" }] }, 1, "stateInit"],
      [{ ...good, messages: [] }, 1, "messages"],
      [{ ...good, messages: Array(5).fill(message) }, 1, "Too many"],
      [{ valid_until: soon(), items: [{ type: "ton" }] }, 400, "items"],
    ];
    for (const [what, code, words] of cases) {
      const error = await refused(what);
      expect({ code: error?.code, words, message: error?.message }).toEqual({
        code,
        words,
        message: expect.stringContaining(words),
      });
    }
    expect(ton.engine.book.pending(1001)).toEqual([]);
    await site.connector.disconnect();
  });

  test("an unknown method is error 400", async () => {
    await connect(1001);
    const provider = (
      site.connector as unknown as { provider: { sendRequest(request: object): Promise<object> } }
    ).provider;
    expect(await provider.sendRequest({ method: "signMessage", params: [] })).toMatchObject({
      error: { code: 400 },
    });
    await site.connector.disconnect();
  });
});

describe("signing data", () => {
  test("text, bytes and a cell come back with a signature over the specified digest", async () => {
    await connect(1001);
    const { address, keyPair } = ton.wallet(1001);
    const cell = beginCell().storeUint(5, 64).endCell().toBoc().toString("base64");
    const payloads = [
      { type: "text", text: "Deal 7: 97 % to the seller — да" },
      { type: "binary", bytes: Buffer.from([0, 1, 254]).toString("base64") },
      { type: "cell", schema: "message#00000005 id:uint64 = Message;", cell },
    ] as const;
    for (const payload of payloads) {
      const answer = site.connector.signData(payload);
      const shown = await nextRequest(ton, 1001);
      expect(shown.kind).toBe("signData");
      await decide(ton, 1001, shown.id, "approve");
      const signed = await answer;
      expect(signed.domain).toBe(site.domain);
      expect(signed.payload).toMatchObject(payload);
      const digest = dataDigest(address, { domain: signed.domain, timestamp: signed.timestamp, payload });
      expect(signVerify(digest, Buffer.from(signed.signature, "base64"), keyPair.publicKey)).toBe(true);
    }
    await site.connector.disconnect();
  });
});
