import { expect, test } from "bun:test";
import { Address } from "@ton/core";
import { isSameAddress, rawAddress, shortAddress } from "./address.ts";

const raw = `0:${"3f".repeat(32)}`;
const address = Address.parse(raw);

test("every spelling of an account is the same account", () => {
  for (const bounceable of [true, false])
    for (const testOnly of [true, false])
      for (const urlSafe of [true, false])
        expect(rawAddress(address.toString({ bounceable, testOnly, urlSafe }))).toBe(raw);
  expect(isSameAddress(raw.toUpperCase().replace("0:", "0:"), address.toString())).toBe(true);
});

test("the masterchain is told apart from the basechain", () => {
  const master = Address.parse(`-1:${"3f".repeat(32)}`);
  expect(rawAddress(master.toString())).toBe(`-1:${"3f".repeat(32)}`);
  expect(isSameAddress(master.toString(), address.toString())).toBe(false);
});

test("a mistyped address is no address, and is never the same as another", () => {
  const friendly = address.toString();
  const mistyped = friendly.slice(0, 20) + (friendly[20] === "A" ? "B" : "A") + friendly.slice(21);
  expect(rawAddress(mistyped)).toBeNull();
  expect(rawAddress("")).toBeNull();
  expect(isSameAddress("nonsense", "nonsense")).toBe(false);
});

test("a shortened address keeps both ends", () => {
  expect(shortAddress("UQBfABCDEFGHIJKLMNOPx8Kd")).toBe("UQBf…x8Kd");
});
