/** The text of a message as a bot gives it: with a parse mode, with entities, or plain; and the link preview under it. */
import type { LinkPreviewOptions, MessageEntity } from "grammy/types";
import { findEntities } from "../world/entities.ts";
import type { StoredMessage } from "../world/model.ts";
import { badRequest } from "../world/refusal.ts";
import { type FormattedText, parseHtml } from "./html.ts";

export const TEXT_LIMIT = 4096;
export const CAPTION_LIMIT = 1024;

interface TextInput {
  readonly text: string;
  readonly parseMode: string | undefined;
  readonly entities: readonly MessageEntity[] | undefined;
  readonly what: "text" | "caption";
}

/** @throws Refusal 400: entities that cannot be parsed, nothing left, too long, or a parse mode that is not pretended here. */
export function formatText(input: TextInput): FormattedText {
  const mode = (input.parseMode ?? "").toLowerCase();
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(input.text)) {
    throw badRequest("strings must be encoded in UTF-8");
  }
  const clean = input.text.replaceAll("\r", "").replaceAll("\0", "");
  if (mode.startsWith("markdown")) {
    throw badRequest("unsupported parse_mode (Local Telegram pretends HTML and entities only)");
  }
  const parsed = mode === "html" ? parseHtml(clean) : plainText(clean, input.entities ?? []);
  const limit = input.what === "text" ? TEXT_LIMIT : CAPTION_LIMIT;
  if (input.what === "text" && parsed.text === "") throw badRequest("message text is empty");
  if (parsed.text.length > limit) {
    throw badRequest(input.what === "text" ? "message is too long" : "message caption is too long");
  }
  return { text: parsed.text, entities: findEntities(parsed.text, parsed.entities) };
}

function plainText(text: string, entities: readonly MessageEntity[]): FormattedText {
  for (const { offset, length } of entities) {
    if (offset < 0 || length <= 0 || offset + length > text.length) throw badRequest("ENTITY_BOUNDS_INVALID");
  }
  const clean = text.trimEnd();
  if (clean.trim() === "") return { text: "", entities: [] };
  return {
    text: clean,
    entities: entities.filter((entity) => entity.offset + entity.length <= clean.length),
  };
}

/** What stands under a message with a link. Nothing is fetched: the title is the host, the text the path. */
export function linkPreview(
  formatted: FormattedText,
  options: LinkPreviewOptions | undefined,
): StoredMessage["preview"] {
  if (options?.is_disabled) return null;
  const first = formatted.entities.find((entity) => entity.type === "text_link" || entity.type === "url");
  const found = first?.type === "text_link" ? first.url : textOf(formatted, first);
  const url = options?.url ?? found;
  if (!url) return null;
  const full = /^https?:/i.test(url) ? url : `https://${url}`;
  if (!URL.canParse(full)) return null;
  const { host, pathname } = new URL(full);
  return { url: full, title: host, text: pathname === "/" ? "" : pathname };
}

function textOf(formatted: FormattedText, entity: MessageEntity | undefined): string | null {
  return entity ? formatted.text.slice(entity.offset, entity.offset + entity.length) : null;
}
