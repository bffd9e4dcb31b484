/** What an error of the Bot API means for us. Pure. The wording is Telegram's own; where it is unsure, so are we. */
import { GrammyError, HttpError } from "grammy";
import { GatewayDown } from "../../platform/gateway.ts";
import { TelegramFailure } from "./port.ts";

/** 400s that say how the world is, rather than that our request is wrong. */
const goneWords = [
  "chat not found",
  "user not found",
  "member not found",
  "participant_id_invalid",
  "user_not_participant",
  "peer_id_invalid",
  "channel_private",
  "channel_invalid",
  "chat_admin_required",
  "chat_write_forbidden",
  "member list is inaccessible",
  "not enough rights",
  "need administrator rights",
  "have no rights",
  "group chat was deactivated",
  "message to edit not found",
  "message can't be edited",
  "message to delete not found",
  "message to forward not found",
];

/** 403s that say that the person does not want to hear from the bot, or cannot. */
const unwantedWords = ["blocked by the user", "user is deactivated", "can't initiate conversation"];

export const isNotModified = (error: unknown): boolean => says(error, 400, ["message is not modified"]);
/** The post itself is not there, whatever else is true of the channel. */
export const isPostGone = (error: unknown): boolean =>
  says(error, 400, [
    "message to edit not found",
    "message to forward not found",
    "message to delete not found",
    "message_id_invalid",
  ]);
export const isUnwanted = (error: unknown): boolean => says(error, 403, unwantedWords);
/** The bot is not in the chat: it was never added, left, or was kicked. */
export const isOutside = (error: unknown): boolean => says(error, 403, ["not a member", "was kicked"]);
export const isFileGone = (error: unknown): boolean =>
  says(error, 400, ["wrong file_id", "wrong file identifier", "file is temporarily unavailable"]);

/** The circuit was open: the call was not made at all. */
export const isUnsent = (error: unknown): boolean =>
  error instanceof HttpError && error.error instanceof GatewayDown;

/** Time-outs, 5xx, 429 and anything odd are `unknown`: they say nothing about the world. */
export function toFailure(error: unknown): TelegramFailure {
  if (error instanceof TelegramFailure) return error;
  if (!(error instanceof GrammyError)) return new TelegramFailure("unknown", "Telegram did not answer");
  const { error_code: code, description, method } = error;
  const retryAfter = error.parameters?.retry_after ?? 0;
  return new TelegramFailure(
    reasonOf(code, description ?? ""),
    `${method}: ${code} ${description}`,
    retryAfter,
  );
}

function reasonOf(code: number, description: string): TelegramFailure["reason"] {
  if (code === 403) return "gone";
  if (code === 400 && includesAny(description, goneWords)) return "gone";
  // 409 is another poller, 429 our own haste: neither is a verdict.
  if (code >= 400 && code < 500 && code !== 409 && code !== 429) return "refused";
  return "unknown";
}

const says = (error: unknown, code: number, words: readonly string[]): boolean =>
  error instanceof GrammyError && error.error_code === code && includesAny(error.description ?? "", words);

const includesAny = (text: string, words: readonly string[]): boolean => {
  const lower = text.toLowerCase();
  return words.some((one) => lower.includes(one));
};
