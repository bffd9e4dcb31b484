import type { Tx } from "../../../platform/context.ts";
import { publish, publishToAll } from "../../../platform/realtime.ts";
import type { listings } from "../tables.ts";

type Told = Pick<typeof listings.$inferSelect, "id" | "sellerUserId" | "visibility">;

/** The seller's own screens hear of every change; everybody's catalogue of those that it shows, or showed before. */
export function tellOfListing(tx: Tx, listing: Told, before: Told = listing): void {
  publish(tx, listing.sellerUserId, "listing", listing.id);
  if ([listing, before].some(({ visibility }) => visibility === "public"))
    publishToAll(tx, "listings", listing.id);
}
