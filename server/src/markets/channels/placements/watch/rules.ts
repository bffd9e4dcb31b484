/** Doubt about a post, kept until it is settled. */
import type { PostedBy, PostState } from "../shapes.ts";

export type Witness = "probe" | "forward" | "page" | "update";
export type Suspect = {
  kind: Extract<PostState, "edited" | "gone" | "breach">;
  /** When it began, as far as we know; ISO. */
  since: string;
  /** When it was first seen; ISO. */
  firstSeenAt: string;
  witnesses: Witness[];
  /** An edit: what stands there now, and until when the advertiser may accept it. */
  text?: string;
  answerBy?: string;
  isRejected?: boolean;
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

const minute = 60_000;
const hour = 60 * minute;
/** A post that seems gone is looked for again after this; only then it counts. */
export const confirmMs = 3 * minute;
/** Whoever takes our sight away has this long to give it back. */
export const graceMs = 2 * hour;

/** When a doubt is decided; milliseconds. */
export function decisionAt(suspect: Suspect): number {
  const first = Date.parse(suspect.firstSeenAt);
  if (suspect.kind === "edited") return suspect.answerBy ? Date.parse(suspect.answerBy) : first;
  return first + (suspect.kind === "gone" ? confirmMs : graceMs);
}
