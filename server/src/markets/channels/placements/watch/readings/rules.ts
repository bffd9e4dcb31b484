/** What the witnesses of a post say, and what it comes to. Pure. */
import { type Content, wordsOf } from "../../content/rules.ts";
import type { PostedBy, PostState } from "../../shapes.ts";

export type Witness = "probe" | "forward" | "page" | "update";
export type Reading = {
  witness: Witness;
  verdict: PostState;
  /** For bad words: the same path answered well to a control within the same minute. */
  isControlled: boolean;
  /** Whether it saw what the post says, or only that it is there. */
  sawContent: boolean;
  text?: string | undefined;
  content?: Content | undefined;
  reason?: string | undefined;
};
/** Who can see a post besides the updates. The bot's own post answers to an edit that changes nothing; a forward needs our log chat. */
export function witnessesFor(given: {
  postedBy: PostedBy;
  isPublic: boolean;
  hasLogChat: boolean;
}): Witness[] {
  return [
    ...(given.postedBy === "bot" ? (["probe"] as const) : []),
    ...(given.hasLogChat ? (["forward"] as const) : []),
    ...(given.isPublic ? (["page"] as const) : []),
  ];
}

/**
 * The public page shows words alone. Of an edit that left the words as they were (another link, picture or button), or of which it is not
 * known what it says, the page cannot tell that it was taken back: to it the post is merely there.
 */
export function pageSeesWords(
  readings: readonly Reading[],
  suspect: { kind: PostState; text?: string | undefined; content?: Content | undefined } | null,
  accepted: Content | null,
): Reading[] {
  const isBeyondWords =
    suspect?.kind === "edited" &&
    (suspect.content
      ? wordsOf(suspect.content.text) === wordsOf(accepted?.text ?? "")
      : suspect.text === undefined);
  if (!isBeyondWords) return [...readings];
  return readings.map((one) =>
    one.witness === "page" && one.verdict === "alive" ? { ...one, sawContent: false } : one,
  );
}

export type Combined = {
  verdict: PostState;
  witnesses: Witness[];
  /** Where they contradict each other: those who saw it unharmed. They take back what they said against it before. */
  unharmed: Witness[];
  sawContent: boolean;
  text?: string | undefined;
  content?: Content | undefined;
};

/** One word from several witnesses. Bad words without a control are dropped; "there" and "gone" at once is no word at all. */
export function combine(readings: readonly Reading[]): Combined {
  const sure = readings.filter(
    ({ verdict, isControlled }) => verdict !== "unknown" && (verdict === "alive" || isControlled),
  );
  const of = (verdict: PostState) => sure.filter((one) => one.verdict === verdict);
  const names = (from: Reading[]): Witness[] => [...new Set(from.map(({ witness }) => witness))];
  const word = (verdict: PostState, from: Reading[], unharmed: Reading[] = []): Combined => ({
    verdict,
    witnesses: names(from),
    unharmed: names(unharmed),
    sawContent: from.some(({ sawContent }) => sawContent),
    ...from.reduce(
      (all, { text, content }) => ({ text: all.text ?? text, content: all.content ?? content }),
      {} as Pick<Combined, "text" | "content">,
    ),
  });
  const hidden = of("breach");
  if (hidden.length > 0) return word("breach", hidden);
  const [gone, edited, alive] = [of("gone"), of("edited"), of("alive")];
  const there = [...alive, ...edited];
  if (gone.length > 0) return there.length > 0 ? word("unknown", [], there) : word("gone", gone);
  if (edited.length > 0) {
    // Two that both saw the words and do not agree on them: one of them is behind.
    const unchanged = alive.filter(({ sawContent }) => sawContent);
    return unchanged.length > 0 ? word("unknown", [], unchanged) : word("edited", edited);
  }
  return alive.length > 0 ? word("alive", alive) : word("unknown", []);
}
