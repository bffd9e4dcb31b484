import { expect, test } from "bun:test";
import { normalContact } from "../../../../../server/src/markets/services/rules.ts";
import { isContact, reachOf } from "./contact.ts";

test("a number is shown in groups, called and written to; a name is written to", () => {
  expect(reachOf("+79161234567")).toEqual({
    text: "+7\u00a0916\u00a0123-45-67",
    call: "tel:+79161234567",
    message: "https://t.me/+79161234567",
  });
  expect(reachOf("@anna_k")).toEqual({ text: "@anna_k", call: null, message: "https://t.me/anna_k" });
});

test("what the form lets through and the server takes are the same", () => {
  const typed = [
    "@anna",
    "@an",
    "anna",
    "t.me/anna_k",
    "+7 916 123-45-67",
    "8 (916) 123 45 67",
    "9161234567",
  ];
  for (const one of [...typed, "+1 202 555 0100", "12345", "", "@1anna", "+7 700 123 45 67"])
    expect({ one, is: isContact(one) }).toEqual({ one, is: normalContact(one) !== null });
});
