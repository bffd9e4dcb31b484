/** A listing that is being written, and what is still wrong with it. Words: `market:sell.problem.<name>`. */
import { parseAmount, scales } from "../../../../kit/amount.ts";
import { config } from "../../kernel/config.ts";
import type { Category, Channel } from "./queries.ts";

export interface Draft {
  channel: Channel | null;
  title: string;
  description: string;
  category: Category | null;
  /** As typed. */
  price: string;
  visibility: "public" | "private";
}

export const emptyDraft: Draft = {
  channel: null,
  title: "",
  description: "",
  category: null,
  price: "",
  visibility: "public",
};

/** Another channel brings its own name, unless the seller has written a title already. */
export function chosen(draft: Draft, channel: Channel): Partial<Draft> {
  const isOwn = draft.title !== "" && draft.title !== draft.channel?.title.slice(0, TITLE_MAX);
  return isOwn ? { channel } : { channel, title: channel.title.slice(0, TITLE_MAX) };
}

export const TITLE_MIN = 3;
export const TITLE_MAX = 80;
export const DESCRIPTION_MAX = 2000;

/** Minor units, or null when what was typed is no price. */
export const priceOf = (draft: Pick<Draft, "price">): string | null => parseAmount(draft.price, scales.TON);

export function textProblem(draft: Pick<Draft, "title" | "category">): "title" | "category" | null {
  if (draft.title.trim().length < TITLE_MIN) return "title";
  return draft.category === null ? "category" : null;
}

export function priceProblem(
  draft: Pick<Draft, "price">,
  priceMin = config().priceMin.amount,
): "price" | "priceLow" | null {
  const price = priceOf(draft);
  if (price === null || price === "0") return "price";
  return BigInt(price) < BigInt(priceMin) ? "priceLow" : null;
}

/** A short name for what the draft says: a draft that was changed after a refusal is another request. */
export function hashOf(draft: Draft): string {
  let hash = 0x811c9dc5;
  const { channel, ...words } = draft;
  for (const char of JSON.stringify([channel?.id, words]))
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16);
}
