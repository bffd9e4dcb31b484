/** What a post says, in one canonical form: what is agreed, hashed, sent, and compared with what stands in the channel. Pure. */
import type { AdData, CreativeDraft, Entity, PostedBy, RenderedPost } from "../shapes.ts";

/** A post without link preview, views, reactions and dates. */
export type Content = RenderedPost;

export const textMax = 4_096;
export const captionMax = 1_024;
const buttonsMax = 100;

/** Telegram finds these by itself; whether it did says nothing about what was agreed. */
const automatic = new Set([
  "mention",
  "hashtag",
  "cashtag",
  "bot_command",
  "url",
  "email",
  "phone_number",
  "text_mention",
  "bank_card",
]);

/** Cuts white space at the ends, as Telegram does, and moves the entities along; those that end up empty are dropped. */
export function trimmed<T extends { text: string; entities: Entity[] }>(draft: T): T {
  const start = draft.text.length - draft.text.trimStart().length;
  const text = draft.text.trim();
  const entities = draft.entities.flatMap((one) => {
    const from = Math.max(0, one.offset - start);
    const to = Math.min(text.length, one.offset + one.length - start);
    return to > from ? [{ ...one, offset: from, length: to - from }] : [];
  });
  return { ...draft, text, entities: sorted(entities) };
}

const sorted = (entities: Entity[]): Entity[] =>
  [...entities].sort(
    (a, b) => a.offset - b.offset || b.length - a.length || (a.type < b.type ? -1 : a.type > b.type ? 1 : 0),
  );

/** The line that marks an advertisement; null when there is nothing to mark it with. */
export function markingOf(ad: AdData | null): string | null {
  if (!ad || (!ad.erid && !ad.advertiserName)) return null;
  const whose = [ad.advertiserName, ad.advertiserInn ? `ИНН ${ad.advertiserInn}` : null].filter(Boolean);
  return [`Реклама.`, whose.length > 0 ? `${whose.join(", ")}.` : null, ad.erid ? `erid: ${ad.erid}` : null]
    .filter(Boolean)
    .join(" ");
}

/** As it will stand in the channel: the creative, and below it its marking. */
export function render(draft: CreativeDraft, ad: AdData | null): Content {
  const { text, entities, media, buttons } = trimmed(draft);
  const marking = markingOf(ad);
  return { text: [text, marking].filter(Boolean).join("\n\n"), entities, media, buttons };
}

/** What Telegram would refuse, as the name of an error; null when it can be posted. */
export function problemOf(
  content: Content,
  by: PostedBy,
):
  | "creative_empty"
  | "creative_too_long"
  | "creative_entities"
  | "creative_link"
  | "creative_buttons"
  | null {
  const { text, entities, media, buttons } = content;
  if (text === "" && media.length === 0) return "creative_empty";
  if (text.length > (media.length > 0 ? captionMax : textMax)) return "creative_too_long";
  if (entities.some((one) => one.offset + one.length > text.length)) return "creative_entities";
  if (entities.some((one) => (one.type === "text_link") !== (one.url !== undefined)))
    return "creative_entities";
  if (entities.some((one) => one.language !== undefined && one.type !== "pre")) return "creative_entities";
  if (cross(entities)) return "creative_entities";
  const urls = [...entities.flatMap((one) => one.url ?? []), ...buttons.flat().map((one) => one.url)];
  if (!urls.every(isLink)) return "creative_link";
  // Telegram puts no buttons under an album, and only bots can put them under a post.
  if (buttons.flat().length > buttonsMax || (buttons.length > 0 && (media.length > 1 || by === "publisher")))
    return "creative_buttons";
  return null;
}

/** Entities may nest, but not overlap in part. */
function cross(entities: Entity[]): boolean {
  return entities.some((a) =>
    entities.some((b) => {
      const endA = a.offset + a.length;
      return a.offset < b.offset && b.offset < endA && endA < b.offset + b.length;
    }),
  );
}

function isLink(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === "tg:" || ((protocol === "https:" || protocol === "http:") && hostname.includes("."));
}

/** The part of a content that is compared and hashed. Photos are compared by number: an upload gets a new name each time. */
export function canonical(content: Content): Record<string, unknown> {
  return {
    text: content.text,
    entities: sorted(content.entities)
      .filter((one) => !automatic.has(one.type))
      .map(({ type, offset, length, url, language }) => ({
        type,
        offset,
        length,
        ...(url === undefined ? {} : { url: normalUrl(url) }),
        ...(language === undefined ? {} : { language }),
      })),
    buttons: content.buttons.map((row) => row.map(({ text, url }) => ({ text, url: normalUrl(url) }))),
    media: content.media.map((one) => ({ type: one.type })),
  };
}

/** Under the hash of the terms the files are named too. */
export const agreedForm = (content: Content): Record<string, unknown> => ({
  ...canonical(content),
  media: content.media,
});

function normalUrl(url: string): string {
  return URL.canParse(url) ? new URL(url).href : url;
}

export function isSameContent(a: Content, b: Content): boolean {
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

/** For sources that show only the words: white space is theirs. */
export const wordsOf = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
