import { expect, test } from "bun:test";
import { setAuthorization } from "./api.ts";
import { backOff, startLive } from "./live.ts";

class FakeSocket {
  readonly url: string;
  sent: string[] = [];
  onopen: (() => void | Promise<void>) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor(url: string) {
    this.url = url;
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.onclose?.();
  }
  say(message: unknown) {
    this.onmessage?.({ data: typeof message === "string" ? message : JSON.stringify(message) });
  }
}

function start(stored: Record<string, string> = {}, isVisitor = false) {
  const sockets: FakeSocket[] = [];
  const storage = {
    getItem: (key: string) => stored[key] ?? null,
    setItem: (key: string, value: string) => {
      stored[key] = value;
    },
  };
  const connect = (url: string) => {
    const socket = new FakeSocket(url);
    sockets.push(socket);
    return socket as unknown as WebSocket;
  };
  return { live: startLive({ url: "ws://host/api/live", storage, connect, isVisitor }), sockets, stored };
}

const event = (seq: string) => ({
  type: "event",
  event: { seq, topic: "deal", id: "d1", at: "2026-11-20T12:00:00Z" },
});

test("the first message says who listens, and never the address", async () => {
  setAuthorization({ current: async () => "tma secret", renew: async () => false });
  const { live, sockets } = start();
  await sockets[0]?.onopen?.();
  expect(sockets[0]?.sent).toEqual(['{"authorization":"tma secret"}']);
  expect(sockets[0]?.url).not.toContain("secret");
  live.stop();
});

test("a reconnect asks for what came after the last event seen", async () => {
  const { live, sockets } = start();
  const seen: string[] = [];
  live.onEvent((one) => seen.push(one.seq));
  sockets[0]?.say({ type: "ready", seq: "4" });
  sockets[0]?.say(event("5"));
  sockets[0]?.say(event("6"));
  expect(live.status()).toBe("open");
  sockets[0]?.onclose?.();
  expect(live.status()).toBe("closed");
  await Bun.sleep(700);
  expect(sockets[1]?.url).toBe("ws://host/api/live?since=6");
  expect(seen).toEqual(["5", "6"]);
  live.stop();
});

test("the greeting of a resumed connection does not skip events that are still to come", () => {
  const { live, sockets, stored } = start({ "souk.live.seq": "6" });
  sockets[0]?.say({ type: "ready", seq: "9" });
  expect(stored["souk.live.seq"]).toBe("6");
  sockets[0]?.say(event("7"));
  expect(stored["souk.live.seq"]).toBe("7");
  live.stop();
});

test("a reset makes everything be asked for again, and the count goes on from it", () => {
  const { live, sockets, stored } = start({ "souk.live.seq": "6" });
  let resets = 0;
  live.onReset(() => resets++);
  sockets[0]?.say({ type: "reset", seq: "90" });
  expect(resets).toBe(1);
  expect(stored["souk.live.seq"]).toBe("90");
  live.stop();
});

test("noise on the line is ignored", () => {
  const { live, sockets } = start();
  sockets[0]?.say("{not json");
  sockets[0]?.say("null");
  sockets[0]?.say({ type: "surprise" });
  expect(live.status()).toBe("connecting");
  live.stop();
});

test("waiting grows with failures, is spread out, and has a ceiling", () => {
  expect(backOff(0, 0)).toBe(375);
  expect(backOff(3, 0.5)).toBe(5000);
  expect(backOff(50, 1)).toBe(25_000);
});

test("a visitor connects when there is a list to follow, says no name, and hears of it", async () => {
  const { live, sockets } = start({}, true);
  expect(sockets.length).toBe(0);
  const heard: unknown[] = [];
  const leave = live.onPublic("orders", (ids) => heard.push(ids));
  await sockets[0]?.onopen?.();
  expect(sockets[0]?.sent).toEqual(['{"subscribe":["orders"]}']);
  sockets[0]?.say({ type: "subscribed", topics: ["orders"] });
  expect(live.status()).toBe("open");
  sockets[0]?.say({ type: "public", topic: "orders", ids: ["o1", "o2"] });
  sockets[0]?.say({ type: "public", topic: "listings", ids: ["l1"] });
  expect(heard).toEqual([null, ["o1", "o2"]]);
  leave();
  expect(sockets[0]?.sent.at(-1)).toBe('{"unsubscribe":["orders"]}');
  sockets[0]?.say({ type: "public", topic: "orders", ids: ["o3"] });
  expect(heard.length).toBe(2);
  live.stop();
});

test("a list is followed once however many listen, again after a reconnect, and then read anew", async () => {
  const { live, sockets } = start();
  await sockets[0]?.onopen?.();
  const heard: unknown[] = [];
  live.onPublic("orders", (ids) => heard.push(ids));
  live.onPublic("orders", () => undefined);
  expect(sockets[0]?.sent.filter((text) => text.includes("subscribe")).length).toBe(1);
  sockets[0]?.onclose?.();
  await Bun.sleep(700);
  await sockets[1]?.onopen?.();
  expect(sockets[1]?.sent.at(-1)).toBe('{"subscribe":["orders"]}');
  sockets[1]?.say({ type: "subscribed", topics: ["orders"] });
  expect(heard).toEqual([null]);
  live.stop();
});

test("when news were missed everybody reads again, but not all at once", async () => {
  const { live, sockets } = start({}, true);
  const heard: unknown[] = [];
  live.onPublic("orders", (ids) => heard.push(ids));
  await sockets[0]?.onopen?.();
  sockets[0]?.say({ type: "public", topic: "orders", ids: [] });
  expect(heard).toEqual([]);
  await Bun.sleep(1_600);
  expect(heard).toEqual([null]);
  live.stop();
});
