/** A post's text as pieces to draw: paragraphs, quotes and blocks of code, each of runs that look alike. Pure. */
import type { Content, Entity, EntityKind } from "./content.ts";

export interface Run {
  /** Where it begins in the text. */
  readonly at: number;
  readonly text: string;
  readonly kinds: readonly EntityKind[];
  /** Where it leads: a link of the author's, or one that Telegram finds by itself. */
  readonly url: string | null;
}
export interface Block {
  readonly at: number;
  readonly kind: "text" | "quote" | "long_quote" | "pre";
  readonly runs: readonly Run[];
}

/** Links, names and tags that Telegram paints by itself. */
const found =
  /https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)\]]|(?<![\w@])@[a-z]\w{3,31}|(?<![\w#])#[\p{L}\d_]*[\p{L}_][\p{L}\d_]*/giu;

interface Span {
  readonly start: number;
  readonly end: number;
  readonly url: string;
}

const spansOf = (text: string): Span[] =>
  [...text.matchAll(found)].map(({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    url: word.startsWith("http") ? word : "",
  }));

const blockKinds: Partial<Record<EntityKind, Block["kind"]>> = {
  pre: "pre",
  blockquote: "quote",
  expandable_blockquote: "long_quote",
};

const covers = ({ offset, length }: Entity, start: number, end: number): boolean =>
  offset <= start && offset + length >= end;

/** Never loses a character: the runs' texts in order are the text, but for the line breaks that a block makes by itself. */
export function blocksOf({ text, entities }: Content): Block[] {
  const spans = spansOf(text);
  const marks = [
    0,
    text.length,
    ...entities.flatMap(({ offset, length }) => [offset, offset + length]),
    ...spans.flatMap(({ start, end }) => [start, end]),
  ];
  const bounds = [...new Set(marks)].filter((at) => at >= 0 && at <= text.length).sort((a, b) => a - b);
  const blocks: { at: number; kind: Block["kind"]; of: Entity | null; runs: Run[] }[] = [];
  for (let index = 0; index + 1 < bounds.length; index += 1) {
    const [start = 0, end = 0] = [bounds[index], bounds[index + 1]];
    const active = entities.filter((one) => covers(one, start, end));
    const of = active.find(({ type }) => blockKinds[type]) ?? null;
    const inner = active.filter(({ type }) => !blockKinds[type]);
    const isCode = of?.type === "pre" || inner.some(({ type }) => type === "code");
    const span = isCode ? undefined : spans.find((one) => one.start <= start && one.end >= end);
    const url = inner.find(({ type }) => type === "text_link")?.url ?? span?.url ?? null;
    const run: Run = { at: start, text: text.slice(start, end), kinds: inner.map(({ type }) => type), url };
    const last = blocks.at(-1);
    if (last && last.of === of) last.runs.push(run);
    else blocks.push({ at: start, kind: (of && blockKinds[of.type]) || "text", of, runs: [run] });
  }
  return blocks
    .map(({ at, kind, runs }, place) =>
      kind === "text"
        ? { at, kind, runs: withoutBreaks(runs, place > 0, place < blocks.length - 1) }
        : { at, kind, runs },
    )
    .filter(({ runs }) => runs.length > 0);
}

/** The line break beside a quote is the quote's own. */
function withoutBreaks(runs: readonly Run[], isAfterBlock: boolean, isBeforeBlock: boolean): Run[] {
  const last = runs.length - 1;
  return runs
    .map((run, place) => {
      let { text } = run;
      if (isAfterBlock && place === 0) text = text.replace(/^\n/, "");
      if (isBeforeBlock && place === last) text = text.replace(/\n$/, "");
      return { ...run, text };
    })
    .filter(({ text }) => text !== "");
}

/** How many pictures stand in each row of an album of so many, as Telegram lays them out. */
export function albumRows(count: number): number[] {
  const rows: Readonly<Record<number, number[]>> = {
    1: [1],
    2: [2],
    3: [1, 2],
    4: [1, 3],
    5: [2, 3],
    6: [3, 3],
    7: [2, 2, 3],
    8: [2, 3, 3],
    9: [3, 3, 3],
    10: [3, 3, 4],
  };
  return rows[Math.min(count, 10)] ?? [];
}
