import { expect, test } from "bun:test";
import { decrypt, encrypt, markOf } from "./encryption.ts";

const key = Buffer.alloc(32, 7);
const other = Buffer.alloc(32, 8);

test("what was encrypted opens with its key, purpose and place, and never looks the same twice", () => {
  const sealed = encrypt(key, "contact", "row 1", "+79161234567 и слова");
  expect(decrypt(key, "contact", "row 1", sealed)).toBe("+79161234567 и слова");
  expect(encrypt(key, "contact", "row 1", "+79161234567 и слова")).not.toEqual(sealed);
  expect(sealed.includes("79161234567")).toBe(false);
});

test("another key, purpose or place, and any changed byte, are refused", () => {
  const sealed = encrypt(key, "contact", "row 1", "secret");
  expect(() => decrypt(other, "contact", "row 1", sealed)).toThrow();
  expect(() => decrypt(key, "address", "row 1", sealed)).toThrow();
  expect(() => decrypt(key, "contact", "row 2", sealed)).toThrow();
  for (const at of [0, 12, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => decrypt(key, "contact", "row 1", changed)).toThrow();
  }
});

test("a mark is the same for the same value and purpose only", () => {
  expect(markOf(key, "contact", "a")).toEqual(markOf(key, "contact", "a"));
  expect(markOf(key, "contact", "a")).not.toEqual(markOf(key, "contact", "b"));
  expect(markOf(key, "contact", "a")).not.toEqual(markOf(key, "phone", "a"));
  expect(markOf(key, "contact", "a")).not.toEqual(markOf(other, "contact", "a"));
});
