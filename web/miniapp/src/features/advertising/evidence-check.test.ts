import { expect, test } from "bun:test";
import { canonicalJson as ofServer, sha256 } from "../../../../../server/src/platform/ids.ts";
import { canonicalJson, type Entry, firstBroken } from "./evidence-check.ts";

const dealId = "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5";

/** As the server makes it. */
function chain(length: number): Entry[] {
  let previous = "0".repeat(64);
  return Array.from({ length }, (_, place) => {
    const entry = {
      seq: place + 1,
      at: new Date(1_800_000_000_000 + place * 1000).toISOString(),
      kind: "looked",
      facts: { state: "alive", witnesses: ["page", "probe"], views: place * 10, nested: { b: 1, a: null } },
    };
    const text = Buffer.from(ofServer({ dealId, ...entry }), "utf8");
    const hash = sha256(Buffer.concat([Buffer.from(previous, "hex"), text])).toString("hex");
    const whole = { ...entry, previous, hash };
    previous = hash;
    return whole;
  });
}

test("a chain as the server makes it is whole", async () => {
  expect(await firstBroken(dealId, chain(5))).toBeNull();
  expect(await firstBroken(dealId, [])).toBeNull();
  const odd = { z: [1, { y: 2, x: "ю" }], a: null, m: { "2": 1, "10": 2 } };
  expect(canonicalJson(odd)).toBe(ofServer(odd));
});

test("whatever is changed, left out, put in or moved is found", async () => {
  const whole = chain(5);
  const changed = whole.map((entry) => (entry.seq === 3 ? { ...entry, facts: { state: "gone" } } : entry));
  expect(await firstBroken(dealId, changed)).toBe(3);
  expect(
    await firstBroken(
      dealId,
      whole.filter(({ seq }) => seq !== 2),
    ),
  ).toBe(3);
  expect(await firstBroken(dealId, [...whole].reverse())).toBe(5);
  expect(await firstBroken(dealId.replace("0", "1"), whole)).toBe(1);
  const later = whole.map((entry) =>
    entry.seq === 5 ? { ...entry, at: "2030-01-01T00:00:00.000Z" } : entry,
  );
  expect(await firstBroken(dealId, later)).toBe(5);
});
