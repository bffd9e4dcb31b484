/** The real command with its real processes, on ports and in a home of its own. */
import { afterAll, expect, test } from "bun:test";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "../server/src/platform/postgres/pid-lock.ts";
import { ROOT } from "./home.ts";

const home = mkdtempSync(join(tmpdir(), "souk-start-"));
/** Below the range from which systems take ports for outgoing connections. */
const FIRST_PORT = 21_000 + (process.pid % 100) * 100;
const started: Bun.Subprocess[] = [];
afterAll(async () => {
  for (const one of started) one.kill("SIGTERM");
  await Promise.all(started.map((one) => one.exited));
  rmSync(home, { recursive: true, force: true });
});

type Start = { process: Bun.Subprocess; said: () => string };

function souk(): Start {
  const environment = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    SOUK_HOME: home,
    SOUK_PORT: String(FIRST_PORT),
    SOUK_EMPTY_WORLD: "1",
  };
  let text = "";
  const child = Bun.spawn([process.execPath, join(ROOT, "souk.ts"), "start"], {
    env: environment,
    cwd: home,
    stdout: "pipe",
    stderr: "pipe",
  });
  const hear = async (stream: ReadableStream<Uint8Array>): Promise<void> => {
    for await (const chunk of stream) text += Buffer.from(chunk).toString();
  };
  void hear(child.stdout);
  void hear(child.stderr);
  started.push(child);
  return { process: child, said: () => text };
}

async function until(isTrue: () => boolean | Promise<boolean>, start: Start, ms = 60_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await isTrue())) {
    if (performance.now() > end || start.process.exitCode !== null) {
      throw new Error(`It did not happen. The launcher (${start.process.exitCode}) said:\n${start.said()}`);
    }
    await Bun.sleep(25);
  }
}

const address = (start: Start): string | undefined =>
  /ready in [\d.]+ s:\s+(http:\/\/\S+)/.exec(start.said())?.[1];

async function ready(): Promise<Start & { url: string }> {
  const start = souk();
  await until(() => address(start) !== undefined, start, 120_000);
  return { ...start, url: address(start) ?? "" };
}

const children = (): number[] =>
  existsSync(join(home, "children.json"))
    ? (JSON.parse(readFileSync(join(home, "children.json"), "utf8")) as { pid: number }[]).map(
        ({ pid }) => pid,
      )
    : [];
const postgres = (): number =>
  Number(readFileSync(join(home, "postgres/data/postmaster.pid"), "utf8").split("\n")[0]);

test("one command gives the page, the product behind it, the chain and a deployed operator", async () => {
  const start = await ready();
  expect(start.url).toBe(`http://localhost:${FIRST_PORT}`);
  expect((await fetch(start.url)).status).toBe(200);
  expect(await (await fetch(`${start.url}/health`)).json()).toEqual({ status: "healthy" });
  await until(async () => (await fetch(`${start.url}/ready`)).status === 200, start);
  expect(start.said()).toContain("contract deployed and funded");
  expect(children()).toHaveLength(3);

  const second = souk();
  expect(await second.process.exited).toBe(0);
  expect(second.said()).toContain(`already running at ${start.url}`);
}, 150_000);

test("the clock moves everything together, and a new world has a new one", async () => {
  const url = `http://localhost:${FIRST_PORT}`;
  const ton = `http://localhost:${FIRST_PORT + 20}`;
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(response.status, path).toBe(200);
    return response.json();
  };
  const chainOffset = async (): Promise<number> => (await (await fetch(`${ton}/control/time`)).json()).offset;
  const productAhead = async (): Promise<number> => {
    const { now } = await (await fetch(`${url}/api/config`)).json();
    return Math.round((Date.parse(now) - Date.now()) / 1_000);
  };
  const before = await chainOffset();
  expect(Math.abs((await productAhead()) - before)).toBeLessThanOrEqual(2);
  await post("/host/clock", { advanceSeconds: 86_400 });
  expect(await chainOffset()).toBe(before + 86_400);
  const end = Date.now() + 5_000;
  while (Math.abs((await productAhead()) - before - 86_400) > 2 && Date.now() < end) await Bun.sleep(50);
  expect(Math.abs((await productAhead()) - before - 86_400)).toBeLessThanOrEqual(2);

  await post("/host/reset", {});
  expect(await chainOffset()).toBe(0);
  expect(Math.abs(await productAhead())).toBeLessThanOrEqual(2);
}, 60_000);

test("a signal stops everything within ten seconds and leaves no process", async () => {
  const [launcher] = started;
  const pids = [...children(), postgres()];
  expect(pids.every(isAlive)).toBe(true);
  const begun = performance.now();
  launcher?.kill("SIGTERM");
  expect(await launcher?.exited).toBe(0);
  expect(performance.now() - begun).toBeLessThan(10_000);
  expect(pids.filter(isAlive)).toEqual([]);
}, 30_000);

test("after kill -9 the next start takes over what was left, on the next port when the first is busy", async () => {
  const killed = await ready();
  const [database, left] = [postgres(), children()];
  killed.process.kill("SIGKILL");
  await killed.process.exited;
  expect(isAlive(database)).toBe(true);
  const end = Date.now() + 5_000;
  while (left.some(isAlive) && Date.now() < end) await Bun.sleep(20);

  const busy = createServer();
  await new Promise<void>((listening) => busy.listen(FIRST_PORT, "127.0.0.1", listening));
  const start = await ready();
  busy.close();
  expect(start.url).not.toBe(`http://localhost:${FIRST_PORT}`);
  expect(start.said()).toContain("was running still");
  expect(postgres()).toBe(database);
  expect((await fetch(`${start.url}/health`)).status).toBe(200);
  expect(left.filter(isAlive)).toEqual([]);

  // The product falls alone, and comes back alone.
  const product = children().filter((pid) => readCommand(pid).includes("server/src/main.ts"));
  expect(product).toHaveLength(1);
  process.kill(product[0] ?? 0, "SIGKILL");
  await until(() => start.said().includes("starting it again"), start);
  await until(async () => (await fetch(`${start.url}/health`).catch(() => undefined))?.status === 200, start);
  start.process.kill("SIGTERM");
  expect(await start.process.exited).toBe(0);
  expect([...children(), database].filter(isAlive)).toEqual([]);
}, 150_000);

function readCommand(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
