import { expect, test } from "bun:test";
import { callsPerSecond, createPace } from "./pace.ts";

test("calls are spread so that a second never holds more than the limit", async () => {
  const pace = createPace(100);
  const began = performance.now();
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: 11 }, async () => {
      await pace();
      times.push(performance.now() - began);
    }),
  );
  expect(times.length).toBe(11);
  expect(times.at(-1) ?? 0).toBeGreaterThanOrEqual(95);
});

test("a public endpoint is asked as often as its terms allow, one's own as often as one likes", async () => {
  expect(callsPerSecond("https://toncenter.com/api/v3", undefined)).toBeLessThan(1);
  expect(callsPerSecond("https://testnet.toncenter.com/api/v2/jsonRPC", "key")).toBeLessThan(10);
  expect(callsPerSecond("http://localhost:8020/api/v3", undefined)).toBe(Number.POSITIVE_INFINITY);
  const began = performance.now();
  const free = createPace(Number.POSITIVE_INFINITY);
  for (let count = 0; count < 1000; count += 1) await free();
  expect(performance.now() - began).toBeLessThan(500);
});
