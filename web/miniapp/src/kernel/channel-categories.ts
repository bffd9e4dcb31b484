/** What channels are about, for every market of channels. A copy of the shapes' list, which would bring validation along; a test compares them. */
import type { Category } from "../../../../server/src/markets/channels/shapes.ts";

export const categories: readonly Category[] = [
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
