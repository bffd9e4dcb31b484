import { expect, test } from "bun:test";
import { type DeepLink, fillPath, offerCodeOf, pathOfStartParam, startParamOf } from "./deep-link.ts";

const hex = "0192f0c1a2b37c4d8e5f60718293a4b5";
const id = "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5";

const links: readonly DeepLink[] = [
  { mark: "d", holds: "id", path: "/deals/" },
  { mark: "o", holds: "code", path: "/offer/" },
  { mark: "l", holds: "id", path: "/listings/" },
];
const pathOf = (startParam: string | null | undefined) => pathOfStartParam(startParam, links);

test("every kind of start parameter leads to its screen", () => {
  expect(pathOf("o_SOUK-AB12-CD34-EF56")).toBe("/offer/SOUK-AB12-CD34-EF56");
  expect(pathOf(`d_${hex}`)).toBe(`/deals/${id}`);
  expect(pathOf(`l_${hex.toUpperCase()}`)).toBe(`/listings/${id}`);
  expect(pathOf("i")).toBe("/inbox");
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
    expect(pathOf(made)).toBeNull();
});

test("a code is found bare and inside a pasted link", () => {
  expect(offerCodeOf("  AB12CD34EF56G ")).toBe("AB12CD34EF56G");
  expect(offerCodeOf("https://t.me/souk_bot/app?startapp=o_AB12CD34EF56G")).toBe("AB12CD34EF56G");
  expect(offerCodeOf(" ab12 cd34\u00a0ef56 ")).toBe("ab12cd34ef56");
  expect(offerCodeOf("hello, world")).toBeNull();
});

test("a path has the start parameter that leads to it, and a path of no link has none", () => {
  for (const startParam of ["i", `d_${hex}`, `l_${hex}`, "o_SOUK-AB12-CD34-EF56"])
    expect(startParamOf(pathOf(startParam) ?? "", links)).toBe(startParam);
  expect(startParamOf(`/deals/${id}/receipt`, links)).toBe(`d_${hex}`);
  for (const path of ["/", "/deals", "/deals/x", "/sell"]) expect(startParamOf(path, links)).toBeUndefined();
});

test("what stands above a screen is filled in from the screen's own path", () => {
  expect(fillPath("/deals/:id", { id })).toBe(`/deals/${id}`);
  expect(fillPath("/x/:a/y/:b", { a: "1/2", b: "3" })).toBe("/x/1%2F2/y/3");
});
