import { expect, test } from "bun:test";
import decodeQR from "qr/decode.js";
import { qrPath } from "./qr-path.ts";

test("what a camera reads in it is the page on which to pay", () => {
  const url =
    "https://yoomoney.ru/checkout/payments/v2/contract?orderId=2c5f8a1e-000f-5000-8000-1f3a5c7e9b24";
  const { size, path } = qrPath(url);
  const scale = 4;
  const side = size * scale;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (const [, x = "", y = ""] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let dy = 0; dy < scale; dy += 1)
      for (let dx = 0; dx < scale; dx += 1) {
        const at = ((Number(y) * scale + dy) * side + Number(x) * scale + dx) * 4;
        data.fill(0, at, at + 3);
      }
  expect(decodeQR({ width: side, height: side, data })).toBe(url);
});
