import { z } from "zod";
import { platformErrors } from "../../../platform/errors.ts";
import { uuid } from "../../../platform/shapes.ts";

/** Sort, value of the last row in it, its id. */
const shape = z.tuple([z.string(), z.string().regex(/^-?\d{1,19}$/), uuid]);
const valueMax = 9_223_372_036_854_775_807n;

export const cursorOf = (sort: string, value: bigint | number, id: string): string =>
  Buffer.from(JSON.stringify([sort, String(value), id])).toString("base64url");

/** Refuses what is no cursor of this order. */
export function readCursor(cursor: string, sort: string): { value: bigint; id: string } {
  let parsed: z.output<typeof shape>;
  try {
    parsed = shape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw platformErrors.invalid({ issues: [{ path: "cursor", code: "malformed" }] });
  }
  const [of, value, id] = parsed;
  if (of !== sort) throw platformErrors.invalid({ issues: [{ path: "cursor", code: "other_sort" }] });
  return { value: bounded(BigInt(value)), id };
}

/** A bound beyond what a column can hold compares like the largest value. */
export const bounded = (value: bigint | string): bigint => {
  const number = BigInt(value);
  return number > valueMax ? valueMax : number;
};
