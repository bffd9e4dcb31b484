import { expect, test } from "bun:test";
import { GrammyError, HttpError } from "grammy";
import { isFileGone, isNotModified, isOutside, isUnwanted, toFailure } from "./failures.ts";
import { TelegramFailure } from "./port.ts";

const answer = (error_code: number, description: string): GrammyError =>
  new GrammyError("Call failed!", { ok: false, error_code, description }, "getChatMember", {});

test.each([
  [403, "Forbidden: bot was blocked by the user", "gone"],
  [403, "Forbidden: bot was kicked from the channel chat", "gone"],
  [403, "Forbidden: bot is not a member of the channel chat", "gone"],
  [400, "Bad Request: chat not found", "gone"],
  [400, "Bad Request: user not found", "gone"],
  [400, "Bad Request: PARTICIPANT_ID_INVALID", "gone"],
  [400, "Bad Request: member list is inaccessible", "gone"],
  [400, "Bad Request: CHAT_ADMIN_REQUIRED", "gone"],
  [400, "Bad Request: not enough rights to send text messages to the chat", "gone"],
  [400, "Bad Request: need administrator rights in the channel chat", "gone"],
  [400, "Bad Request: message to edit not found", "gone"],
  [400, "Bad Request: can't parse entities: Unsupported start tag", "refused"],
  [400, "Bad Request: message text is empty", "refused"],
  [400, "Bad Request: BUTTON_TYPE_INVALID", "refused"],
  [401, "Unauthorized", "refused"],
  [404, "Not Found", "refused"],
  [413, "Request Entity Too Large", "refused"],
  [409, "Conflict: terminated by other getUpdates request", "unknown"],
  [429, "Too Many Requests: retry after 35", "unknown"],
  [500, "Internal Server Error", "unknown"],
  [502, "Bad Gateway", "unknown"],
  [504, "Gateway Timeout", "unknown"],
] as const)("%p %p is %p", (code, description, reason) => {
  expect(toFailure(answer(code, description)).reason).toBe(reason);
});

test("no answer, an odd answer and any other error say nothing about the world", () => {
  for (const error of [
    new HttpError("Network request failed!", new Error("x")),
    new Error("x"),
    "x",
    undefined,
  ])
    expect(toFailure(error).reason).toBe("unknown");
});

test("a failure passes as it is", () => {
  const failure = new TelegramFailure("gone", "x");
  expect(toFailure(failure)).toBe(failure);
});

test("the special cases are told apart by code and wording", () => {
  expect(isUnwanted(answer(403, "Forbidden: user is deactivated"))).toBe(true);
  expect(isUnwanted(answer(403, "Forbidden: bot can't initiate conversation with a user"))).toBe(true);
  expect(isUnwanted(answer(403, "Forbidden: bot was kicked from the channel chat"))).toBe(false);
  expect(isOutside(answer(403, "Forbidden: bot was kicked from the channel chat"))).toBe(true);
  expect(isOutside(answer(400, "Bad Request: chat not found"))).toBe(false);
  expect(isNotModified(answer(400, "Bad Request: message is not modified: same content"))).toBe(true);
  expect(isNotModified(answer(400, "Bad Request: message to edit not found"))).toBe(false);
  expect(isFileGone(answer(400, "Bad Request: wrong file_id or the file is temporarily unavailable"))).toBe(
    true,
  );
});
