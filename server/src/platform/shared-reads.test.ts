import { expect, test } from "bun:test";
import type { Ctx } from "./context.ts";
import { sharedRead } from "./shared-reads.ts";

const program = (): Ctx["db"] => ({}) as Ctx["db"];

test("who asks while a read runs shares the next one, which begins after they asked", async () => {
  const db = program();
  const gates = Array.from({ length: 3 }, () => Promise.withResolvers<void>());
  let begun = 0;
  let state = "before";
  const read = async () => {
    const gate = gates[begun];
    begun += 1;
    const seen = state;
    await gate?.promise;
    return seen;
  };
  const first = sharedRead(db, "a", read);
  state = "after";
  const late = [sharedRead(db, "a", read), sharedRead(db, "a", read)];
  expect(begun).toBe(1);
  for (const gate of gates) gate.resolve();
  expect(await Promise.all([first, ...late])).toEqual(["before", "after", "after"]);
  expect(begun).toBe(2);
  expect(await sharedRead(db, "a", read)).toBe("after");
  expect(begun).toBe(3);
});

test("other keys and other programs share nothing; a read that fails is no reason for the next one to", async () => {
  const db = program();
  const fail = sharedRead(db, "a", () => Promise.reject(new Error("away")));
  const next = sharedRead(db, "a", async () => 1);
  const other = sharedRead(db, "b", async () => 2);
  const elsewhere = sharedRead(program(), "a", async () => 3);
  await expect(fail).rejects.toThrow("away");
  expect(await Promise.all([next, other, elsewhere])).toEqual([1, 2, 3]);
});
