/** What browsers meet: the host API, events, phones, the way to the product, `t.me` pages. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Server } from "bun";
import type { LocalTelegram } from "../index.ts";
import type { PersonState, World } from "../protocol.ts";
import { BUYER, SELLER, start, until } from "./support.ts";

let product: Server<undefined>;
let telegram: LocalTelegram;
const moved: number[] = [];

beforeAll(async () => {
  product = Bun.serve({
    port: 0,
    fetch: async (request, server) => {
      if (server.upgrade(request, { data: undefined })) return undefined;
      const { pathname, search } = new URL(request.url);
      const body = request.method === "POST" ? await request.text() : "";
      return Response.json(
        {
          pathname,
          search,
          body,
          host: request.headers.get("host"),
          authorization: request.headers.get("authorization"),
        },
        { status: pathname === "/api/missing" ? 404 : 200, headers: { "x-product": "yes" } },
      );
    },
    websocket: {
      message: (ws, message) => {
        ws.send(`echo ${message}`);
      },
    },
  });
  telegram = await start({
    productOrigin: `http://127.0.0.1:${product.port}`,
    controls: {
      advance: async (seconds) => {
        moved.push(seconds);
        telegram.advance(seconds);
      },
      nextDeadline: async () => telegram.now() + 500,
    },
  });
});
afterAll(async () => {
  await telegram.stop();
  await product.stop(true);
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${telegram.origin}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

describe("the way to the product", () => {
  test("passes the API's requests on, with their status, headers and body", async () => {
    const answer = await post("/api/deals?x=1", { a: 1 }, { authorization: "tma x" });
    expect(answer.headers.get("x-product")).toBe("yes");
    expect(await answer.json()).toMatchObject({
      pathname: "/api/deals",
      search: "?x=1",
      body: '{"a":1}',
      authorization: "tma x",
    });
    expect((await fetch(`${telegram.origin}/api/missing`)).status).toBe(404);
    expect((await fetch(`${telegram.origin}/health`)).status).toBe(200);
  });

  test("carries a WebSocket in both directions", async () => {
    const ws = new WebSocket(`${telegram.origin.replace("http", "ws")}/api/live`);
    const got: unknown[] = [];
    ws.addEventListener("message", (event) => got.push(event.data));
    ws.addEventListener("open", () => ws.send("hi"));
    await until("the echo", () => (got.length > 0 ? true : undefined));
    expect(got).toEqual(["echo hi"]);
    ws.close();
  });

  test("a phone's own port reaches the same server under the phone's own name", async () => {
    const phone = telegram.phoneOrigins[1] ?? "";
    const answer = (await (await fetch(`${phone}/api/x`)).json()) as { host: string };
    expect(`http://${answer.host}`).toBe(phone);
    expect(new Set(telegram.phoneOrigins).size).toBe(3);
  });

  test("a product that does not run is said plainly", async () => {
    const lonely = await start();
    expect((await fetch(`${lonely.origin}/ready`)).status).toBe(502);
    await lonely.stop();
  });
});

describe("the host API", () => {
  test("answers actions, and refusals with Telegram's code", async () => {
    const good = await post("/host/act", { person: SELLER, action: { type: "createChannel", title: "New" } });
    expect(await good.json()).toMatchObject({ ok: true, result: { type: "channel" } });
    const bad = await post("/host/act", { person: BUYER, action: { type: "createChannel", title: " " } });
    expect(bad.status).toBe(400);
    expect(await bad.json()).toMatchObject({ ok: false, code: "CHAT_TITLE_EMPTY" });
  });

  test.each([
    [{ person: SELLER, action: { type: "fly" } }],
    [{ person: SELLER, action: { type: "sendText", chatId: "1", text: "x" } }],
    [{ person: SELLER, action: { type: "openApp", extra: 1 } }],
    [{ person: 1, action: { type: "blockBot" } }],
    [null],
  ])("refuses what is no action: %j", async (body) => {
    expect((await post("/host/act", body)).status).toBe(400);
  });

  test("does nothing for other origins, the Mini App's among them", async () => {
    const origin = telegram.phoneOrigins[0] ?? "";
    const answer = await post("/host/act", { person: SELLER, action: { type: "blockBot" } }, { origin });
    expect(answer.status).toBe(403);
    expect(telegram.state(SELLER).me.botBlocked).toBe(false);
    expect(
      (await post("/host/act", { person: SELLER, action: { type: "openApp" } }, { origin: telegram.origin }))
        .status,
    ).toBe(200);
  });

  test("events bring the whole state at once and again after a change", async () => {
    const gone = new AbortController();
    const answer = await fetch(`${telegram.origin}/host/events?person=${BUYER}`, { signal: gone.signal });
    const states: PersonState[] = [];
    const worlds: World[] = [];
    const reading = (async () => {
      let text = "";
      for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
        text += new TextDecoder().decode(chunk);
        const events = text.split("\n\n");
        text = events.pop() ?? "";
        for (const event of events) {
          const data = /^data: (.*)$/m.exec(event)?.[1];
          if (data && event.startsWith("event: state")) states.push(JSON.parse(data) as PersonState);
          if (data && event.startsWith("event: world")) worlds.push(JSON.parse(data) as World);
        }
      }
    })().catch(() => undefined);
    await until("the first state", () => (states.length > 0 && worlds.length > 0 ? true : undefined));
    await telegram.act(SELLER, { type: "sendText", chatId: BUYER, text: "hello" });
    const state = await until("the message", () =>
      states.find(({ chats }) => chats.some(({ id }) => id === SELLER)),
    );
    expect(state.chats.find(({ id }) => id === SELLER)).toMatchObject({
      unread: 1,
      messages: [{ text: "hello" }],
    });
    gone.abort();
    await reading;
  });

  test("one stream serves several people, and a foreign name for this machine may do nothing", async () => {
    const gone = new AbortController();
    const answer = await fetch(`${telegram.origin}/host/events?person=${SELLER}&person=${BUYER}`, {
      signal: gone.signal,
    });
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    let text = "";
    await until("both states", async () => {
      text += new TextDecoder().decode((await reader.read()).value);
      return [...text.matchAll(/^event: state$/gm)].length === 2 ? true : undefined;
    });
    expect([...text.matchAll(/"me":\{"id":(\d+)/g)].map(([, id]) => Number(id))).toEqual([SELLER, BUYER]);
    gone.abort();
    const host = `evil.example:${new URL(telegram.origin).port}`;
    const headers = { host, origin: `http://${host}` };
    expect((await post("/host/act", { person: SELLER, action: { type: "blockBot" } }, headers)).status).toBe(
      403,
    );
    expect((await fetch(`${telegram.origin}/host/events?person=1`)).status).toBe(404);
  });

  test("the clock is moved by who started the world, forward only, and to the next deadline", async () => {
    moved.length = 0;
    expect(await (await post("/host/clock", { advanceSeconds: 3600 })).json()).toMatchObject({
      ok: true,
      clock: { offset: 3600 },
    });
    expect((await post("/host/clock", { advanceSeconds: -5 })).status).toBe(409);
    expect((await post("/host/clock", { toNextDeadline: true })).status).toBe(200);
    expect(moved).toEqual([3600, 501]);
    expect((await post("/control/clock", { offsetSeconds: 10 })).status).toBe(409);
  });
});

describe("t.me", () => {
  const page = async (path: string) => (await fetch(`${telegram.linkBase}${path}`)).text();

  test("shows a post in the markup of Telegram's widget, and says when it is gone", async () => {
    const channel = telegram.world().channels.find(({ username }) => username === "morning_roast");
    if (!channel) throw new Error("no such channel");
    const posted = await telegram.act(SELLER, {
      type: "post",
      channelId: channel.id,
      text: "<script> & https://x.org",
    });
    if (posted.type !== "post") throw new Error(posted.type);
    const shown = await page(`/morning_roast/${posted.messageId}?embed=1&mode=tme`);
    expect(shown).toContain(`data-post="morning_roast/${posted.messageId}"`);
    expect(shown).toContain('&lt;script&gt; &amp; <a href="https://x.org" rel="noopener">https://x.org</a>');
    expect(shown).toMatch(/<span class="tgme_widget_message_views">\d/);
    expect(shown).toMatch(/<time datetime="\d{4}-\d\d-\d\dT[\d:]+\+00:00"/);
    await telegram.act(SELLER, { type: "deletePost", channelId: channel.id, messageId: posted.messageId });
    const gone = await page(`/morning_roast/${posted.messageId}?embed=1&mode=tme`);
    expect(gone).toContain('<div class="tgme_widget_message_error">Post not found</div>');
  });

  test("has a page for a channel, its preview, and the bot", async () => {
    expect(await page("/morning_roast")).toContain("subscribers");
    expect(await page("/s/morning_roast")).toContain("tgme_channel_info_counter");
    expect(await page("/souk_local_bot/app?startapp=o_1")).toContain("?open=");
  });
});
