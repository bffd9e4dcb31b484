/** What is kept survives `kill -9` at any moment. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Store } from "../world/store.ts";
import { BUYER, ownChannel, SELLER, start, TOKEN, until } from "./support.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "local-telegram-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const journal = (): string =>
  join(dir, readdirSync(dir).find((name) => name.startsWith("journal-")) ?? "none");

describe("the store", () => {
  test("gives back after a crash what was committed, without a clean end", () => {
    const store = new Store(dir);
    store.transact(() => {
      store.put("counter", "a", 1);
      store.put("counter", "b", 2);
    });
    store.delete("counter", "a");
    const again = new Store(dir);
    expect([again.get("counter", "a"), again.get("counter", "b")]).toEqual([undefined, 2]);
    expect(again.version).toBe(store.version);
  });

  test("drops a line that was torn in two, keeps those before, and goes on", () => {
    const store = new Store(dir);
    store.put("counter", "a", 1);
    appendFileSync(journal(), '{"version":2,"changes":[["counter","a",2');
    const again = new Store(dir);
    expect(again.get("counter", "a")).toBe(1);
    again.put("counter", "a", 3);
    expect(new Store(dir).get("counter", "a")).toBe(3);
  });

  test("is the same after folding the journal, and an old journal that was left behind is not read again", () => {
    const store = new Store(dir);
    store.put("counter", "a", 1);
    const old = { path: journal(), text: readFileSync(journal(), "utf8") };
    store.close();
    appendFileSync(old.path, old.text.replace('"a",1', '"a",99'));
    const again = new Store(dir);
    expect(again.get("counter", "a")).toBe(1);
  });

  test("a transaction that was refused half-way through its checks keeps nothing", () => {
    const store = new Store(dir);
    expect(() =>
      store.transact(() => {
        throw new Error("refused");
      }),
    ).toThrow("refused");
    expect(store.version).toBe(0);
  });
});

test("a process that is killed comes back with its chats, channels, clock and pending updates", async () => {
  const config = {
    botToken: TOKEN,
    botUsername: "souk_local_bot",
    productOrigin: "http://127.0.0.1:9",
    dataDir: dir,
  };
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "../main.ts")], {
    env: {
      ...process.env,
      LOCAL_TELEGRAM_CONFIG: JSON.stringify({ ...config, port: 0, phonePorts: [0, 0, 0] }),
    },
    stdout: "pipe",
    stderr: "inherit",
  });
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  const { origin, ready } = JSON.parse(new TextDecoder().decode(value)) as { origin: string; ready: boolean };
  expect(ready).toBe(true);
  const post = (path: string, body: unknown) =>
    fetch(`${origin}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  expect(
    (await post("/host/act", { person: SELLER, action: { type: "startBot", payload: "kept" } })).status,
  ).toBe(200);
  expect((await post("/control/clock", { offsetSeconds: 3600 })).status).toBe(200);
  child.kill("SIGKILL");
  await child.exited;

  const telegram = await start({ dataDir: dir });
  const chat = telegram.state(SELLER).chats.find(({ kind }) => kind === "bot");
  expect(chat?.messages.map(({ text }) => text)).toEqual(["/start kept"]);
  expect(telegram.now() - Math.floor(Date.now() / 1000)).toBeGreaterThanOrEqual(3599);
  const updates = await fetch(`${telegram.apiRoot}/bot${TOKEN}/getUpdates`).then((answer) => answer.json());
  expect(updates).toMatchObject({ ok: true, result: [{ message: { text: "/start kept" } }] });
  await telegram.stop();
}, 20_000);

test("a world may begin in the past, also when it is made anew, and is then lived forward", async () => {
  const telegram = await start({ beginsAgoSeconds: 86_400 });
  expect(telegram.world().clock.offset).toBe(-86_400);
  telegram.setClockOffset(0);
  expect(() => telegram.setClockOffset(-1)).toThrow("forward only");
  telegram.reset();
  expect(telegram.world().clock.offset).toBe(-86_400);
  await telegram.stop();
});

test("a reset makes the world as it began, also when its directory was removed meanwhile", async () => {
  const telegram = await start({ dataDir: dir });
  const channelId = ownChannel(telegram, SELLER);
  await telegram.act(SELLER, { type: "transferChannel", channelId, toPerson: BUYER });
  telegram.advance(86_400);
  rmSync(dir, { recursive: true, force: true });
  telegram.reset();
  expect(ownChannel(telegram, SELLER)).toBe(channelId);
  expect(telegram.world().clock.offset).toBe(0);
  await until("the new world on disk", () => (readdirSync(dir).includes("snapshot.json") ? true : undefined));
  await telegram.stop();
});
