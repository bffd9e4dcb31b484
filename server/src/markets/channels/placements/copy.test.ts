import { describe, expect, test } from "bun:test";
import { createWords } from "../../../platform/words.ts";
import en from "../copy.en.ts";
import ru from "../copy.ru.ts";
import { placementKeys } from "./next/rules.ts";
import { placementRole } from "./shapes.ts";

const words = createWords({ channels: { en, ru } });
const params = {
  title: "T",
  price: "1",
  amount: "1",
  until: "2026-11-20T00:00:00.000Z",
  postAt: "2026-11-20T00:00:00.000Z",
  sellerPercent: "1",
  buyerPercent: "1",
  topHours: 1,
  feedHours: 24,
  delay: 60,
  url: "https://t.me/a/1",
};

function keysOf(value: unknown, path = ""): string[] {
  return value !== null && typeof value === "object"
    ? Object.entries(value).flatMap(([name, inner]) => keysOf(inner, `${path}.${name}`))
    : [path];
}

describe("words of placements", () => {
  test("both languages have the same keys, and every placeholder is filled", () => {
    expect(keysOf(ru).sort()).toEqual(keysOf(en).sort());
    for (const language of ["ru", "en"] as const)
      for (const key of keysOf(en).filter((one) => one.includes("placement")))
        expect(words.say(language, `channels:${key.slice(1)}`, params)).not.toContain("{{");
  });

  test("every card has words for both sides", () => {
    for (const key of placementKeys)
      for (const role of placementRole.options)
        for (const part of ["title", "body", "otherwise"])
          expect(words.has("ru", `channels:placement_next.${key}.${role}.${part}`), `${key}.${role}`).toBe(
            true,
          );
  });
});
