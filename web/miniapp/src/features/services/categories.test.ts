import { expect, test } from "bun:test";
import { category } from "../../../../../server/src/markets/services/shapes.ts";
import { categories } from "./categories.ts";

test("the screens offer every category that there is", () => {
  expect([...categories].sort()).toEqual([...category.options].sort());
});
