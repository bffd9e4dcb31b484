import { type ReactNode, useState } from "react";
import type { Entity } from "../../../protocol.ts";
import { type PhoneView, usePhone } from "./context.ts";

/**
 * Draws a text with Telegram's entities. Offsets count UTF-16 units, which is what JavaScript's `slice` counts too.
 * Entities nest but never cross, so the text is cut at the outermost ones and each piece is drawn by itself.
 */
export function RichText({ text, entities }: { text: string; entities: readonly Entity[] }) {
  const view = usePhone();
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return <>{pieces(text, 0, text.length, ordered, view)}</>;
}

const blocks = new Set(["pre", "blockquote", "expandable_blockquote"]);

function pieces(
  text: string,
  from: number,
  to: number,
  entities: readonly Entity[],
  view: PhoneView,
): ReactNode[] {
  const nodes: ReactNode[] = [];
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    if (!entity) break;
    const start = Math.max(at, entity.offset);
    const end = Math.min(to, entity.offset + entity.length);
    index++;
    if (end <= start) continue;
    if (start > at) nodes.push(text.slice(at, start));
    const inner: Entity[] = [];
    while (index < entities.length) {
      const next = entities[index];
      if (!next || next.offset >= end) break;
      inner.push(next);
      index++;
    }
    const children = pieces(text, start, end, inner, view);
    nodes.push(
      <Styled key={start} entity={entity} raw={text.slice(start, end)} view={view}>
        {children}
      </Styled>,
    );
    // A quote or a block of code ends its own line, so the line break after it would stand for an empty one.
    at = blocks.has(entity.type) && text[end] === "\n" ? end + 1 : end;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

interface StyledProps {
  entity: Entity;
  raw: string;
  view: PhoneView;
  children: ReactNode;
}

const plainTags: Record<string, "b" | "i" | "u" | "s"> = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
};

function Styled({ entity, raw, view, children }: StyledProps) {
  const Tag = plainTags[entity.type];
  if (Tag) return <Tag>{children}</Tag>;
  if (entity.type === "spoiler") return <Spoiler>{children}</Spoiler>;
  if (entity.type === "code" || entity.type === "pre")
    return <Code {...{ entity, raw, view }}>{children}</Code>;
  if (entity.type === "blockquote" || entity.type === "expandable_blockquote") {
    return <Quote expandable={entity.type === "expandable_blockquote"}>{children}</Quote>;
  }
  const tap = tapOf(entity, raw, view);
  if (!tap) return <>{children}</>;
  return (
    <button type="button" className="text-link" onClick={tap}>
      {children}
    </button>
  );
}

/** What a tap on this stretch of text does, or undefined when it is only text. */
function tapOf(entity: Entity, raw: string, { phone, ui, words }: PhoneView): (() => void) | undefined {
  const view = ui.stack.at(-1);
  switch (entity.type) {
    case "text_link":
      return () => void openNamedLink(entity.url ?? "", phone, words.openLink, words.open);
    case "url":
      return () => void phone.openLink(/^[a-z]+:\/\//i.test(raw) ? raw : `https://${raw}`);
    case "mention":
      return () => void phone.openLink(`https://t.me/${raw.slice(1)}`);
    case "bot_command":
      if (view?.kind !== "chat") return undefined;
      return () => void phone.perform({ type: "sendText", chatId: view.chatId, text: raw });
    case "hashtag":
    case "cashtag":
    case "phone_number":
    case "email":
      return () => void copy(raw, phone, words.copied);
    default:
      return undefined;
  }
}

/** A link behind other words is shown before it is followed, as Telegram does; its own links open at once. */
async function openNamedLink(url: string, phone: PhoneView["phone"], question: string, yes: string) {
  const own =
    url.startsWith("https://t.me/") || url.startsWith("tg://") || url.startsWith(phone.world.linkBase);
  if (own || (await phone.confirm(`${question}\n\n${url}`, yes))) await phone.openLink(url);
}

export async function copy(text: string, phone: PhoneView["phone"], said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    phone.toast(said);
  } catch {
    await phone.alert(text);
  }
}

function Code({ entity, raw, view, children }: StyledProps) {
  const onClick = () => void copy(raw, view.phone, view.words.copiedCode);
  const block = entity.type === "pre";
  return (
    <button
      type="button"
      className={block ? "code-block" : "code"}
      onClick={onClick}
      title={view.words.copied}
    >
      {block && entity.language ? <span className="code-language">{entity.language}</span> : null}
      {children}
    </button>
  );
}

function Spoiler({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  if (open) return <>{children}</>;
  return (
    <button type="button" className="spoiler" aria-expanded={false} onClick={() => setOpen(true)}>
      <span aria-hidden="true">{children}</span>
    </button>
  );
}

function Quote({ expandable, children }: { expandable: boolean; children: ReactNode }) {
  const [open, setOpen] = useState(!expandable);
  if (!expandable) return <span className="quote">{children}</span>;
  return (
    <button type="button" className="quote quote-folding" aria-expanded={open} onClick={() => setOpen(!open)}>
      {children}
    </button>
  );
}
