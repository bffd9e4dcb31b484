import { expect, test } from "bun:test";
import * as shapes from "../../../../../server/src/markets/channels/advertising/shapes.ts";
import en from "./copy.en.ts";
import ru from "./copy.ru.ts";
import { formatKeys, formatOf, languages, shortFormat, topics } from "./names.ts";

test("the lists of the forms are those of the API", () => {
  expect([...languages]).toEqual(shapes.channelLanguage.options);
  expect([...topics]).toEqual(shapes.topic.options);
  expect([...formatKeys]).toEqual(shapes.formatKey.options);
});

test("every name of a list has its words in both languages", () => {
  for (const words of [en, ru]) {
    expect(Object.keys(words.topic).sort()).toEqual([...topics].sort());
  }
});

test("a format is called by its hours", () => {
  for (const key of formatKeys) if (key !== "custom") expect(shortFormat(formatOf(key))).toBe(key);
});
