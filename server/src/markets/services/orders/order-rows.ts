/** Rows of orders as plain statements read them, for what is asked for all the time. */
import type { Status } from "../rules.ts";
import type { Category } from "../shapes.ts";
import type { Shown } from "./order-views.ts";

export type Row = {
  id: string;
  customer_id: string;
  category: Category;
  description: string;
  city: string;
  place: { x: number; y: number };
  sealed: Buffer | null;
  photos: string[];
  status: Status;
  outcome: "answered" | "silent" | "removed" | null;
  takes_count: number;
  created_at: Date;
  expires_at: Date;
  first_taken_at: Date | null;
};

/** All of `Row` but `sealed`, which not everybody may read. */
export const columns = `o.id, o.customer_id, o.category, o.description, o.city, o.place, o.photos, o.status, o.outcome, o.takes_count,
  o.created_at, o.expires_at, o.first_taken_at`;

export const shown = (row: Row): Shown => ({
  id: row.id,
  customerId: row.customer_id,
  category: row.category,
  description: row.description,
  city: row.city,
  place: { latitude: row.place.y, longitude: row.place.x },
  sealed: row.sealed,
  photos: row.photos,
  status: row.status,
  outcome: row.outcome,
  takesCount: row.takes_count,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  firstTakenAt: row.first_taken_at,
});
