import { expect, test } from "bun:test";
import { category } from "../../../../server/src/markets/channels/shapes.ts";
import en from "./channel-categories.en.ts";
import ru from "./channel-categories.ru.ts";
import { categories } from "./channel-categories.ts";

test("every category of the API can be chosen and has its name in both languages", () => {
  expect<readonly string[]>(categories).toEqual(category.options);
  for (const words of [en, ru]) expect(Object.keys(words)).toEqual([...category.options]);
});
