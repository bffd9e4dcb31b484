/** A new world as its visitor finds it, and the story that is played in it: the real command, real processes, real time travel. */
import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Person } from "../local/demo/person.ts";
import { playStory } from "../local/demo/story.ts";
import type { PlayEvent } from "../local/demo/story-parts.ts";
import { ROOT } from "./home.ts";

const home = mkdtempSync(join(tmpdir(), "souk-market-"));
const FIRST_PORT = 31_000 + (process.pid % 10) * 100;
const souk = Bun.spawn([process.execPath, join(ROOT, "souk.ts"), "start"], {
  env: { PATH: process.env.PATH, HOME: process.env.HOME, SOUK_HOME: home, SOUK_PORT: String(FIRST_PORT) },
  cwd: home,
  stdout: "pipe",
  stderr: "inherit",
});
afterAll(async () => {
  souk.kill("SIGTERM");
  await souk.exited;
  rmSync(home, { recursive: true, force: true });
});

let said = "";
const isReady = (async () => {
  for await (const chunk of souk.stdout) {
    said += Buffer.from(chunk).toString();
    if (said.includes("Souk is ready")) return;
  }
  throw new Error(`The launcher ended. It said:\n${said}`);
})();

const portOf = (name: string): string => new RegExp(`${name} +(http://localhost:\\d+)`).exec(said)?.[1] ?? "";
const origins = () => ({
  telegram: portOf("local telegram"),
  product: portOf("product"),
  ton: portOf("local chain"),
});
const world = async () => (await fetch(`${origins().telegram}/host/world`)).json();

test("a new world has a market, deals of the past, one dispute for the arbiter, and the time of this machine", async () => {
  await isReady;
  const response = await fetch(`${origins().product}/api/listings?limit=50`);
  const { items } = (await response.json()) as { items: { channel: { photoUrl: string | null } }[] };
  expect(items.length).toBeGreaterThanOrEqual(20);
  expect(items.filter(({ channel }) => channel.photoUrl === null)).toEqual([]);

  const clara = new Person(1003, origins());
  const cases = await clara.get<{ items: { status: string }[] }>("/api/admin/deals");
  expect(cases.items.map(({ status }) => status).sort()).toEqual(["DISPUTED", "RELEASED"]);

  const [alina, boris] = [new Person(1001, origins()), new Person(1002, origins())];
  const earned = await alina.get<{ totals: { placements: number; openOffers: number } }>(
    "/api/dashboards/publisher",
  );
  expect(earned.totals).toMatchObject({ placements: 1, openOffers: 1 });
  const offers = await boris.get<{ items: { turn: string }[] }>("/api/offers?role=advertiser&status=open");
  expect(offers.items.map(({ turn }) => turn)).toEqual(["advertiser"]);
  const cards = await boris.get<{ items: { rating: { count: number } }[] }>("/api/channels?sort=rating");
  expect(cards.items.filter(({ rating }) => rating.count > 0).length).toBe(3);

  const { clock, filling, whatToTry } = await world();
  expect(clock.offset).toBe(0);
  expect(filling).toBeNull();
  expect(whatToTry.filter((step: { done: boolean }) => step.done)).toEqual([]);
}, 240_000);

test("the story plays from the bot to the payout", async () => {
  await isReady;
  const events: PlayEvent[] = [];
  await playStory({
    origins: origins(),
    advance: async (seconds) => {
      await fetch(`${origins().telegram}/host/clock`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ advanceSeconds: seconds }),
      });
    },
    signal: AbortSignal.timeout(200_000),
    onEvent: (event) => events.push(event),
    readingMs: () => 0,
  });
  expect(events.at(-1)).toEqual({ type: "done" });
  const boris = new Person(1002, origins());
  const { items } = await boris.get<{ items: { status: string }[] }>("/api/deals");
  expect(items.map(({ status }) => status)).toEqual(["RELEASED"]);
}, 240_000);
