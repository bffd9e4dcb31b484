/** The parameters that are checked are those of the types that grammY ships. */
import { expect, test } from "bun:test";
import { generateSchema, schemaLines } from "../bot-api/generate-schema.ts";
import { METHODS } from "../bot-api/methods/table.ts";
import { isPublishedMethod } from "../bot-api/params.ts";

test("the committed schema is what the installed types say", async () => {
  const committed = await Bun.file(new URL("../bot-api/published-types.jsonl", import.meta.url)).text();
  expect(schemaLines(generateSchema()) === committed).toBe(true);
}, 30_000);

test("every pretended method is a published one", () => {
  expect(Object.keys(METHODS).filter((method) => !isPublishedMethod(method))).toEqual([]);
});
