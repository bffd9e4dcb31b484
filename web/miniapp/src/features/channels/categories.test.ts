import { expect, test } from "bun:test";
import { category as shape } from "../../../../../server/src/markets/channels/shapes.ts";
import { category } from "./categories.ts";
import en from "./copy.en.ts";
import ru from "./copy.ru.ts";

test("every category of the API can be chosen and has its name in both languages", () => {
  expect<readonly string[]>(category).toEqual(shape.options);
  for (const words of [en, ru]) expect(Object.keys(words.category)).toEqual([...shape.options]);
});
