import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { beginCell, storeStateInit, toNano } from "@ton/core";
import { Escrow, fundBody, requiredFunding } from "../../../chain/wrappers/escrow.ts";
import { type LocalTon, startLocalTon } from "../index.ts";
import { approveLink, nextRequest, openSite } from "./site.ts";

// Generous, for a machine that has other things to do as well.
setDefaultTimeout(60_000);

let ton: LocalTon;

beforeAll(async () => {
  ton = await startLocalTon({ blockMs: 0 });
});
afterAll(() => ton.stop());

async function page(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${ton.origin}${path}`, { headers });
  return { status: response.status, text: await response.text() };
}

function deal() {
  const now = ton.now();
  return Escrow.fromTerms({
    dealId: 0x0123456789abcdef0123456789abcdefn,
    termsHash: 5n,
    buyer: ton.wallet(1002).address,
    seller: ton.wallet(1001).address,
    platform: ton.wallet(1004).address,
    arbiter: ton.wallet(1003).address,
    feeTo: ton.wallet(1005).address,
    price: toNano("150"),
    feeBps: 300,
    payBy: now + 3600,
    deliverBy: now + 86_400,
    holdSeconds: 86_400,
    challengeSeconds: 86_400,
    arbiterSeconds: 1_814_400,
    fallbackFundedBps: 0,
    fallbackDeliveredBps: 10_000,
  });
}

describe("the explorer", () => {
  test("it tells an escrow's state and what its messages mean, in the reader's language", async () => {
    const escrow = deal();
    const { normalized } = await ton.transfer({
      from: 1002,
      to: escrow.address,
      amount: requiredFunding(toNano("150")),
      body: fundBody(),
      ...(escrow.init?.code && escrow.init.data
        ? { stateInit: { code: escrow.init.code, data: escrow.init.data } }
        : {}),
    });
    expect((await page(`/explorer/tx/${normalized}`)).text).toContain("Waiting for a block");
    await ton.mine();

    const account = await page(`/explorer/address/${escrow.address}?lang=en`);
    expect(account.status).toBe(200);
    for (const words of [
      "Escrow contract",
      "Money locked",
      "01234567-89ab-cdef-0123-456789abcdef",
      "150 GRAM",
      "Алина",
    ]) {
      expect(account.text).toContain(words);
    }
    expect((await page(`/explorer/address/${escrow.address}?lang=ru`)).text).toContain("Деньги заперты");

    const [tx] = ton.chain.state.ledger.of(escrow.address.toRawString());
    for (const name of [
      tx?.hash ?? "",
      normalized,
      encodeURIComponent(Buffer.from(tx?.hash ?? "", "hex").toString("base64")),
    ]) {
      const shown = await page(`/explorer/tx/${name}`, { "accept-language": "ru" });
      expect(shown.text).toContain("Платит в эскроу");
      expect(shown.text).toContain("окончательно");
    }
  });

  test("every link on its pages leads somewhere", async () => {
    const seen = new Set<string>();
    const queue = ["/explorer?theme=dark&lang=ru"];
    for (let path = queue.shift(); path !== undefined && seen.size < 60; path = queue.shift()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const { status, text } = await page(path);
      expect({ path, status }).toEqual({ path, status: 200 });
      for (const [, href] of text.matchAll(/href="([^"]+)"/g))
        queue.push((href ?? "").replaceAll("&amp;", "&"));
    }
    expect(seen.size).toBeGreaterThan(10);
  });

  test("text from the chain is shown as text", async () => {
    await ton.transfer({
      from: 1005,
      to: ton.wallet(1008).address,
      amount: 1n,
      body: "<script>alert(1)</script>",
      bounce: false,
    });
    await ton.mine();
    const { text } = await page(`/explorer/tx/${ton.chain.state.ledger.last()?.hash}`);
    expect(text).toContain("&lt;script&gt;alert(1)");
    expect(text).not.toContain("<script>");
  });

  test("it takes the paths of public explorers, which is how the product names things", async () => {
    const tx = ton.chain.state.ledger.last();
    const address = ton.wallet(1001).address.toString();
    const same = [
      [`transaction/${tx?.hash}`, `tx/${tx?.hash}`],
      [address, `address/${address}`],
    ] as const;
    for (const [publicly, here] of same) {
      const answer = await page(`/explorer/${publicly}`);
      expect(answer.status).toBe(200);
      expect(answer.text).toBe((await page(`/explorer/${here}`)).text);
    }
  });

  test("what is not there is a page too, with 404", async () => {
    for (const name of ["tx/nonsense", `tx/${"0".repeat(64)}`, "address/EQnonsense"]) {
      const { status, text } = await page(`/explorer/${name}`);
      expect(status).toBe(404);
      expect(text).toContain("Not found");
    }
  });
});

describe("the wallet's page", () => {
  test("it is served whole from here, and asks nobody else", async () => {
    const { status, text } = await page("/wallet?person=1002");
    expect(status).toBe(200);
    for (const [, path] of text.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect(path).toStartWith("/wallet/");
      expect((await page(path ?? "")).status).toBe(200);
    }
    expect((await page("/wallet/app.js")).text).not.toMatch(/https:\/\//);
  });

  test("a request tells who is paid, the sum, the fee, and what comes with the payment", async () => {
    const site = await openSite(ton);
    const connected = new Promise((resolve) => site.connector.onStatusChange(resolve));
    await approveLink(ton, 1002, await site.link());
    await connected;
    const escrow = deal();
    const init = escrow.init;
    if (init === undefined) throw new Error("an escrow has a state");
    const answer = site.connector
      .sendTransaction({
        validUntil: ton.now() + 300,
        messages: [
          {
            address: escrow.address.toString(),
            amount: requiredFunding(toNano("150")).toString(),
            payload: fundBody().toBoc().toString("base64"),
            stateInit: beginCell().store(storeStateInit(init)).endCell().toBoc().toString("base64"),
          },
        ],
      })
      .catch(() => "declined");
    const request = await nextRequest(ton, 1002);
    expect(request).toMatchObject({
      kind: "transaction",
      amount: requiredFunding(toNano("150")).toString(),
      enough: true,
      succeeds: true,
      expired: false,
      messages: [{ contract: "escrow", hasPayload: true, hasStateInit: true, name: null }],
    });
    ton.engine.reject(1002, request.id);
    expect(await answer).toBe("declined");
    await site.connector.disconnect();
    await site.stop();
  });
});
