/** Telegram's HTML parse mode, with its own errors. Offsets of entities count UTF-16 units, offsets in errors count bytes. */
import type { MessageEntity } from "grammy/types";
import { badRequest } from "../world/refusal.ts";

interface OpenTag {
  readonly name: string;
  readonly start: number;
  readonly at: number;
  readonly href: string | null;
  readonly language: string | null;
  readonly type: MessageEntity["type"] | "language";
}

const TAGS: Readonly<Record<string, MessageEntity["type"]>> = {
  b: "bold",
  strong: "bold",
  i: "italic",
  em: "italic",
  u: "underline",
  ins: "underline",
  s: "strikethrough",
  strike: "strikethrough",
  del: "strikethrough",
  "tg-spoiler": "spoiler",
  a: "text_link",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
};
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

const cannot = (text: string): Error => badRequest(`can't parse entities: ${text}`);

export interface FormattedText {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

/** @throws Refusal 400 "can't parse entities: …". */
export function parseHtml(source: string): FormattedText {
  return new HtmlReader(source).read();
}

class HtmlReader {
  private readonly source: string;
  private at = 0;
  private text = "";
  private readonly open: OpenTag[] = [];
  private readonly entities: MessageEntity[] = [];

  constructor(source: string) {
    this.source = source;
  }

  read(): FormattedText {
    while (this.at < this.source.length) {
      const next = this.source[this.at];
      if (next === "&") this.readReference();
      else if (next === "<") this.readTag();
      else {
        this.text += next;
        this.at += 1;
      }
    }
    const unclosed = this.open.at(-1);
    if (unclosed) throw cannot(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
    return trimmed(this.text, this.entities);
  }

  private bytesBefore(at: number): number {
    return Buffer.byteLength(this.source.slice(0, at));
  }

  private readReference(): void {
    const match = /^&(?:#(\d{1,8})|#x([0-9a-f]{1,8})|(lt|gt|amp|quot));?/i.exec(
      this.source.slice(this.at, this.at + 14),
    );
    const code = match?.[1] ? Number(match[1]) : match?.[2] ? Number.parseInt(match[2], 16) : null;
    const character = code === null ? NAMED[match?.[3]?.toLowerCase() ?? ""] : codePoint(code);
    if (!match || character === undefined) {
      this.text += "&";
      this.at += 1;
      return;
    }
    this.text += character;
    this.at += match[0].length;
  }

  private readTag(): void {
    const start = this.at;
    const offset = this.bytesBefore(start);
    const rest = this.source.slice(start);
    if (rest.startsWith("</")) {
      this.closeTag(rest, offset);
      return;
    }
    const name = /^<([^\s>]*)/.exec(rest)?.[1]?.toLowerCase() ?? "";
    if (!Object.hasOwn(TAGS, name) && name !== "span") {
      throw cannot(`Unsupported start tag "${name}" at byte offset ${offset}`);
    }
    const attributes = this.readAttributes(start + 1 + name.length);
    if (name === "span" && attributes.get("class") !== "tg-spoiler") {
      throw cannot(`Tag "span" must have class "tg-spoiler" at byte offset ${offset}`);
    }
    const isExpandable = name === "blockquote" && attributes.has("expandable");
    const languageClass = /^language-(.+)$/.exec(attributes.get("class") ?? "")?.[1] ?? null;
    this.open.push({
      name,
      start: this.text.length,
      at: offset,
      href: attributes.get("href") ?? null,
      language: name === "code" ? languageClass : null,
      type: isExpandable ? "expandable_blockquote" : (TAGS[name] ?? "spoiler"),
    });
  }

  /** Reads to behind the `>`; values may stand in quotes and may hold references. */
  private readAttributes(from: number): Map<string, string> {
    const attributes = new Map<string, string>();
    const pattern = /\s*([^\s=>"'/]+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([a-z0-9.-]+)))?/iy;
    let at = from;
    while (at < this.source.length) {
      const space = /\s*/y;
      space.lastIndex = at;
      space.exec(this.source);
      if (this.source[space.lastIndex] === ">") {
        this.at = space.lastIndex + 1;
        return attributes;
      }
      pattern.lastIndex = at;
      const match = pattern.exec(this.source);
      if (!match?.[1]) throw cannot(`Unexpected end of name token at byte offset ${this.bytesBefore(at)}`);
      const value = match[2] ?? match[3] ?? match[4] ?? "";
      attributes.set(match[1].toLowerCase(), decodeReferences(value));
      at = pattern.lastIndex;
    }
    throw cannot(`Unclosed start tag at byte offset ${this.bytesBefore(this.at)}`);
  }

  private closeTag(rest: string, offset: number): void {
    const match = /^<\/([^\s>]*)\s*(>?)/.exec(rest);
    const name = match?.[1]?.toLowerCase() ?? "";
    const tag = this.open.pop();
    if (!tag) throw cannot(`Unexpected end tag at byte offset ${offset}`);
    if (!match?.[2]) throw cannot(`Unclosed end tag at byte offset ${offset}`);
    if (name !== "" && name !== tag.name) {
      throw cannot(
        `Unmatched end tag at byte offset ${offset}, expected "</${tag.name}>", found "</${name}>"`,
      );
    }
    this.at += match[0].length;
    const length = this.text.length - tag.start;
    if (length > 0) this.addEntity(tag, length);
  }

  private addEntity(tag: OpenTag, length: number): void {
    const place = { offset: tag.start, length };
    if (tag.type === "text_link") {
      const url = linkUrl(tag.href ?? this.text.slice(tag.start));
      if (url) this.entities.push({ type: "text_link", url, ...place });
      return;
    }
    const parent = this.open.at(-1);
    if (tag.type === "code" && parent?.type === "pre" && parent.start === tag.start && tag.language) {
      this.entities.push({ type: "pre", language: tag.language, ...place });
      return;
    }
    const doubled = this.entities.at(-1);
    const isInnerCode = doubled?.type === "pre" && doubled.offset === tag.start && doubled.length === length;
    if (tag.type === "pre" && isInnerCode) return;
    this.entities.push({ type: tag.type, ...place } as MessageEntity);
  }
}

function codePoint(code: number): string | undefined {
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    ? String.fromCodePoint(code)
    : undefined;
}

function decodeReferences(value: string): string {
  return value.replace(/&(lt|gt|amp|quot);/g, (whole, name: string) => NAMED[name] ?? whole);
}

/** A link that Telegram would take; null makes the text plain, as Telegram does with a broken one. */
function linkUrl(href: string): string | null {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(href) ? href : `http://${href}`;
  if (!URL.canParse(full)) return null;
  const url = new URL(full);
  return ["http:", "https:", "tg:", "ton:", "tonsite:"].includes(url.protocol) ? url.href : null;
}

/** Spaces at both ends go, as in Telegram, and the entities with them. */
function trimmed(text: string, entities: readonly MessageEntity[]): FormattedText {
  const lead = text.length - text.trimStart().length;
  const clean = text.trim();
  const kept = entities.flatMap((entity) => {
    const start = Math.max(0, entity.offset - lead);
    const end = Math.min(clean.length, entity.offset + entity.length - lead);
    return end > start ? [{ ...entity, offset: start, length: end - start }] : [];
  });
  kept.sort((a, b) => a.offset - b.offset || b.length - a.length);
  return { text: clean, entities: kept };
}
