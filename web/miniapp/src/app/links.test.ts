import { expect, test } from "bun:test";
import { links } from "./links.ts";

test("a start parameter means one place: no two markets share a mark or a path", () => {
  expect(links.length).toBeGreaterThan(5);
  for (const key of ["mark", "path"] as const) {
    const all = links.map((link) => link[key]);
    expect(all).toEqual([...new Set(all)]);
  }
});
