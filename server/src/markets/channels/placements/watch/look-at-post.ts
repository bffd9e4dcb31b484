/** One look at a post, by every witness that there is. Never throws for what Telegram says or fails to say. */
import type { Ctx } from "../../../../platform/context.ts";
import { compare } from "../content/compare/rules.ts";
import type { PlacementRow } from "../tables.ts";
import type { Sighting } from "./above/rules.ts";
import { answered, type Ground, lookAtChannel, unknown } from "./ground.ts";
import { lookAbove } from "./look-above.ts";
import { byForward, byPage } from "./read-post.ts";
import { type Reading, sights, witnessesFor } from "./readings/rules.ts";

export type PostLook = {
  readings: Reading[];
  views: number | null;
  /** What was seen above ours, while nothing is to be there. */
  above: Sighting[];
};

export async function lookAtPost(ctx: Ctx, row: PlacementRow): Promise<PostLook> {
  const ground = await lookAtChannel(ctx, row);
  const witnesses = witnessesFor({
    postedBy: row.postedBy,
    isPublic: row.username !== null,
    hasLogChat: ctx.settings.env.TELEGRAM_LOG_CHAT !== undefined,
  });
  const [probed, forwarded, page, above] = await Promise.all([
    witnesses.includes("probe") ? probe(ctx, row, ground) : null,
    witnesses.includes("forward") ? byForward(ctx, row, ground) : null,
    witnesses.includes("page") ? byPage(ctx, row, ground) : null,
    lookAbove(ctx, row),
  ]);
  const readings = [...hiddenBy(ground), probed, forwarded, page?.reading ?? null].filter(
    (one) => one !== null,
  );
  return { readings, views: page?.views ?? null, above };
}

/** Our sight was taken away: put out, rights taken, or the channel renamed or closed. */
function hiddenBy({ rights, isRenamed, isAnswering }: Ground): Reading[] {
  const reason = rights && !rights.isAdmin ? "bot_out" : isRenamed ? "renamed" : null;
  return reason ? [{ ...unknown("probe"), verdict: "breach", isControlled: isAnswering, reason }] : [];
}

async function probe(ctx: Ctx, row: PlacementRow, { rights, isAnswering }: Ground): Promise<Reading> {
  const { accepted } = row;
  if (!accepted) return unknown("probe");
  const words: string[] = [];
  for (const id of row.messageIds)
    words.push(
      await answered<string>(
        ctx.gateways.telegram.posts.probe(row.telegramId.toString(), id, accepted.buttons),
        "unknown",
      ),
    );
  const base = { ...unknown("probe"), isControlled: isAnswering && rights?.isAdmin === true };
  // Without its first part, which bears the words, it is gone; without another it is not what it was.
  if (words[0] === "gone") return { ...base, verdict: "gone" };
  if (words.includes("gone")) return { ...base, verdict: "edited", differs: ["photos"], reason: "part_gone" };
  if (!words.every((word) => word === "alive" || word === "mended")) return unknown("probe");
  // Other buttons stood there, and now those that were agreed do.
  const reason = words.includes("mended") ? { reason: "buttons_mended" } : {};
  const own = { content: accepted, pictureIds: [] };
  return { ...base, ...compare(own, own, sights.probe), verdict: "alive", ...reason };
}
