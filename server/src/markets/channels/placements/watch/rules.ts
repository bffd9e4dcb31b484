/**
 * What looks at a post mean and what follows. Pure; instants in milliseconds, `chance(n)` a number from 0 to n − 1 that nobody can
 * foretell. One look is no verdict: a bad word counts only with a control, and money moves only after two, minutes apart, from two
 * witnesses. Unknown decides nothing.
 */
import type { Aspect } from "../content/compare/rules.ts";
import type { PostState } from "../shapes.ts";
import {
  type Act,
  confirmMs,
  type Decision,
  decisionAt,
  graceMs,
  type Suspect,
  shareAt,
  topPenalty,
  type Watch,
} from "./doubt/rules.ts";
import { nextRegular, toleranceMs, withTop } from "./plan/rules.ts";
import { type Combined, combine, type Reading, seenByBoth, type Witness } from "./readings/rules.ts";

const minute = 60_000;
const hour = 60 * minute;
/** Two bad words closer together than this are one. */
const apartMs = 2 * minute;
/** The advertiser has this long to say whether an edit is all right. */
const answerMs = 12 * hour;
/** Before the contract's clock pays by itself, doubt becomes a matter for a person. */
const freezeMs = hour;
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
  if (decision.act.type !== "none") return { ...decision, nextLookAt: null };
  const { nextLookAt } = decision;
  const next = nextLookAt === null ? null : withTop(watch, nextLookAt, now, chance);
  return heldBack(watch, { ...decision, nextLookAt: next }, now);
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
  // Whoever does not see what was changed cannot say that it was taken back.
  if (suspect?.kind === "edited" && !covers(seen.same, differencesOf(suspect) ?? watch.needed))
    return { state: "edited", suspect, nextLookAt: soon(ground), news: null, ...decided(ground, suspect) };
  const isOver = now >= watch.feedUntil - toleranceMs;
  return {
    state: "alive",
    suspect: null,
    lastAliveAt: isLookedAt(seen)
      ? now
      : Math.max(watch.lastAliveAt ?? 0, Math.min(now, ground.editedAt ?? now)),
    // That it is there is not yet that it is what was agreed: at the end two have to see it, and every part of it has to be compared.
    nextLookAt: isOver ? now + 5 * minute : nextRegular(watch, now, chance),
    news: suspect ? "restored" : null,
    // Nor is anything verified that the chain has not taken: it would be looked at no more, and pay nobody.
    ...(isOver && isLookedAt(seen) && isProved(watch, seen) && watch.until !== null
      ? { act: ending(watch) }
      : {}),
  };
}

/** An update tells of a moment, however late it comes, and of nothing since: it decides nothing, the next look does. */
const isLookedAt = (seen: Combined): boolean => seen.witnesses.some((one) => one !== "update");

const differencesOf = ({ differs }: Suspect): Aspect[] | undefined =>
  differs && (Object.keys(differs) as Aspect[]);
const covers = (same: readonly Aspect[], needed: readonly Aspect[]): boolean =>
  needed.every((one) => same.includes(one));
const isProved = (watch: Watch, seen: Combined): boolean =>
  seen.witnesses.length >= 2 && covers(seen.same, watch.needed);

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
        differs: seenByBoth(known.differs ?? {}, seen.differs),
        ...(seen.text === undefined || (seen.text === known.text && !seen.content) ? {} : standing(seen)),
      }
    : {
        kind: "edited",
        since: iso(Math.max(watch.postedAt, Math.min(editedAt ?? now, now))),
        firstSeenAt: iso(now),
        witnesses: seen.witnesses,
        differs: seen.differs,
        ...standing(seen),
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

/** What stands there now, as far as somebody read it. */
const standing = ({ text, content, pictureIds }: Combined): Partial<Suspect> => ({
  text,
  content,
  pictureIds,
});

/** An edit that nobody accepted, seen by two, after the time to accept it. */
function decided({ watch, seen, now }: Ground, suspect: Suspect): { act?: Act } {
  const isDue = suspect.isRejected === true || now >= decisionAt(suspect);
  // Two who saw two different things are two that stand alone.
  const isSeenByTwo = Object.values(suspect.differs ?? {}).some((by) => by.length >= 2);
  const isSure = isSeenByTwo && now - Date.parse(suspect.firstSeenAt) >= apartMs;
  if (!isDue || !isSure || seen.verdict !== "edited" || !isLookedAt(seen)) return {};
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
    : { kind: "gone", ...lossOf(watch, watch.lastAliveAt), firstSeenAt: iso(now), witnesses: seen.witnesses };
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

/** Our sight was taken. Whoever still sees the post proves its life; two have to have seen that we were shut out. */
function onHidden(ground: Ground): Step {
  const { watch, seen, now } = ground;
  const known = watch.suspect?.kind === "breach" ? watch.suspect : null;
  const lastAliveAt = seen.isThere ? now : watch.lastAliveAt;
  const loss = lossOf(watch, lastAliveAt);
  const suspect: Suspect = known
    ? { ...known, ...loss, witnesses: merged(known, seen) }
    : { kind: "breach", ...loss, firstSeenAt: iso(now), witnesses: seen.witnesses };
  const first = Date.parse(suspect.firstSeenAt);
  const isSure = known !== null && suspect.witnesses.length >= 2 && isLookedAt(seen);
  const isDue = isSure && now - first >= graceMs && first <= watch.feedUntil;
  const act: Act = {
    type: "breach",
    sellerBps: below(shareAt(watch, Date.parse(suspect.since))),
    reason: "post_hidden",
  };
  return {
    state: "breach",
    suspect,
    ...(lastAliveAt === null ? {} : { lastAliveAt }),
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
  const left = Object.entries(suspect.differs ?? {}).map(
    ([one, by]) => [one, by.filter((witness) => !unharmed.includes(witness))] as const,
  );
  const differs = suspect.differs ? { differs: Object.fromEntries(left) } : {};
  return witnesses.length === 0 ? null : { ...suspect, ...differs, witnesses };
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
function lossOf(watch: Watch, lastAliveAt: number | null): Pick<Suspect, "since" | "cap"> {
  const { suspect } = watch;
  const cap = suspect?.kind === "edited" ? suspect.since : suspect?.cap;
  const last = lastAliveAt ?? watch.postedAt;
  return {
    since: iso(cap === undefined ? last : Math.min(last, Date.parse(cap))),
    ...(cap === undefined ? {} : { cap }),
  };
}

const merged = (known: Suspect, seen: Combined): Witness[] => [
  ...new Set([...known.witnesses, ...seen.witnesses]),
];
const below = (bps: number): number => Math.min(9_999, bps);
const iso = (at: number): string => new Date(at).toISOString();
