import { afterAll, expect, test } from "bun:test";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "../server/src/platform/postgres/pid-lock.ts";
import { Child, type ChildPlan } from "./child.ts";
import { openHome } from "./home.ts";
import { endLeftovers, rememberChildren } from "./leftovers.ts";

const root = mkdtempSync(join(tmpdir(), "souk-child-"));
const children: Child[] = [];
afterAll(async () => {
  await Promise.all(children.map((child) => child.stop()));
  rmSync(root, { recursive: true, force: true });
});

type Seen = { restarts: string[]; gone: string[] };

let count = 0;
/** A child that runs `program`; what the watcher is told is collected. */
function childOf(program: string, plan: Partial<ChildPlan> = {}): { child: Child; seen: Seen; file: string } {
  count += 1;
  const path = join(root, `program-${count}.ts`);
  const file = join(root, `mark-${count}`);
  writeFileSync(path, `const mark = ${JSON.stringify(file)};\n${program}`);
  const seen: Seen = { restarts: [], gone: [] };
  const child = new Child(
    {
      name: `child-${count}`,
      args: [path],
      cwd: root,
      env: { PATH: process.env.PATH ?? "" },
      logs: root,
      readyTimeoutMs: 10_000,
      stopTimeoutMs: 2_000,
      isRestarted: true,
      ...plan,
    },
    {
      onRestart: (_name, why) => seen.restarts.push(why),
      onGone: (_name, why) => seen.gone.push(why),
      onPids: () => undefined,
    },
  );
  children.push(child);
  return { child, seen, file };
}

const READY = `console.log(JSON.stringify({ ready: true, port: 7 })); setInterval(() => {}, 1000);`;

async function eventually(isTrue: () => boolean): Promise<void> {
  const until = Date.now() + 10_000;
  while (!isTrue()) {
    if (Date.now() > until) throw new Error("It did not happen within ten seconds.");
    await Bun.sleep(10);
  }
}

test("starting resolves with what the process says of itself, however late and among other lines", async () => {
  const { child } = childOf(`console.log('{"level":30}'); await Bun.sleep(100); ${READY}`);
  expect(await child.start()).toEqual({ ready: true, port: 7 });
});

test("a process that falls after it was ready is started again", async () => {
  const { child, seen } = childOf(READY);
  await child.start();
  const first = child.pid ?? 0;
  process.kill(first, "SIGKILL");
  await eventually(() => child.pid !== undefined && child.pid !== first);
  expect(seen.restarts).toEqual(["ended by SIGKILL"]);
  expect(seen.gone).toEqual([]);
});

test("a process that is not to be started again tells its end and the end of its log", async () => {
  const { child, seen } = childOf(
    `${READY} setTimeout(() => { console.error("the disk is full"); process.exit(3); }, 50);`,
    {
      isRestarted: false,
    },
  );
  await child.start();
  await eventually(() => seen.gone.length > 0);
  expect(seen.gone[0]).toContain("ended with 3");
  expect(seen.gone[0]).toContain("the disk is full");
  expect(seen.restarts).toEqual([]);
});

test("a process that falls at every start is given up with the end of its log", async () => {
  const { child } = childOf(`console.error("no such setting: X"); process.exit(1);`);
  await expect(child.start()).rejects.toThrow(/falls at every start[\s\S]*no such setting: X/);
});

test("a process that never becomes ready is given up in time", async () => {
  const { child } = childOf("setInterval(() => {}, 1000);", { readyTimeoutMs: 200 });
  await expect(child.start()).rejects.toThrow("does not become ready");
});

test("stopping asks first, and a process that stops by itself is not started again", async () => {
  const { child, seen, file } = childOf(
    `process.on("SIGTERM", async () => { await Bun.write(mark, "asked"); process.exit(0); }); ${READY}`,
  );
  await child.start();
  const pid = child.pid ?? 0;
  await child.stop();
  expect(isAlive(pid)).toBe(false);
  expect(readFileSync(file, "utf8")).toBe("asked");
  expect(seen).toEqual({ restarts: [], gone: [] });
});

test("a process that does not listen is killed, with its own children", async () => {
  const { child, file } = childOf(
    `const own = Bun.spawn(["sleep", "60"]); await Bun.write(mark, String(own.pid));
     process.on("SIGTERM", () => {}); ${READY}`,
    { stopTimeoutMs: 200 },
  );
  await child.start();
  const [pid, grandchild] = [child.pid ?? 0, Number(readFileSync(file, "utf8"))];
  expect(isAlive(grandchild)).toBe(true);
  await child.stop();
  await eventually(() => !isAlive(pid) && !isAlive(grandchild));
});

test("processes that a killed launcher left are ended, and a stranger with a reused id is not", async () => {
  const home = openHome({ SOUK_HOME: join(root, "home") });
  const left = Bun.spawn(["sleep", "60"]);
  const stranger = Bun.spawn(["sleep", "60"]);
  rememberChildren(home, [left.pid]);
  const path = join(home.path, "children.json");
  const known = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify([...known, { pid: stranger.pid, startedAt: "an earlier process" }]));
  expect(await endLeftovers(home)).toBe(1);
  await left.exited;
  expect(isAlive(stranger.pid)).toBe(true);
  expect(existsSync(path)).toBe(false);
  stranger.kill();
});
