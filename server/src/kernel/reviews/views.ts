/** A review as its readers see it. */

import type { z } from "zod";
import type { PublicUser } from "../identity/shapes.ts";
import { answerUntil, stateOf } from "./rules.ts";
import { type moderatedReview, type Review, reportReason } from "./shapes.ts";
import type { ReviewRow } from "./tables.ts";

export type People = ReadonlyMap<string, PublicUser>;

/** `readerId` is null for a visitor. */
export function reviewView(row: ReviewRow, people: People, readerId: string | null, now: Date): Review {
  const state = stateOf(row);
  const isMine = row.authorId === readerId;
  const isAboutMe = row.personId === readerId;
  return {
    id: row.id,
    role: row.role,
    stars: row.stars,
    text: row.text,
    author: { firstName: people.get(row.authorId)?.firstName ?? "", isMe: isMine },
    isAboutMe,
    state,
    showAt: state === "waiting" ? row.showAt.toISOString() : null,
    hiddenWhy: row.hiddenWhy === null ? null : reportReason.parse(row.hiddenWhy),
    // Its writer goes on seeing a hidden answer.
    answer:
      row.answer === null || row.answeredAt === null || (row.answerHiddenAt !== null && !isAboutMe)
        ? null
        : { text: row.answer, at: row.answeredAt.toISOString() },
    answerUntil: isAboutMe ? (answerUntil(row, now)?.toISOString() ?? null) : null,
    createdAt: row.createdAt.toISOString(),
  };
}

export function moderatedView(row: ReviewRow, people: People, now: Date): z.input<typeof moderatedReview> {
  return {
    ...reviewView(row, people, null, now),
    answer:
      row.answer !== null && row.answeredAt !== null
        ? { text: row.answer, at: row.answeredAt.toISOString() }
        : null,
    subject: { kind: row.subjectKind, id: row.subjectId, title: row.subjectTitle },
    writer: known(people, row.authorId),
    person: known(people, row.personId),
    isAnswerHidden: row.answerHiddenAt !== null,
  };
}

export function known(people: People, userId: string): PublicUser {
  const found = people.get(userId);
  if (!found) throw new Error("assertion failed: who writes and is written about is a user");
  return found;
}
