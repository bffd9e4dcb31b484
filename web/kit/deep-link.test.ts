import { expect, test } from "bun:test";
import { offerCodeOf, parentOf, pathOfStartParam } from "./deep-link.ts";

const hex = "0192f0c1a2b37c4d8e5f60718293a4b5";
const id = "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5";

test("every kind of start parameter leads to its screen", () => {
  expect(pathOfStartParam("o_SOUK-AB12-CD34-EF56")).toBe("/offer/SOUK-AB12-CD34-EF56");
  expect(pathOfStartParam(`d_${hex}`)).toBe(`/deals/${id}`);
  expect(pathOfStartParam(`l_${hex.toUpperCase()}`)).toBe(`/listings/${id}`);
  expect(pathOfStartParam("i")).toBe("/inbox");
});

test("a start parameter that was made up leads nowhere, and never out of the app", () => {
  for (const made of [
    "",
    null,
    undefined,
    "d_",
    "d_../../x",
    "o_//evil.example",
    "o_short",
    `x_${hex}`,
    "javascript:1",
  ])
    expect(pathOfStartParam(made)).toBeNull();
});

test("a code is found bare and inside a pasted link", () => {
  expect(offerCodeOf("  AB12CD34EF56G ")).toBe("AB12CD34EF56G");
  expect(offerCodeOf("https://t.me/souk_bot/app?startapp=o_AB12CD34EF56G")).toBe("AB12CD34EF56G");
  expect(offerCodeOf(" ab12 cd34\u00a0ef56 ")).toBe("ab12cd34ef56");
  expect(offerCodeOf("hello, world")).toBeNull();
});

test("back leads one level up, and tabs have nowhere to go back to", () => {
  expect(parentOf(`/deals/${id}/receipt`)).toBe(`/deals/${id}`);
  expect(parentOf(`/deals/${id}`)).toBe("/deals");
  expect(parentOf(`/listings/${id}`)).toBe("/channels");
  expect(parentOf("/sell")).toBe("/channels");
  expect(parentOf(`/arbiter/${id}`)).toBe("/arbiter");
  expect(parentOf("/arbiter")).toBe("/profile");
  for (const tab of ["/", "/channels", "/deals", "/inbox", "/profile"]) expect(parentOf(tab)).toBeNull();
});

test("back from payments and the balance leads to the balance, then to the profile", () => {
  for (const path of ["/payments", `/payments/${id}`, "/balance/recharge", "/balance/statement"])
    expect(parentOf(path)).toBe("/balance");
  expect(parentOf("/balance")).toBe("/profile");
});
