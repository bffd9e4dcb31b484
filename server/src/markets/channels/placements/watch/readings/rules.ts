/** What the witnesses of a post say, and what it comes to. Pure. */
import { type Aspect, aspects } from "../../content/compare/rules.ts";
import type { Content } from "../../content/rules.ts";
import type { PostedBy, PostState } from "../../shapes.ts";

export type Witness = "probe" | "forward" | "page" | "update";
export type Reading = {
  witness: Witness;
  verdict: PostState;
  /** For bad words: the same path answered well to a control within the same minute. */
  isControlled: boolean;
  /** What it compared and found as accepted. What it cannot see is in neither list: not compared is not the same. */
  same: Aspect[];
  /** Of an edit: what is different. */
  differs: Aspect[];
  text?: string | undefined;
  content?: Content | undefined;
  /** Telegram's names of the pictures that stand there now. */
  pictureIds?: string[] | undefined;
  reason?: string | undefined;
};

type Ways = { postedBy: PostedBy; isPublic: boolean; hasLogChat: boolean };

/** Who can see a post besides the updates. The bot's own post answers to an edit that changes nothing; a forward needs our log chat. */
export function witnessesFor(given: Ways): Witness[] {
  return [
    ...(given.postedBy === "bot" ? (["probe"] as const) : []),
    ...(given.hasLogChat ? (["forward"] as const) : []),
    ...(given.isPublic ? (["page"] as const) : []),
  ];
}

/** What each of them can see. The page shows neither formatting for certain nor which picture it is; a probe only the buttons. */
export const sights: Record<Witness, readonly Aspect[]> = {
  probe: ["buttons"],
  forward: aspects,
  page: ["words", "links", "photos", "buttons"],
  update: aspects,
};

/** Two independent ways at least, and among them somebody who sees each part of the post: else no deal is opened on it. */
export function isWatchable(given: Ways, needed: readonly Aspect[]): boolean {
  const asked = witnessesFor(given);
  return asked.length >= 2 && needed.every((one) => asked.some((witness) => sights[witness].includes(one)));
}

export type SeenBy = Partial<Record<Aspect, Witness[]>>;

/** Two lists of who saw what, as one. */
export function seenByBoth(a: SeenBy, b: SeenBy): SeenBy {
  const parts = aspects.filter((one) => a[one] || b[one]);
  return Object.fromEntries(parts.map((one) => [one, [...new Set([...(a[one] ?? []), ...(b[one] ?? [])])]]));
}

export type Combined = {
  verdict: PostState;
  witnesses: Witness[];
  /** Where they contradict each other: those who saw it unharmed. They take back what they said against it before. */
  unharmed: Witness[];
  /** Whether somebody saw it there and unharmed, whatever else is wrong. */
  isThere: boolean;
  same: Aspect[];
  /** Of an edit: each difference, and who saw it. */
  differs: SeenBy;
  text?: string | undefined;
  content?: Content | undefined;
  pictureIds?: string[] | undefined;
};

/** One word from several witnesses. Bad words without a control are dropped; "there" and "gone" at once is no word at all. */
export function combine(readings: readonly Reading[]): Combined {
  const sure = readings.filter(
    ({ verdict, isControlled }) => verdict !== "unknown" && (verdict === "alive" || isControlled),
  );
  const of = (verdict: PostState) => sure.filter((one) => one.verdict === verdict);
  const [hidden, gone, edited, alive] = [of("breach"), of("gone"), of("edited"), of("alive")];
  const there = [...alive, ...edited];
  const word = (verdict: PostState, from: Reading[], unharmed: Reading[] = []): Combined => ({
    verdict,
    witnesses: names(from),
    unharmed: names(unharmed),
    isThere: alive.length > 0 && edited.length === 0 && gone.length === 0,
    same: union(from.map(({ same }) => same)),
    differs: from
      .map(({ witness, differs }) => Object.fromEntries(differs.map((one) => [one, [witness]])) as SeenBy)
      .reduce(seenByBoth, {}),
    ...from.reduce(
      (all, { text, content, pictureIds }) => ({
        text: all.text ?? text,
        content: all.content ?? content,
        pictureIds: all.pictureIds ?? pictureIds,
      }),
      {} as Pick<Combined, "text" | "content" | "pictureIds">,
    ),
  });
  if (hidden.length > 0) return word("breach", hidden);
  if (gone.length > 0) return there.length > 0 ? word("unknown", [], there) : word("gone", gone);
  if (edited.length > 0) {
    const different = union(edited.map(({ differs }) => differs));
    // Two that both looked at the same part and do not agree on it: one of them is behind.
    const unchanged = alive.filter(({ same }) => same.some((one) => different.includes(one)));
    return unchanged.length > 0 ? word("unknown", [], unchanged) : word("edited", edited);
  }
  return alive.length > 0 ? word("alive", alive) : word("unknown", []);
}

const names = (from: readonly Reading[]): Witness[] => [...new Set(from.map(({ witness }) => witness))];
const union = (lists: readonly Aspect[][]): Aspect[] =>
  aspects.filter((one) => lists.some((list) => list.includes(one)));
