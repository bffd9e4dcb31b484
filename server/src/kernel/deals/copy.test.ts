import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { createWords } from "../../platform/words.ts";
import en from "./copy.en.ts";
import ru from "./copy.ru.ts";
import { nextKeys } from "./next/rules.ts";
import { dealParty, dealStatus, disputeReason } from "./shapes.ts";

const words = createWords({ deals: { en, ru } });
const sources = [...readdirSync(import.meta.dir), "next/rules.ts"]
  .filter((name) => /^[a-z-]+(\/rules)?\.ts$/.test(name) && !name.includes("copy"))
  .map((name) => readFileSync(`${import.meta.dir}/${name}`, "utf8"))
  .join("\n");
const quoted = (pattern: RegExp): string[] => [...sources.matchAll(pattern)].map((found) => found[1] ?? "");
/** Parameters of every notice and entry, so that a placeholder without a value shows. */
const params = {
  title: "T",
  price: "1",
  amount: "1",
  until: "2026-11-20T00:00:00.000Z",
  sellerPercent: "1",
  buyerPercent: "1",
  pay: 60,
  postAt: "2026-11-20T00:00:00.000Z",
  text: "words",
};

function keysOf(value: unknown, path = ""): string[] {
  return value !== null && typeof value === "object"
    ? Object.entries(value).flatMap(([name, inner]) => keysOf(inner, `${path}.${name}`))
    : [path];
}

describe("words of deals", () => {
  test("both languages have the same keys", () => {
    expect(keysOf(ru).sort()).toEqual(keysOf(en).sort());
  });

  test("no text is empty but the 'otherwise' of what is over, and every placeholder is filled", () => {
    for (const language of ["ru", "en"] as const)
      for (const key of keysOf(en)) {
        const said = words.say(language, `deals:${key.slice(1)}`, params);
        expect(said.includes("{{"), `${language}${key}: ${said}`).toBe(false);
        if (!key.endsWith(".otherwise")) expect(said.length, `${language}${key}`).toBeGreaterThan(0);
      }
  });

  test("every card has words for every reader", () => {
    for (const key of nextKeys)
      for (const role of dealParty.options)
        for (const part of ["title", "body", "otherwise"])
          expect(words.has("ru", `deals:next.${key}.${role}.${part}`), `${key}.${role}.${part}`).toBe(true);
  });

  test("every status and reason has a name", () => {
    for (const status of dealStatus.options) expect(words.has("ru", `deals:status.${status}`)).toBe(true);
    for (const reason of disputeReason.options) expect(words.has("ru", `deals:reasons.${reason}`)).toBe(true);
  });

  test("everything that the code writes into the timeline has words", () => {
    // The entries themselves, and the names that a change of the contract gives.
    const changes = sources.slice(
      sources.indexOf("function changeKind"),
      sources.indexOf("Tells the people and the market"),
    );
    const named = [...changes.matchAll(/"([a-z_]+)"/g)].map((found) => found[1] ?? "");
    const ops = ["fund", "deliver", "breach", "dispute", "release", "refund", "agree", "resolve", "timeout"];
    const written = [
      ...quoted(/kind: "([a-z_]+)", by/g),
      ...quoted(/kind: "([a-z_]+)",\n\s+by/g),
      ...named,
      ...quoted(/kind: "(due_[a-z]+)"/g),
    ].filter((kind) => !ops.includes(kind) || kind === "agreed");
    expect(written.length).toBeGreaterThan(20);
    const missing = written.filter((kind) => !words.has("en", `deals:timeline.${kind}`));
    expect(missing).toEqual([]);
    for (const reason of ["late", "short", "repeated", "stranger", "refused"])
      expect(words.has("en", `deals:timeline.payment_${reason}`)).toBe(true);
  });

  test("everything that is told has words for those who are told", () => {
    const names = quoted(/tell\(tx, \w+, "([a-z_]+)"/g);
    expect(names.length).toBeGreaterThan(8);
    for (const name of names)
      for (const role of ["buyer", "seller"])
        if (!(name === "payment_returned" && role === "buyer"))
          expect(words.has("en", `deals:notices.${name}_${role}.title`), `${name}_${role}`).toBe(true);
    for (const name of ["disputed", "statement"])
      expect(words.has("en", `deals:notices.${name}_arbiter.button`)).toBe(true);
  });
});
