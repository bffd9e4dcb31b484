import { expect, test } from "bun:test";
import { slugOf } from "./slug.ts";
import { surfaceOf } from "./surface-of.ts";

test("every client of Telegram is a surface that the server knows", () => {
  expect(surfaceOf(null)).toBe("web");
  expect(surfaceOf("ios")).toBe("miniapp_ios");
  for (const name of ["android", "android_x"]) expect(surfaceOf(name)).toBe("miniapp_android");
  for (const name of ["macos", "tdesktop", "weba", "webk", "unigram", "unknown"])
    expect(surfaceOf(name)).toBe("miniapp_desktop");
});

test("an invoice is found in each form of its link, and in nothing else", () => {
  expect(slugOf("https://t.me/$kJNFS331")).toBe("kJNFS331");
  expect(slugOf("https://t.me/invoice/kJNF-S_331")).toBe("kJNF-S_331");
  expect(slugOf("http://localhost:8000/$abc")).toBe("abc");
  expect(slugOf("https://t.me/%24abc?x=1")).toBe("abc");
  for (const none of ["", "https://t.me/souk_bot", "https://t.me/$", "javascript:$abc", "https://t.me/$a b"])
    expect(slugOf(none)).toBeNull();
});
