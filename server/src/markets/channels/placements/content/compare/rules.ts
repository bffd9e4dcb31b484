/** What of a post can be compared, and how two versions of it differ. A witness says only what it could see. Pure. */
import type { Entity } from "../../shapes.ts";
import { type Content, canonical, wordsOf } from "../rules.ts";

/** `photos` is their number, `pictures` which ones they are. */
export const aspects = ["words", "links", "format", "photos", "pictures", "buttons"] as const;
export type Aspect = (typeof aspects)[number];

/** A post with Telegram's names of its pictures, one for each; none where nobody has seen them. */
export type Seen = { content: Content; pictureIds: readonly string[] };

/** What must have been compared before a post counts as what was agreed. */
export const neededFor = (content: Content): Aspect[] =>
  aspects.filter((one) => content.media.length > 0 || (one !== "photos" && one !== "pictures"));

const isLink = (one: Entity): boolean => one.type === "text_link";
const said = (value: unknown): string => JSON.stringify(value);
const part = (content: Content, keep: (one: Entity) => boolean): unknown =>
  canonical({ ...content, entities: content.entities.filter(keep) }).entities;

/** Where a link lies by its words: white space is a page's own. */
const linksOf = (content: Content): unknown => {
  const found = canonical({ ...content, entities: content.entities.filter(isLink) }).entities as Entity[];
  return found
    .map(
      ({ offset, length, url }) => [wordsOf(content.text.slice(offset, offset + length)), url ?? ""] as const,
    )
    .filter(([words, url]) => !showsAddress(words, url));
};

/** A link under its own address is one that Telegram makes by itself: the page does not tell the two apart. */
function showsAddress(words: string, url: string): boolean {
  const bare = (address: string) =>
    address
      .replace(/^https?:\/\//i, "")
      .replace(/\/$/, "")
      .toLowerCase();
  return bare(words) === bare(url);
}

const isSame: Record<Aspect, (a: Seen, b: Seen) => boolean> = {
  words: (a, b) => wordsOf(a.content.text) === wordsOf(b.content.text),
  links: (a, b) => said(linksOf(a.content)) === said(linksOf(b.content)),
  format: (a, b) =>
    said(part(a.content, (one) => !isLink(one))) === said(part(b.content, (one) => !isLink(one))),
  photos: (a, b) => a.content.media.length === b.content.media.length,
  pictures: (a, b) => said(a.pictureIds) === said(b.pictureIds),
  buttons: (a, b) => said(canonical(a.content).buttons) === said(canonical(b.content).buttons),
};

export type Compared = { same: Aspect[]; differs: Aspect[] };

/** `seen` beside what counts as unchanged, in what the witness can see of it. Pictures that nobody knows yet are not compared. */
export function compare(seen: Seen, accepted: Seen, sees: readonly Aspect[]): Compared {
  const compared: Compared = { same: [], differs: [] };
  for (const one of aspects) {
    if (!sees.includes(one)) continue;
    if (one === "pictures" && (seen.pictureIds.length === 0 || accepted.pictureIds.length === 0)) continue;
    compared[isSame[one](seen, accepted) ? "same" : "differs"].push(one);
  }
  return compared;
}
