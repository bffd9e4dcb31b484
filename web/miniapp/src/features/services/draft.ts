/** An order while it is being written. Pure. */
import { isContact } from "./contact.ts";
import type { Category, OrderDetails, Point } from "./queries.ts";

export interface Draft {
  readonly category: Category | null;
  readonly description: string;
  readonly city: string;
  readonly point: Point | null;
  readonly contact: string;
}

export const DESCRIPTION_MIN = 20;
export const DESCRIPTION_MAX = 1000;

export const emptyDraft = (
  known: { city: string; contact: string } | null,
  username: string | null,
): Draft => ({
  category: null,
  description: "",
  city: known?.city ?? "",
  point: null,
  contact: known?.contact ?? (username ? `@${username}` : ""),
});

export const draftOf = (order: OrderDetails): Draft => ({
  category: order.category,
  description: order.description,
  city: order.city,
  point: order.location,
  contact: order.contact ?? "",
});

export type Wrong = "category" | "description" | "city" | "contact";

/** The first thing that is missing, from top to bottom; null when it can be sent. */
export function wrongOf(draft: Draft): Wrong | null {
  if (!draft.category) return "category";
  if (draft.description.trim().length < DESCRIPTION_MIN) return "description";
  if (draft.city.trim().length < 2) return "city";
  return isContact(draft.contact) ? null : "contact";
}

/** What the server takes. Call it when nothing is wrong. */
export const orderOf = (draft: Draft, photos: readonly string[]) => ({
  category: draft.category ?? "other",
  description: draft.description.trim(),
  city: draft.city.trim(),
  contact: draft.contact.trim(),
  ...(draft.point ? { location: draft.point } : {}),
  photos: [...photos],
});
