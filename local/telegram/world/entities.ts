/** Finds what Telegram makes clickable in plain text: links, mentions, hashtags, commands, e-mail addresses. */
import type { MessageEntity } from "grammy/types";

const PATTERNS: readonly (readonly [
  type: "url" | "email" | "mention" | "hashtag" | "bot_command",
  RegExp,
])[] = [
  ["email", /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/gu],
  [
    "url",
    /\bhttps?:\/\/[^\s<>"]+|\b(?:t\.me|telegram\.me)\/[^\s<>"]+|\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|me|dev|app|ru)\b(?:\/[^\s<>"]*)?/giu,
  ],
  ["mention", /(?<![\w@/])@[a-zA-Z][\w]{3,31}\b/gu],
  ["hashtag", /(?<![\w#&])#[\p{L}\p{N}_]{1,256}/gu],
  ["bot_command", /(?<![\w/@<>])\/[a-zA-Z0-9_]{1,64}(?:@\w{3,32})?\b/gu],
];

/** Entities in order of their place; `taken` are places that formatting has made links or code of already. */
export function findEntities(text: string, taken: readonly MessageEntity[] = []): MessageEntity[] {
  const blocked = taken
    .filter((entity) => ["text_link", "code", "pre", "text_mention"].includes(entity.type))
    .map((entity) => [entity.offset, entity.offset + entity.length] as const);
  const found: MessageEntity[] = [];
  for (const [type, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const value = type === "url" ? trimLink(match[0]) : match[0];
      const start = match.index;
      const end = start + value.length;
      const overlaps = [...blocked, ...found.map((e) => [e.offset, e.offset + e.length] as const)];
      if (overlaps.some(([from, to]) => start < to && from < end)) continue;
      found.push({ type, offset: start, length: value.length });
    }
  }
  return [...taken, ...found].sort((a, b) => a.offset - b.offset || b.length - a.length);
}

/** A full stop or bracket at the end belongs to the sentence, not to the link. */
function trimLink(link: string): string {
  let end = link.replace(/[.,:;!?'»”]+$/u, "");
  while (end.endsWith(")") && (end.match(/\(/g)?.length ?? 0) < (end.match(/\)/g)?.length ?? 0)) {
    end = end.slice(0, -1);
  }
  return end;
}
