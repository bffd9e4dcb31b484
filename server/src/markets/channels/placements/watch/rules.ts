/**
 * What looks at a post mean and what follows. Pure; instants in milliseconds, `chance(n)` a number from 0 to n − 1 that nobody can
 * foretell. One look is no verdict: a bad word counts only with a control, and money moves only after two, minutes apart, from two
 * witnesses. Unknown decides nothing.
 */
import type { Content } from "../content/rules.ts";
import type { PostState } from "../shapes.ts";
import { type Combined, combine, type Reading, type Witness } from "./readings/rules.ts";

export type Suspect = {
  kind: Extract<PostState, "edited" | "gone" | "breach">;
  /** When it began, as far as we know; ISO. */
  since: string;
  firstSeenAt: string;
  witnesses: Witness[];
  /** An edit: what stands there now, and until when the advertiser may accept it. */
  text?: string | undefined;
  content?: Content | undefined;
  answerBy?: string | undefined;
  isRejected?: boolean | undefined;
};

const minute = 60_000;
const hour = 60 * minute;
/** A post that seems gone is looked for again after this; only then it counts. */
const confirmMs = 3 * minute;
/** Two bad words closer together than this are one. */
const apartMs = 2 * minute;
/** Whoever takes our sight away has this long to give it back. */
const graceMs = 2 * hour;
/** The advertiser has this long to say whether an edit is all right. */
const answerMs = 12 * hour;
/** Seen this close to the end of the agreed hours, it has stood to their end. */
const toleranceMs = 5 * minute;
const bandMs = 3 * hour;
/** Before the contract's clock pays by itself, doubt becomes a matter for a person. */
const freezeMs = hour;
/** Share of the price for "nothing above it": what a post that was pushed down in its first hours loses of it, by the time lost. */
export const topShareBps = 3_000;

/** When a doubt is decided. */
export function decisionAt(suspect: Suspect): number {
  const first = Date.parse(suspect.firstSeenAt);
  if (suspect.kind === "edited") return suspect.answerBy ? Date.parse(suspect.answerBy) : first;
  return first + (suspect.kind === "gone" ? confirmMs : graceMs);
}

export type Watch = {
  postedAt: number;
  feedUntil: number;
  topUntil: number | null;
  topBrokenAt: number | null;
  lastAliveAt: number | null;
  suspect: Suspect | null;
  /** End of the hold on the chain; null while the chain has not taken the delivery. */
  until: number | null;
};
export type Act =
  | { type: "none" }
  | { type: "verify" }
  | {
      type: "breach";
      sellerBps: number;
      reason: "post_removed" | "post_edited" | "post_hidden" | "top_broken";
    }
  | { type: "freeze"; reason: "unknown" | "post_unseen" };
export type Decision = {
  state: PostState;
  suspect: Suspect | null;
  lastAliveAt: number | null;
  act: Act;
  /** Null when nothing is left to look at. */
  nextLookAt: number | null;
  news: "edited" | "gone" | "hidden" | "restored" | null;
};

/** The seller's share for a post that stood until `at`, less what a broken "nothing above it" costs. */
export function shareAt(watch: Watch, at: number): number {
  const whole = watch.feedUntil - watch.postedAt;
  const stood = Math.min(whole, Math.max(0, at - watch.postedAt));
  return Math.max(0, Math.floor((10_000 * stood) / whole) - topPenalty(watch));
}

function topPenalty({ postedAt, topUntil, topBrokenAt }: Watch): number {
  if (topUntil === null || topBrokenAt === null || topBrokenAt >= topUntil) return 0;
  const lost = (topUntil - Math.max(postedAt, topBrokenAt)) / (topUntil - postedAt);
  return Math.ceil(topShareBps * lost);
}

/** The next regular look: some time in the next band, and at last within the final minutes. */
export function nextRegular(
  watch: Pick<Watch, "postedAt" | "feedUntil">,
  now: number,
  chance: (below: number) => number,
): number {
  const band = Math.min(bandMs, Math.floor((watch.feedUntil - watch.postedAt) / 3));
  const final = watch.feedUntil - chance(90_000);
  const next = now < watch.postedAt + minute ? 0 : Math.floor((now - watch.postedAt) / band) + 1;
  const at = watch.postedAt + next * band + chance(band);
  return Math.max(now + minute, at >= watch.feedUntil - toleranceMs ? final : at);
}

type Ground = {
  watch: Watch;
  seen: Combined;
  now: number;
  chance: (below: number) => number;
  editedAt: number | null;
};
type Step = Omit<Decision, "lastAliveAt" | "act"> & { act?: Act; lastAliveAt?: number };

/** What this look means for the post and the deal. `editedAt`: when Telegram says that it was edited. */
export function judge(
  watch: Watch,
  readings: readonly Reading[],
  now: number,
  chance: (below: number) => number,
  editedAt: number | null = null,
): Decision {
  const ground: Ground = { watch, seen: combine(readings), now, chance, editedAt };
  const step = steps[ground.seen.verdict](ground);
  const decision: Decision = { act: { type: "none" }, lastAliveAt: watch.lastAliveAt, ...step };
  return decision.act.type === "none" ? heldBack(watch, decision, now) : { ...decision, nextLookAt: null };
}

/** Doubt must be settled, or handed to a person, before the contract pays by itself. */
function heldBack(watch: Watch, decision: Decision, now: number): Decision {
  if (watch.until === null) return decision;
  const freezeAt = watch.until - freezeMs;
  if (now < freezeAt) return { ...decision, nextLookAt: Math.min(decision.nextLookAt ?? freezeAt, freezeAt) };
  const reason = decision.suspect ? "post_unseen" : "unknown";
  return { ...decision, act: { type: "freeze", reason }, nextLookAt: null };
}

const steps: Record<PostState, (ground: Ground) => Step> = {
  alive: onAlive,
  edited: onEdited,
  gone: onGone,
  breach: onHidden,
  unknown: onUnknown,
};

function onAlive(ground: Ground): Step {
  const { watch, seen, now, chance } = ground;
  const { suspect } = watch;
  // Whoever only sees that it is there cannot say that an edit was taken back.
  if (suspect?.kind === "edited" && !seen.sawContent)
    return { state: "edited", suspect, nextLookAt: soon(ground), news: null, ...decided(ground, suspect) };
  // An update tells of the moment of the edit, however late it comes, and decides nothing: the next look does.
  const isLookedAt = seen.witnesses.some((one) => one !== "update");
  const isOver = now >= watch.feedUntil - toleranceMs;
  return {
    state: "alive",
    suspect: null,
    lastAliveAt: isLookedAt ? now : Math.max(watch.lastAliveAt ?? 0, Math.min(now, ground.editedAt ?? now)),
    // That it is there is not yet that it says what was agreed: at the end somebody has to have read it.
    nextLookAt: isOver ? now + 5 * minute : nextRegular(watch, now, chance),
    news: suspect ? "restored" : null,
    // Nor is anything verified that the chain has not taken: it would be looked at no more, and pay nobody.
    ...(isOver && isLookedAt && seen.sawContent && watch.until !== null ? { act: ending(watch) } : {}),
  };
}

/** The agreed hours are over and it stands. */
function ending(watch: Watch): Act {
  const sellerBps = 10_000 - topPenalty(watch);
  return sellerBps === 10_000 ? { type: "verify" } : { type: "breach", sellerBps, reason: "top_broken" };
}

function onEdited(ground: Ground): Step {
  const { watch, seen, now, editedAt } = ground;
  const known = watch.suspect?.kind === "edited" ? watch.suspect : null;
  // Changed when nobody had a right to it any more, or at a time that nobody knows.
  if (!known && now > watch.feedUntil && !(editedAt !== null && editedAt <= watch.feedUntil))
    return onUnknown(ground);
  const suspect: Suspect = known
    ? {
        ...known,
        witnesses: merged(known, seen),
        text: seen.text ?? known.text,
        content: seen.content ?? known.content,
      }
    : {
        kind: "edited",
        since: iso(Math.max(watch.postedAt, Math.min(editedAt ?? now, now))),
        firstSeenAt: iso(now),
        witnesses: seen.witnesses,
        text: seen.text,
        content: seen.content,
        answerBy: iso(Math.min(now + answerMs, watch.feedUntil + hour)),
      };
  return {
    state: "edited",
    suspect,
    nextLookAt: Math.min(
      soon({ ...ground, watch: { ...watch, suspect } }),
      Math.max(now + minute, decisionAt(suspect)),
    ),
    news: known ? null : "edited",
    ...decided(ground, suspect),
  };
}

/** An edit that nobody accepted, seen by two, after the time to accept it. */
function decided({ watch, seen, now }: Ground, suspect: Suspect): { act?: Act } {
  const isDue = suspect.isRejected === true || now >= decisionAt(suspect);
  const isSure = suspect.witnesses.length >= 2 && now - Date.parse(suspect.firstSeenAt) >= apartMs;
  if (!isDue || !isSure || seen.verdict !== "edited") return {};
  return {
    act: {
      type: "breach",
      sellerBps: below(shareAt(watch, Date.parse(suspect.since))),
      reason: "post_edited",
    },
  };
}

function onGone(ground: Ground): Step {
  const { watch, seen, now, chance } = ground;
  const known = watch.suspect?.kind === "gone" ? watch.suspect : null;
  const suspect: Suspect = known
    ? { ...known, witnesses: merged(known, seen) }
    : { kind: "gone", since: lossOf(watch), firstSeenAt: iso(now), witnesses: seen.witnesses };
  const first = Date.parse(suspect.firstSeenAt);
  const isSure = known !== null && now - first >= apartMs && suspect.witnesses.length >= 2;
  // Missed only after the agreed hours: it may well have stood to their end.
  const isInTime = first <= watch.feedUntil;
  const act: Act = {
    type: "breach",
    sellerBps: below(shareAt(watch, Date.parse(suspect.since))),
    reason: "post_removed",
  };
  return {
    state: "gone",
    suspect,
    nextLookAt: now - first < confirmMs ? first + confirmMs + chance(minute) : now + 10 * minute,
    news: known ? null : "gone",
    ...(isSure && isInTime ? { act } : {}),
  };
}

function onHidden(ground: Ground): Step {
  const { watch, seen, now } = ground;
  const known = watch.suspect?.kind === "breach" ? watch.suspect : null;
  const suspect: Suspect = known
    ? { ...known, witnesses: merged(known, seen) }
    : { kind: "breach", since: lossOf(watch), firstSeenAt: iso(now), witnesses: seen.witnesses };
  const first = Date.parse(suspect.firstSeenAt);
  const isDue = known !== null && now - first >= graceMs && first <= watch.feedUntil;
  const act: Act = {
    type: "breach",
    sellerBps: below(shareAt(watch, Date.parse(suspect.since))),
    reason: "post_hidden",
  };
  return {
    state: "breach",
    suspect,
    nextLookAt: Math.min(now + 20 * minute, Math.max(now + minute, first + graceMs)),
    news: known ? null : "hidden",
    ...(isDue ? { act } : {}),
  };
}

function onUnknown(ground: Ground): Step {
  const suspect = withdrawn(ground.watch.suspect, ground.seen.unharmed);
  const next = soon({ ...ground, watch: { ...ground.watch, suspect } });
  return { state: suspect?.kind ?? "unknown", suspect, nextLookAt: next, news: null };
}

/** A witness who now sees the post unharmed takes back what it said; a doubt without witnesses is none. */
function withdrawn(suspect: Suspect | null, unharmed: readonly Witness[]): Suspect | null {
  if (!suspect || unharmed.length === 0) return suspect;
  const witnesses = suspect.witnesses.filter((one) => !unharmed.includes(one));
  return witnesses.length === 0 ? null : { ...suspect, witnesses };
}

/** Sooner than the regular look where something is open or the end is near. */
function soon({ watch, now, chance }: Ground): number {
  if (now >= watch.feedUntil - toleranceMs) return now + 5 * minute;
  const regular = nextRegular(watch, now, chance);
  if (!watch.suspect) return Math.min(regular, now + 30 * minute);
  return watch.suspect.kind === "edited" && !watch.suspect.isRejected && now < decisionAt(watch.suspect)
    ? Math.min(regular, decisionAt(watch.suspect))
    : Math.min(regular, now + 10 * minute);
}

/** What a later loss goes back to: an edit that was not settled, else the last proof of life. */
function lossOf(watch: Watch): string {
  const last = watch.lastAliveAt ?? watch.postedAt;
  const open = watch.suspect ? Date.parse(watch.suspect.since) : last;
  return iso(Math.min(last, open));
}

const merged = (known: Suspect, seen: Combined): Witness[] => [
  ...new Set([...known.witnesses, ...seen.witnesses]),
];
const below = (bps: number): number => Math.min(9_999, bps);
const iso = (at: number): string => new Date(at).toISOString();
