/** A copy of `category` in the market's shapes, which would pull zod into the first load; a test compares them. */
import type { Category } from "../../../../../server/src/markets/channels/shapes.ts";

export const category: readonly Category[] = [
  "news",
  "business",
  "crypto",
  "technology",
  "education",
  "entertainment",
  "humor",
  "lifestyle",
  "travel",
  "food",
  "health",
  "sport",
  "music",
  "games",
  "art",
  "other",
];
