import { expect, test } from "bun:test";
import { codeIn } from "./code.ts";

const code = "mB7vY0sPq3tUu5R1xKc9LwZ2aE6dHf_-";

test.each([
  [code, code],
  [`#${code}`, code],
  [` https://souk.example/enter#${code}\n`, code],
  [`Here it is: http://localhost:8010/enter#${code}`, code],
  ["", null],
  ["https://souk.example/enter", null],
  [`${code}x`, null],
  [`https://souk.example/enter?${code}`, null],
  ["tgWebAppData=1&tgWebAppVersion=9", null],
] as const)("what is pasted as %p holds %p", (pasted, found) => {
  expect(codeIn(pasted)).toBe(found);
});
