import { afterAll, expect, test } from "bun:test";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPidLock, takePidLock, waitForPidLock } from "./pid-lock.ts";

const root = mkdtempSync(join(tmpdir(), "souk-lock-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("a second taker is told who holds the lock, and gets it after the release", () => {
  const path = join(root, "second");
  const first = takePidLock(path, "http://localhost:8000");
  if (!("lock" in first)) throw new Error("The first taker must get a free lock.");
  expect(takePidLock(path)).toEqual({
    holder: expect.objectContaining({ pid: process.pid, note: "http://localhost:8000" }),
  });
  first.lock.note("http://localhost:8004");
  expect(readPidLock(path)?.note).toBe("http://localhost:8004");
  first.lock.release();
  expect("lock" in takePidLock(path)).toBe(true);
});

test("a lock whose holder was killed is free, even when its process id lives again as another process", () => {
  const path = join(root, "stale");
  writeFileSync(path, JSON.stringify({ pid: 2 ** 22 + 1, startedAt: "1", note: "" }));
  expect(readPidLock(path)).toBeUndefined();
  writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: "another start", note: "" }));
  expect(readPidLock(path)).toBeUndefined();
  expect("lock" in takePidLock(path)).toBe(true);
});

test("a file that is not a lock is replaced", () => {
  const path = join(root, "garbage");
  writeFileSync(path, "{");
  expect("lock" in takePidLock(path)).toBe(true);
});

test("of many processes that find a stale lock, exactly one gets it", async () => {
  const path = join(root, "race");
  writeFileSync(path, JSON.stringify({ pid: 2 ** 22 + 1, startedAt: "1", note: "" }));
  const script = `
    const { takePidLock } = await import(${JSON.stringify(join(import.meta.dir, "pid-lock.ts"))});
    const taken = takePidLock(${JSON.stringify(path)});
    console.log("lock" in taken ? "mine" : "taken");
    setTimeout(() => {}, 60_000);`;
  const children = Array.from({ length: 6 }, () => spawn(process.execPath, ["-e", script]));
  const answers = await Promise.all(
    children.map(
      (child) => new Promise<string>((said) => child.stdout.once("data", (b) => said(`${b}`.trim()))),
    ),
  );
  for (const child of children) child.kill("SIGKILL");
  expect(answers.sort()).toEqual(["mine", "taken", "taken", "taken", "taken", "taken"]);
  expect(readdirSync(root).filter((name) => name.startsWith("race."))).toEqual([]);
});

test("waiting ends when the holder lets go, and in an error when it never does", async () => {
  const path = join(root, "wait");
  const first = await waitForPidLock(path);
  await expect(waitForPidLock(path, 50)).rejects.toThrow(String(process.pid));
  setTimeout(() => first.release(), 50);
  (await waitForPidLock(path)).release();
});
