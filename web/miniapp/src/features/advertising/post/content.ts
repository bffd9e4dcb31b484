/**
 * A post's text with its entities, as Telegram has them: offsets and lengths in UTF-16 code units, which is how this language counts.
 * Pure. Source: core.telegram.org/bots/api#messageentity
 */

export const inlineKinds = ["bold", "italic", "underline", "strikethrough", "spoiler", "code"] as const;
export type InlineKind = (typeof inlineKinds)[number];
export type EntityKind = InlineKind | "pre" | "text_link" | "blockquote" | "expandable_blockquote";

export interface Entity {
  readonly type: EntityKind;
  readonly offset: number;
  readonly length: number;
  readonly url?: string | undefined;
}
export interface Content {
  readonly text: string;
  readonly entities: readonly Entity[];
}
export interface Range {
  readonly start: number;
  readonly end: number;
}

const endOf = ({ offset, length }: Entity): number => offset + length;
const isBlock = ({ type }: Entity): boolean => /quote|^pre$/.test(type);
const isSame = (one: Entity, other: Entity): boolean => one.type === other.type && one.url === other.url;

const inOrder = (a: Entity, b: Entity): number =>
  a.offset - b.offset || b.length - a.length || (a.type < b.type ? -1 : 1);

/** In order, inside the text, nothing empty, neighbours of one kind made one. */
export function tidy({ text, entities }: Content): Content {
  const kept: Entity[] = [];
  const sorted = entities
    .map((one) => {
      const offset = Math.max(0, one.offset);
      return { ...one, offset, length: Math.min(text.length, endOf(one)) - offset };
    })
    .filter(({ length }) => length > 0)
    .sort(inOrder);
  for (const one of sorted) {
    const place = kept.findIndex((other) => isSame(one, other) && endOf(other) >= one.offset);
    const before = kept[place];
    if (!before) kept.push(one);
    else kept[place] = { ...before, length: Math.max(endOf(before), endOf(one)) - before.offset };
  }
  return { text, entities: kept.sort(inOrder) };
}

/** What was replaced by typing, pasting or deleting. `caret`: where the cursor stands afterwards. */
function replaced(before: string, after: string, caret: number): Range & { grown: number } {
  const grown = after.length - before.length;
  const most = Math.min(before.length, after.length, grown > 0 ? caret - grown : caret);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let tail = 0;
  while (
    tail < Math.min(before.length, after.length) - start &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail += 1;
  return { start, end: before.length - tail, grown };
}

/** The entities go with the words that they were on. Text written at the end of bold stays bold; a link does not grow at its end. */
export function afterTyping(content: Content, text: string, caret: number): Content {
  const { start, end, grown } = replaced(content.text, text, caret);
  const isInsertion = start === end;
  const entities = content.entities.map((one): Entity => {
    const last = endOf(one);
    const growsAtEnd = isInsertion && last === start && one.type !== "text_link";
    const from =
      one.offset < start || (one.offset === start && !isInsertion)
        ? one.offset
        : Math.max(one.offset, end) + grown;
    const to =
      last > end || (last === end && !isInsertion) || growsAtEnd ? last + grown : Math.min(last, start);
    return { ...one, offset: from, length: to - from };
  });
  return tidy({ text, entities });
}

/** Without the spaces at its ends: Telegram trims entities so. */
function trimmed(text: string, { start, end }: Range): Range {
  let [first, last] = [start, end];
  while (first < last && /\s/.test(text[first] ?? "")) first += 1;
  while (last > first && /\s/.test(text[last - 1] ?? "")) last -= 1;
  return { start: first, end: last };
}

/** A quote and a block of code are of whole lines. */
function wholeLines(text: string, { start, end }: Range): Range {
  const first = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  return { start: first, end: next < 0 ? text.length : next };
}

/** Takes `kinds` off the range; what sticks out on either side stays. */
function without(
  entities: readonly Entity[],
  { start, end }: Range,
  isOff: (one: Entity) => boolean,
): Entity[] {
  return entities.flatMap((one) => {
    if (!isOff(one) || endOf(one) <= start || one.offset >= end) return [one];
    return [
      { ...one, length: start - one.offset },
      { ...one, offset: end, length: endOf(one) - end },
    ].filter(({ length }) => length > 0);
  });
}

/** The kinds that cover all of the range. */
export function kindsAt({ text, entities }: Content, range: Range): Set<EntityKind> {
  const { start, end } = range.start === range.end ? range : trimmed(text, range);
  const covers = (one: Entity) =>
    start === end ? one.offset < start && endOf(one) >= start : one.offset <= start && endOf(one) >= end;
  return new Set(entities.filter(covers).map(({ type }) => type));
}

/** The link under the range; null when there is none. */
export const linkAt = ({ entities }: Content, { start, end }: Range): Entity | null =>
  entities.find((one) => one.type === "text_link" && one.offset <= start && endOf(one) >= end) ?? null;

/**
 * On when it was not on all of the range, else off. Code stands alone, as Telegram demands: it takes off every other kind inside
 * it, and another kind takes off the code.
 */
export function toggle(content: Content, range: Range, type: EntityKind, url?: string): Content {
  const { text, entities } = content;
  const isOfLines = /quote|^pre$/.test(type);
  const at = trimmed(text, isOfLines ? wholeLines(text, range) : range);
  if (at.start === at.end) return content;
  const isOn = kindsAt(content, at).has(type) && url === undefined;
  if (isOn) return tidy({ text, entities: without(entities, at, (one) => one.type === type) });
  const isCode = type === "code" || type === "pre";
  const clashes = (one: Entity): boolean =>
    one.type === type ||
    (isCode ? true : one.type === "code" || one.type === "pre") ||
    (isOfLines && isBlock(one));
  const added: Entity = {
    type,
    offset: at.start,
    length: at.end - at.start,
    ...(url === undefined ? {} : { url }),
  };
  // Of one kind they are joined, unless they lead to different places.
  const isJoined = (one: Entity) => one.type === type && url === undefined;
  return tidy({ text, entities: [...without(entities, at, (one) => clashes(one) && !isJoined(one)), added] });
}

/** Telegram takes entities one inside another, but not half across each other: such are cut where they cross. A link is kept whole if it can be. */
export function nested({ text, entities }: Content): Content {
  const parts = [...entities].sort(inOrder);
  for (let at = 0; at < parts.length; at += 1) {
    const one = parts[at] as Entity;
    const other = parts.findIndex(
      ({ offset }, place) =>
        place > at &&
        one.offset < offset &&
        offset < endOf(one) &&
        endOf(one) < endOf(parts[place] as Entity),
    );
    const crossing = parts[other];
    if (!crossing) continue;
    const [place, whole, cut] =
      crossing.type === "text_link" || isBlock(crossing)
        ? [at, one, crossing.offset]
        : [other, crossing, endOf(one)];
    parts.splice(
      place,
      1,
      { ...whole, length: cut - whole.offset },
      { ...whole, offset: cut, length: endOf(whole) - cut },
    );
    parts.sort(inOrder);
    at = -1;
  }
  return { text, entities: parts };
}

/** Without links in the range. */
export const unlinked = ({ text, entities }: Content, range: Range): Content =>
  tidy({ text, entities: without(entities, range, ({ type }) => type === "text_link") });

/** The word that the cursor stands in or at; an empty range between words. */
export function wordAt(text: string, caret: number): Range {
  let [start, end] = [caret, caret];
  while (start > 0 && /\S/.test(text[start - 1] ?? "")) start -= 1;
  while (end < text.length && /\S/.test(text[end] ?? "")) end += 1;
  return { start, end };
}

/** A link that a person typed, as Telegram takes it; null when it is none. */
export function linkOf(typed: string): string | null {
  const bare = typed.trim();
  const url = /^[a-z][a-z0-9+.-]*:/i.test(bare) ? bare : `https://${bare.replace(/^@/, "t.me/")}`;
  if (!URL.canParse(url)) return null;
  const { protocol, hostname } = new URL(url);
  const isWeb = /^https?:$/.test(protocol) && /^[^.]+(\.[^.]+)+$/.test(hostname);
  return isWeb || protocol === "tg:" ? url : null;
}
