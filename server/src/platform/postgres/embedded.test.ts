import { afterAll, expect, test } from "bun:test";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded.ts";
import { isAlive } from "./pid-lock.ts";

const home = mkdtempSync(join(tmpdir(), "souk-embedded-"));
afterAll(async () => {
  await (await start()).stop();
  rmSync(home, { recursive: true, force: true });
});

const start = (port?: number): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ home, unsafeForTests: true, ...(port === undefined ? {} : { port }) });

async function query<T>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

function serverPid(): number {
  return Number(readFileSync(join(home, "postgres/data/postmaster.pid"), "utf8").split("\n")[0]);
}

test("two starts at once share one server, and what was written stays over a stop", async () => {
  const [one, other] = await Promise.all([start(), start()]);
  expect(other.port).toBe(one.port);
  expect([one.adopted, other.adopted].sort()).toEqual([false, true]);
  await query(one.ownerUrl, "create table kept as select 42 as answer");
  const pid = serverPid();
  await one.stop();
  expect(isAlive(pid)).toBe(false);
  await expect(query(one.ownerUrl, "select 1")).rejects.toThrow();

  const again = await start();
  expect(again.adopted).toBe(false);
  expect(await query<{ answer: number }>(again.ownerUrl, "select answer from kept")).toEqual([
    { answer: 42 },
  ]);
});

test("a server whose parent was killed is adopted, with the same passwords, and can be stopped", async () => {
  await (await start()).stop();
  const child = spawn(
    process.execPath,
    [
      "-e",
      `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(join(import.meta.dir, "embedded.ts"))});
    await startEmbeddedPostgres({ home: ${JSON.stringify(home)}, unsafeForTests: true });
    console.log("up");
    setInterval(() => {}, 1000);
  `,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await new Promise((up) => child.stdout.once("data", up));
  const pid = serverPid();
  const gone = new Promise((done) => child.once("exit", done));
  child.kill("SIGKILL");
  await gone;
  expect(isAlive(pid)).toBe(true);

  const server = await start();
  expect(server.adopted).toBe(true);
  expect(serverPid()).toBe(pid);
  await query(server.appUrl, "select 1");
  await server.stop();
  expect(isAlive(pid)).toBe(false);
});

test("a server that was itself killed is started again over its stale pid file", async () => {
  const before = await start();
  const pid = serverPid();
  process.kill(pid, "SIGKILL");
  while (isAlive(pid)) await Bun.sleep(10);
  expect(existsSync(join(home, "postgres/data/postmaster.pid"))).toBe(true);
  const server = await start();
  expect(server.adopted).toBe(false);
  expect(server.adminUrl.split("@")[0]).toBe(before.adminUrl.split("@")[0] ?? "");
  await query(server.ownerUrl, "select 1");
});

test("a pid file that names a living stranger does not prevent the start, and the stranger is left alone", async () => {
  await (await start()).stop();
  const stranger = spawn("sleep", ["60"], { stdio: "ignore" });
  try {
    const lines = [stranger.pid, join(home, "postgres/data"), 1, 5432, "", "127.0.0.1", "", "ready", ""];
    writeFileSync(join(home, "postgres/data/postmaster.pid"), lines.join("\n"));
    const server = await start();
    expect(server.adopted).toBe(false);
    await query(server.ownerUrl, "select 1");
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
  } finally {
    stranger.kill("SIGKILL");
  }
});

test("a busy port takes the next one", async () => {
  await (await start()).stop();
  const busy = createServer();
  const port = await new Promise<number>((listening) => {
    busy.listen(0, "127.0.0.1", () => listening((busy.address() as { port: number }).port));
  });
  const server = await start(port);
  expect(server.port).toBeGreaterThan(port);
  await query(server.appUrl, "select 1");
  busy.close();
});

test("passwords are for the owner of the files only, and a wrong one does not get in", async () => {
  const server = await start();
  expect(statSync(join(home, "postgres/passwords.json")).mode & 0o777).toBe(0o600);
  expect(statSync(join(home, "postgres")).mode & 0o777).toBe(0o700);
  const wrong = new URL(server.appUrl);
  wrong.password = "guess";
  await expect(query(wrong.toString(), "select 1")).rejects.toThrow(/password authentication failed/);
});

test("the application's role owns nothing and may create nothing", async () => {
  const { appUrl } = await start();
  await expect(query(appUrl, "create table public.mine (id int)")).rejects.toThrow(/permission denied/);
  await expect(query(appUrl, "create schema mine")).rejects.toThrow(/permission denied/);
  await expect(query(appUrl, "create role mine")).rejects.toThrow(/permission denied/);
  await expect(query(appUrl, "set role souk_owner")).rejects.toThrow(/permission denied/);
});

test("a recreated database is empty, although somebody was connected to the old one", async () => {
  const server = await start();
  await query(server.ownerUrl, "create table old_world (id int)");
  const idle = new Client({ connectionString: server.appUrl });
  idle.on("error", () => undefined);
  await idle.connect();
  await server.recreateDatabase();
  await idle.end().catch(() => undefined);
  expect(await query(server.ownerUrl, "select to_regclass('old_world') as found")).toEqual([{ found: null }]);
  await query(server.appUrl, "select 1");
});

test("text search understands Russian: case, stems and trigrams", async () => {
  const { adminUrl, ownerUrl } = await start();
  await query(ownerUrl, "create extension if not exists pg_trgm");
  const rows = await query(
    ownerUrl,
    `select lower('КАНАЛ') = 'канал' as folded, 'Продам КАНАЛ' ilike '%канал%' as found,
            to_tsvector('russian', 'Продажи') @@ to_tsquery('russian', 'продажа') as stemmed,
            similarity('Канал', 'каналы') > 0.5 as similar`,
  );
  expect(rows).toEqual([{ folded: true, found: true, stemmed: true, similar: true }]);
  expect(await query(adminUrl, "show server_version_num")).toEqual([
    { server_version_num: expect.stringMatching(/^18/) },
  ]);
});
