/** Telegram's HTML, case by case. */
import { describe, expect, test } from "bun:test";
import { parseHtml } from "../bot-api/html.ts";
import { findEntities } from "../world/entities.ts";

describe("HTML", () => {
  test("nested tags become entities that count UTF-16 units", () => {
    expect(parseHtml("🎵 <b>a<i>б</i></b> &lt;c&gt; &#8364;")).toEqual({
      text: "🎵 aб <c> €",
      entities: [
        { type: "bold", offset: 3, length: 2 },
        { type: "italic", offset: 4, length: 1 },
      ],
    });
  });

  test("links, code with a language, spoilers and quotations are told apart", () => {
    const { entities } = parseHtml(
      '<a href="https://x.org/?a=1&amp;b=2">l</a> <pre><code class="language-ts">c</code></pre> <code>k</code> <span class="tg-spoiler">s</span> <blockquote expandable>q</blockquote>',
    );
    expect(entities).toEqual([
      { type: "text_link", offset: 0, length: 1, url: "https://x.org/?a=1&b=2" },
      { type: "pre", offset: 2, length: 1, language: "ts" },
      { type: "code", offset: 4, length: 1 },
      { type: "spoiler", offset: 6, length: 1 },
      { type: "expandable_blockquote", offset: 8, length: 1 },
    ]);
  });

  test("spaces at both ends go, and entities move with them", () => {
    expect(parseHtml("  <b> x</b> ")).toEqual({
      text: "x",
      entities: [{ type: "bold", offset: 0, length: 1 }],
    });
  });

  test.each([
    ["<b>x", 'Can\'t find end tag corresponding to start tag "b"'],
    ["ы<x>y</x>", 'Unsupported start tag "x" at byte offset 2'],
    ["<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ["x</b>", "Unexpected end tag at byte offset 1"],
    ["<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ["1 < 2", 'Unsupported start tag "" at byte offset 2'],
  ])("%s is refused with its place", (source, fault) => {
    expect(() => parseHtml(source)).toThrow(`Bad Request: can't parse entities: ${fault}`);
  });
});

describe("plain text", () => {
  test("links, mentions, hashtags, commands and addresses become clickable; what is code stays code", () => {
    const text = "/start see http://localhost:8000/t.me/x, @alina_v #sale a@b.org t.me/souk.";
    const found = findEntities(text).map((e) => [e.type, text.slice(e.offset, e.offset + e.length)]);
    expect(found).toEqual([
      ["bot_command", "/start"],
      ["url", "http://localhost:8000/t.me/x"],
      ["mention", "@alina_v"],
      ["hashtag", "#sale"],
      ["email", "a@b.org"],
      ["url", "t.me/souk"],
    ]);
    expect(findEntities("@alina_v", [{ type: "code", offset: 0, length: 8 }])).toHaveLength(1);
  });
});
