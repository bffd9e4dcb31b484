/** The line that marks an advertisement, for the preview while it is written; the server puts the same one into the post. */
import type { AdData } from "../../../../../server/src/markets/channels/placements/shapes.ts";

export function markingText({ erid, advertiserName, advertiserInn }: AdData): string | null {
  if (!erid && !advertiserName) return null;
  const whose = [advertiserName, advertiserInn ? `ИНН ${advertiserInn}` : null].filter(Boolean).join(", ");
  return ["Реклама.", whose && `${whose}.`, erid && `erid: ${erid}`].filter(Boolean).join(" ");
}
