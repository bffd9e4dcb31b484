import { describe, expect, test } from "bun:test";
import type { CreativeDraft } from "../shapes.ts";
import { hashOfContent } from "./hash.ts";
import { type Content, isSameContent, problemOf, render, trimmed, wordsOf } from "./rules.ts";

const draft = (change: Partial<CreativeDraft> = {}): CreativeDraft => ({
  text: "Fresh coffee every morning",
  entities: [],
  media: [],
  buttons: [],
  ...change,
});
const photo = (n: number) => ({ type: "photo" as const, fileId: `AgACAgIAAxk${n}` });
const ad = { erid: "2VtzqwQabc", advertiserName: "ООО «Кофе»", advertiserInn: "7701234567" };

describe("the content of a post", () => {
  test("white space at the ends goes, and the formatting goes along", () => {
    const given = draft({
      text: "  Fresh coffee \n",
      entities: [
        { type: "italic", offset: 8, length: 7 },
        { type: "bold", offset: 2, length: 5 },
        { type: "code", offset: 0, length: 2 },
      ],
    });
    expect(trimmed(given)).toMatchObject({
      text: "Fresh coffee",
      entities: [
        { type: "bold", offset: 0, length: 5 },
        { type: "italic", offset: 6, length: 6 },
      ],
    });
  });

  test("the marking stands below, with what is known", () => {
    expect(render(draft(), ad).text).toBe(
      "Fresh coffee every morning\n\nРеклама. ООО «Кофе», ИНН 7701234567. erid: 2VtzqwQabc",
    );
    expect(render(draft(), { ...ad, advertiserName: null, advertiserInn: null }).text).toEndWith(
      "\n\nРеклама. erid: 2VtzqwQabc",
    );
    expect(render(draft(), null).text).toBe("Fresh coffee every morning");
  });

  const refused: [string, Partial<CreativeDraft>, "bot" | "publisher", ReturnType<typeof problemOf>][] = [
    ["nothing", { text: "" }, "bot", "creative_empty"],
    ["4097 characters", { text: "a".repeat(4_097) }, "bot", "creative_too_long"],
    ["1025 under a photo", { text: "a".repeat(1_025), media: [photo(1)] }, "bot", "creative_too_long"],
    [
      "a link without address",
      { entities: [{ type: "text_link", offset: 0, length: 3 }] },
      "bot",
      "creative_entities",
    ],
    [
      "an address without link",
      { entities: [{ type: "bold", offset: 0, length: 3, url: "https://a.io" }] },
      "bot",
      "creative_entities",
    ],
    ["beyond the text", { entities: [{ type: "bold", offset: 20, length: 30 }] }, "bot", null],
    [
      "formatting that crosses",
      {
        entities: [
          { type: "bold", offset: 0, length: 8 },
          { type: "italic", offset: 4, length: 10 },
        ],
      },
      "bot",
      "creative_entities",
    ],
    [
      "a script as a link",
      { buttons: [[{ text: "Go", url: "javascript:alert(1)" }]] },
      "bot",
      "creative_link",
    ],
    ["a host without a dot", { buttons: [[{ text: "Go", url: "https://coffee" }]] }, "bot", "creative_link"],
    [
      "buttons under an album",
      { media: [photo(1), photo(2)], buttons: [[{ text: "Go", url: "https://a.io" }]] },
      "bot",
      "creative_buttons",
    ],
    [
      "buttons under a person's post",
      { buttons: [[{ text: "Go", url: "https://a.io" }]] },
      "publisher",
      "creative_buttons",
    ],
    ["a good one", { media: [photo(1)], buttons: [[{ text: "Go", url: "https://a.io" }]] }, "bot", null],
    ["an album of photos alone", { text: "", media: [photo(1), photo(2)] }, "publisher", null],
  ];
  for (const [name, change, by, problem] of refused)
    test(`${name}: ${problem ?? "can be posted"}`, () => {
      expect(problemOf(render(draft(change), null), by)).toBe(problem);
    });

  test("what Telegram adds by itself, order and the spelling of a link are no difference; words, formatting and buttons are", () => {
    const agreed = render(
      draft({
        entities: [
          { type: "bold", offset: 0, length: 5 },
          { type: "text_link", offset: 6, length: 6, url: "https://coffee.example" },
        ],
        buttons: [[{ text: "Order", url: "https://coffee.example" }]],
      }),
      null,
    );
    const seen: Content = {
      ...agreed,
      entities: [
        { type: "text_link", offset: 6, length: 6, url: "https://coffee.example/" },
        { type: "bold", offset: 0, length: 5 },
        { type: "hashtag" as never, offset: 13, length: 5 },
      ],
      buttons: [[{ text: "Order", url: "https://coffee.example/" }]],
    };
    expect(isSameContent(agreed, seen)).toBe(true);
    expect(hashOfContent(agreed)).toBe(hashOfContent(seen));
    for (const change of [
      { text: `${agreed.text}!` },
      { entities: [] },
      { buttons: [] },
      { media: [photo(1)] },
    ] as Partial<Content>[])
      expect(isSameContent(agreed, { ...agreed, ...change })).toBe(false);
    expect(hashOfContent({ ...agreed, media: [photo(1)] })).not.toBe(
      hashOfContent({ ...agreed, media: [photo(2)] }),
    );
  });

  test("sources that show words alone are compared by words alone", () => {
    expect(wordsOf(" a\n\nb  c ")).toBe("a b c");
  });
});
