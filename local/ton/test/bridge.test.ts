import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { Base64, hexToByteArray, SessionCrypto } from "@tonconnect/protocol";
import { type LocalTon, startLocalTon } from "../index.ts";

// Generous, for a machine that has other things to do as well.
setDefaultTimeout(60_000);

let ton: LocalTon;

beforeAll(async () => {
  ton = await startLocalTon({ blockMs: 0 });
});
afterAll(() => ton.stop());

const [anna, bob] = ["a1".repeat(32), "b0".repeat(32)];

const post = (query: Record<string, string>, body: string) =>
  fetch(`${ton.bridgeUrl}/message?${new URLSearchParams(query)}`, { method: "POST", body });

/** Reads the stream until `count` messages came. */
async function read(query: string, count: number): Promise<{ id: string; from: string; message: string }[]> {
  const stop = new AbortController();
  const response = await fetch(`${ton.bridgeUrl}/events?${query}`, { signal: stop.signal });
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const mails: { id: string; from: string; message: string }[] = [];
  for (let text = ""; mails.length < count; ) {
    const chunk = await reader?.read();
    text += chunk?.value ?? "";
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const match = /^event: message\nid: (\d+)\ndata: (.*)$/.exec(block);
      if (match !== null) mails.push({ id: match[1] ?? "", ...JSON.parse(match[2] ?? "{}") });
    }
  }
  stop.abort();
  return mails;
}

describe("the bridge", () => {
  test("it keeps messages for who is away, in order, and gives again only what came after the last seen", async () => {
    for (const message of ["b25l", "dHdv", "dGhyZWU="]) {
      const answer = await post({ client_id: anna, to: bob, ttl: "300", topic: "sendTransaction" }, message);
      expect(await answer.json()).toEqual({ message: "OK", statusCode: 200 });
    }
    const all = await read(`client_id=${bob}`, 3);
    expect(all.map((mail) => [mail.from, mail.message])).toEqual([
      [anna, "b25l"],
      [anna, "dHdv"],
      [anna, "dGhyZWU="],
    ]);
    const later = await read(`client_id=${bob}&last_event_id=${all[1]?.id}`, 1);
    expect(later.map((mail) => mail.message)).toEqual(["dGhyZWU="]);
  });

  test("a message dies with its time to live", async () => {
    const carl = "c4".repeat(32);
    await post({ client_id: anna, to: carl, ttl: "1" }, "b2xk");
    await Bun.sleep(1_050);
    await post({ client_id: anna, to: carl, ttl: "300" }, "bmV3");
    expect((await read(`client_id=${carl}`, 1)).map((mail) => mail.message)).toEqual(["bmV3"]);
  });

  test("wrong parameters are refused with 400", async () => {
    const good = { client_id: anna, to: bob, ttl: "300" };
    for (const bad of [{ client_id: "me" }, { to: "" }, { ttl: "0" }, { ttl: "301" }, { ttl: "soon" }]) {
      expect((await post({ ...good, ...bad }, "b25l")).status).toBe(400);
    }
    expect((await post(good, "{not base64}")).status).toBe(400);
    expect((await fetch(`${ton.bridgeUrl}/events`)).status).toBe(400);
    expect((await fetch(`${ton.bridgeUrl}/events?client_id=${bob}&last_event_id=x`)).status).toBe(400);
    expect((await fetch(`${ton.bridgeUrl}/message`)).status).toBe(405);
  });
});

describe("links into the wallet", () => {
  const crypto = new SessionCrypto();
  const link = (request: object, more: Record<string, string> = {}) =>
    `tc://?${new URLSearchParams({ v: "2", id: crypto.sessionId, r: JSON.stringify(request), ...more })}`;
  const open = async (text: string) => {
    const response = await fetch(`${ton.origin}/control/wallets/1001/open`, {
      method: "POST",
      body: JSON.stringify({ link: text }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const told = async () => {
    const mails = await read(`client_id=${crypto.sessionId}`, 1);
    const last = mails[0];
    return JSON.parse(
      crypto.decrypt(Base64.decode(last?.message ?? "").toUint8Array(), hexToByteArray(last?.from ?? "")),
    );
  };

  test("a manifest that cannot be fetched is error 2, and the person is not asked", async () => {
    const request = { manifestUrl: `${ton.origin}/no-such-manifest.json`, items: [{ name: "ton_addr" }] };
    expect(await open(link(request))).toEqual({ status: 400, body: { error: "Manifest not found" } });
    expect(await told()).toMatchObject({ event: "connect_error", payload: { code: 2 } });
    expect(ton.engine.book.pending(1001)).toEqual([]);
  });

  test("a manifest without an icon is error 3", async () => {
    const other = new SessionCrypto();
    const server = Bun.serve({ port: 0, fetch: () => Response.json({ url: "http://localhost", name: "X" }) });
    const request = { manifestUrl: `http://localhost:${server.port}/m.json`, items: [{ name: "ton_addr" }] };
    const answer = await open(link(request, { id: other.sessionId }));
    expect(answer.body.error).toBe("Manifest content error");
    const [mail] = await read(`client_id=${other.sessionId}`, 1);
    const text = other.decrypt(
      Base64.decode(mail?.message ?? "").toUint8Array(),
      hexToByteArray(mail?.from ?? ""),
    );
    expect(JSON.parse(text)).toMatchObject({ event: "connect_error", payload: { code: 3 } });
    await server.stop(true);
  });

  test("a link without a request only opens the wallet, a broken one is refused", async () => {
    expect(await open("tonconnect-ret__back")).toEqual({ status: 200, body: { request: null } });
    expect(await open("https://t.me/souk_local_wallet_bot/start")).toEqual({
      status: 200,
      body: { request: null },
    });
    const request = { manifestUrl: "http://localhost/m.json", items: [{ name: "ton_addr" }] };
    for (const broken of [
      link(request, { v: "1" }),
      link(request, { id: "xyz" }),
      link({}),
      link(request, { r: "{" }),
    ]) {
      expect((await open(broken)).status).toBe(400);
    }
  });
});

describe("paying by hand", () => {
  const send = async (person: number, body: object) => {
    const response = await fetch(`${ton.origin}/control/wallets/${person}/send`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };

  test("anybody can pay anybody, with a comment, and is answered with the message's hashes", async () => {
    const target = `0:${"31".repeat(32)}`;
    const answer = await send(1005, { to: target, amount: "1500000000", comment: "late", bounce: false });
    expect(answer.status).toBe(202);
    await ton.mine();
    const [tx] = ton.chain.state.ledger.of(target);
    expect(tx?.balance).toBe(1_500_000_000n);
    expect(tx?.root).toBe(answer.body.hash ?? "");
  });

  test("nonsense is refused", async () => {
    expect((await send(1005, { to: "me", amount: "1" })).status).toBe(400);
    expect((await send(1005, { to: `0:${"31".repeat(32)}`, amount: "1.5" })).status).toBe(400);
    expect((await send(4242, {})).status).toBe(404);
  });
});
