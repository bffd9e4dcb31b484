import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  afterTyping,
  type Content,
  type Entity,
  kindsAt,
  linkAt,
  linkOf,
  nested,
  tidy,
  toggle,
  unlinked,
  wordAt,
} from "./content.ts";

const bold = (offset: number, length: number): Entity => ({ type: "bold", offset, length });
const hello: Content = { text: "hello world", entities: [bold(6, 5)] };

/** What a person sees as bold. */
const boldOf = ({ text, entities }: Content): string[] =>
  entities
    .filter(({ type }) => type === "bold")
    .map(({ offset, length }) => text.slice(offset, offset + length));

test("words keep their look wherever text is written, cut or replaced around them", () => {
  expect(boldOf(afterTyping(hello, "oh hello world", 3))).toEqual(["world"]);
  expect(boldOf(afterTyping(hello, "hello world!", 12))).toEqual(["world!"]);
  expect(boldOf(afterTyping(hello, "hello, world", 6))).toEqual(["world"]);
  expect(boldOf(afterTyping(hello, "hello wonderland", 13))).toEqual(["wonderland"]);
  expect(boldOf(afterTyping(hello, "hello", 5))).toEqual([]);
  expect(boldOf(afterTyping(hello, "hell", 4))).toEqual([]);
  expect(boldOf(afterTyping(hello, "hello x", 7))).toEqual(["x"]);
  expect(boldOf(afterTyping({ text: "aa bb", entities: [bold(3, 2)] }, "aaa bb", 3))).toEqual(["bb"]);
});

test("a link does not swallow what is written after it", () => {
  const link: Entity = { type: "text_link", offset: 0, length: 5, url: "https://t.me/souk" };
  expect(afterTyping({ text: "hello", entities: [link] }, "hello!", 6).entities[0]?.length).toBe(5);
});

test("pressed twice is as before; pressed on a part of it leaves the rest", () => {
  const on = toggle({ text: "one two three", entities: [] }, { start: 0, end: 13 }, "bold");
  expect(boldOf(on)).toEqual(["one two three"]);
  expect(toggle(on, { start: 0, end: 13 }, "bold").entities).toEqual([]);
  expect(boldOf(toggle(on, { start: 4, end: 7 }, "bold"))).toEqual(["one ", " three"]);
  expect(boldOf(toggle({ text: "a b", entities: [bold(0, 1)] }, { start: 0, end: 3 }, "bold"))).toEqual([
    "a b",
  ]);
});

test("a look is put on the word that the cursor is in; a link can be read, changed and taken off", () => {
  expect(wordAt("one two", 5)).toEqual({ start: 4, end: 7 });
  expect(wordAt("one  two", 4)).toEqual({ start: 4, end: 4 });
  const linked = toggle(hello, { start: 6, end: 11 }, "text_link", "https://a.example");
  expect(linkAt(linked, { start: 7, end: 8 })?.url).toBe("https://a.example");
  const other = toggle(linked, { start: 6, end: 11 }, "text_link", "https://b.example");
  expect(other.entities.filter(({ type }) => type === "text_link").map(({ url }) => url)).toEqual([
    "https://b.example",
  ]);
  expect(unlinked(other, { start: 6, end: 11 })).toEqual(hello);
});

test("code stands alone, a quote takes whole lines, spaces at the ends are left out", () => {
  const both = toggle(hello, { start: 6, end: 11 }, "code");
  expect(both.entities.map(({ type }) => type)).toEqual(["code"]);
  const quote = toggle({ text: "one\ntwo words\nthree", entities: [] }, { start: 8, end: 9 }, "blockquote");
  expect(quote.entities).toEqual([{ type: "blockquote", offset: 4, length: 9 }]);
  expect(boldOf(toggle({ text: "  hi  ", entities: [] }, { start: 0, end: 6 }, "bold"))).toEqual(["hi"]);
  expect([...kindsAt(quote, { start: 5, end: 6 })]).toEqual(["blockquote"]);
});

test("whatever is typed, entities stay inside the text, in order, and of one kind never overlap", () => {
  const letters = fc.string({ maxLength: 12 });
  const edit = fc.record({
    at: fc.nat(20),
    cut: fc.nat(6),
    put: letters,
    from: fc.nat(20),
    kind: fc.constantFrom("bold", "italic", "code"),
  });
  fc.assert(
    fc.property(letters, fc.array(edit, { maxLength: 20 }), (begun, edits) => {
      let content: Content = { text: begun, entities: [] };
      for (const { at, cut, put, from, kind } of edits) {
        const place = Math.min(at, content.text.length);
        const text = content.text.slice(0, place) + put + content.text.slice(place + cut);
        content = afterTyping(content, text, place + put.length);
        const start = Math.min(from, text.length);
        content = toggle(content, { start, end: Math.min(text.length, start + 5) }, kind as "bold");
        expect(content.text).toBe(text);
        for (const one of content.entities) {
          expect(one.length).toBeGreaterThan(0);
          expect(one.offset + one.length).toBeLessThanOrEqual(text.length);
          for (const other of content.entities)
            if (other !== one && other.type === one.type)
              expect(
                other.offset >= one.offset + one.length || one.offset >= other.offset + other.length,
              ).toBe(true);
        }
        expect(tidy(content)).toEqual(content);
      }
    }),
  );
});

test("a link is what Telegram would open, and nothing that runs", () => {
  expect(linkOf("souk.example/a")).toBe("https://souk.example/a");
  expect(linkOf("@durov")).toBe("https://t.me/durov");
  expect(linkOf("tg://resolve?domain=x")).toBe("tg://resolve?domain=x");
  for (const bad of ["javascript:alert(1)", "data:text/html,x", "", "two words", "localhost"])
    expect(linkOf(bad)).toBeNull();
});

test("what is sent never crosses half-way, and covers the same words as what was made", () => {
  const entity = fc.record({
    type: fc.constantFrom("bold" as const, "italic" as const, "underline" as const),
    offset: fc.nat(12),
    length: fc.integer({ min: 1, max: 8 }),
  });
  fc.assert(
    fc.property(fc.array(entity, { maxLength: 6 }), (entities) => {
      const made = tidy({ text: "0123456789abcdefghij", entities });
      const sent = nested(made);
      for (const one of sent.entities)
        for (const other of sent.entities) {
          const end = one.offset + one.length;
          expect(one.offset < other.offset && other.offset < end && end < other.offset + other.length).toBe(
            false,
          );
        }
      expect(tidy(sent)).toEqual(made);
    }),
  );
  const link: Entity = { type: "text_link", offset: 3, length: 5, url: "https://a.example" };
  const kept = nested({ text: "0123456789", entities: [bold(0, 5), link] });
  expect(kept.entities.filter(({ type }) => type === "text_link")).toEqual([link]);
});
