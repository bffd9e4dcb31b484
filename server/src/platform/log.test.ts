import { expect, test } from "bun:test";
import pg from "pg";
import { errorFields } from "./log.ts";

test("an error of the database is logged by its class and state, never by its words, which quote what was sent", () => {
  const raw = new pg.DatabaseError('invalid input syntax for type uuid: "+79001234567"', 1, "error");
  raw.code = "22P02";
  const wrapped = new Error("Failed query: select $1\nparams: +79001234567", { cause: raw });
  for (const error of [raw, wrapped]) {
    const fields = errorFields(error);
    expect(fields.sqlState).toBe("22P02");
    expect(JSON.stringify(fields)).not.toContain("+79001234567");
  }
});

test("an error of ours keeps its words", () => {
  expect(errorFields(new Error("the hub is away"))).toMatchObject({ message: "the hub is away" });
  expect(errorFields("thrown text")).toEqual({ errorType: "string" });
});
