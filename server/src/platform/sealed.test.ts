import { expect, test } from "bun:test";
import { openText, sealText } from "./sealed.ts";

const key = Buffer.alloc(32, 7);

test("what was sealed opens under the same key and use, and under no other", () => {
  const sealed = sealText(key, "ad", "ООО «Кофе»");
  expect(openText(key, "ad", sealed)).toBe("ООО «Кофе»");
  expect(sealed.includes(Buffer.from("Кофе"))).toBe(false);
  expect(sealText(key, "ad", "ООО «Кофе»").equals(sealed)).toBe(false);
  expect(() => openText(key, "contact", sealed)).toThrow();
  expect(() => openText(Buffer.alloc(32, 8), "ad", sealed)).toThrow();
  const changed = Buffer.from(sealed);
  changed[14] = (changed[14] ?? 0) ^ 1;
  expect(() => openText(key, "ad", changed)).toThrow();
});
