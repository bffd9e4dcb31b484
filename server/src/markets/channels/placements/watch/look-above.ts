/** Who sees another post above ours, while nothing is to be there. */
import type { PagePost } from "../../../../gateways/public-page/port.ts";
import type { Ctx } from "../../../../platform/context.ts";
import type { PlacementRow } from "../tables.ts";
import { abovesMax, type Sighting } from "./above/rules.ts";
import { answered } from "./ground.ts";

/** The page shows about twenty posts below the number that it is asked for. */
const pageReach = 18;
/** Later it is known, or nobody knows: the page may show more by then, but our time is short. */
const lookedForMs = 3 * 3_600_000;

export async function lookAbove(ctx: Ctx, row: PlacementRow): Promise<Sighting[]> {
  const { topUntil, postedAt } = row;
  if (!row.isTopOfFeed || !topUntil || !postedAt || row.messageIds.length === 0) return [];
  if (ctx.clock.now() > topUntil.getTime() + lookedForMs) return [];
  const ours = Math.max(...row.messageIds);
  const page = await pageAbove(ctx, row, ours);
  const onPage = new Map((page ?? []).map((post) => [post.id, post]));
  const inTime = [...onPage.values()].filter(({ id, at }) => id > ours && at && at < topUntil);
  const ids = [...new Set([...row.above.map(({ id }) => id), ...inTime.map(({ id }) => id)])];
  const sightings: Sighting[] = [];
  for (const id of ids.slice(0, abovesMax)) {
    const sighting: Sighting = { id, at: onPage.get(id)?.at?.getTime() ?? null, present: [], absent: [] };
    if (onPage.has(id)) sighting.present.push("page");
    else if (page && id <= ours + pageReach) sighting.absent.push("page");
    await askForward(ctx, row, sighting);
    sightings.push(sighting);
  }
  return sightings;
}

/** The posts right after ours, or null when the page does not show them. */
async function pageAbove(ctx: Ctx, row: PlacementRow, ours: number): Promise<PagePost[] | null> {
  if (!row.username) return null;
  const page = await answered(ctx.gateways.publicPage.channel(row.username, ours + pageReach + 1), null);
  return page?.kind === "channel" ? page.posts : null;
}

async function askForward(ctx: Ctx, row: PlacementRow, sighting: Sighting): Promise<void> {
  const logChat = ctx.settings.env.TELEGRAM_LOG_CHAT;
  if (!logChat) return;
  const chatId = row.telegramId.toString();
  const seen = await answered(ctx.gateways.telegram.posts.readByForward(chatId, sighting.id, logChat), null);
  if (seen?.kind === "gone") sighting.absent.push("forward");
  if (seen?.kind !== "post") return;
  // Somebody else's post that was carried into the channel has a time of its own, which is not the time it came here.
  sighting.present.push("forward");
  if (seen.fromMessageId === sighting.id) sighting.at ??= seen.at?.getTime() ?? null;
}
