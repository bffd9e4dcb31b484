import { expect, test } from "bun:test";
import fc from "fast-check";
import { albumRows, blocksOf } from "./blocks.ts";

test("nested looks, quotes and code come out as Telegram draws them", () => {
  const text = "Sale today\nquoted line\nconst x = 1\nrest";
  const blocks = blocksOf({
    text,
    entities: [
      { type: "bold", offset: 0, length: 10 },
      { type: "italic", offset: 5, length: 5 },
      { type: "blockquote", offset: 11, length: 11 },
      { type: "pre", offset: 23, length: 11 },
    ],
  });
  expect(blocks.map(({ kind }) => kind)).toEqual(["text", "quote", "pre", "text"]);
  expect(blocks[0]?.runs.map(({ text: words, kinds }) => [words, kinds.join("+")])).toEqual([
    ["Sale ", "bold"],
    ["today", "bold+italic"],
  ]);
  expect(blocks.at(-1)?.runs[0]?.text).toBe("rest");
});

test("links, names and tags are found where there is no code", () => {
  const text = "see https://souk.example/a. by @souk_bot #реклама me@x.org `";
  const runs = blocksOf({ text, entities: [] }).flatMap((block) => block.runs);
  expect(runs.filter(({ url }) => url !== null).map(({ text: words }) => words)).toEqual([
    "https://souk.example/a",
    "@souk_bot",
    "#реклама",
  ]);
  const code = blocksOf({ text, entities: [{ type: "code", offset: 0, length: text.length }] });
  expect(code.flatMap(({ runs: all }) => all).every(({ url }) => url === null)).toBe(true);
});

test("no character of a post without blocks is lost, whatever its entities", () => {
  const entity = fc.record({
    type: fc.constantFrom("bold", "italic", "spoiler", "code", "text_link" as const),
    offset: fc.nat(30),
    length: fc.nat(30),
  });
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.array(entity, { maxLength: 8 }), (text, entities) => {
      const said = blocksOf({ text, entities: entities as never }).flatMap(({ runs }) =>
        runs.map((run) => run.text),
      );
      expect(said.join("")).toBe(text);
    }),
  );
});

test("an album of any size fills its rows", () => {
  for (let count = 1; count <= 10; count += 1)
    expect(albumRows(count).reduce((sum, row) => sum + row, 0)).toBe(count);
  expect(albumRows(0)).toEqual([]);
});
