/** Looks for a post of which nobody has told: on the channel's public page, and in what Telegram did not tell. */
import { eq } from "drizzle-orm";
import { hasHeard } from "../../../../kernel/identity/index.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { wordsOf } from "../content/rules.ts";
import { postDeadline, postEarlyMs } from "../rules.ts";
import { type PlacementRow, placements } from "../tables.ts";
import { answered } from "../watch/ground.ts";
import { recordNotFound } from "./claim-post.ts";
import { isAgreedPost, isInTime, partsOf, recordPosted, takenOf } from "./record-posted.ts";
import { readPost } from "./report-post.ts";

export type Found = { id: number; at: Date };
/** `absent`: it is known that nothing of the kind was posted. `unseen`: nobody can say. */
export type Search = Found | "absent" | "unseen";

/** Pages of about twenty posts that are turned back, from the newest, to reach the time of the post. */
const pagesMax = 8;

/** Somebody posts by hand: we are told of it by updates. What the bot itself posts is told to nobody. */
export const isByHand = (row: PlacementRow): boolean =>
  row.postedBy === "publisher" || row.postState === "refused";

/** Null when the pages are there, reach back to the time of the post, and the post is not on them. */
export async function lookOnPage(
  ctx: Ctx,
  row: PlacementRow,
  username = row.username,
): Promise<Found | null | "unseen"> {
  if (!username || !row.agreed) return "unseen";
  const words = wordsOf(row.agreed.text);
  // A post without words cannot be told from another one by its words.
  if (words === "") return "unseen";
  const earliest = isByHand(row)
    ? row.postAt.getTime() - postEarlyMs
    : (row.postIntendedAt ?? row.postAt).getTime() - 120_000;
  let before: number | undefined;
  for (let turned = 0; turned < pagesMax; turned += 1) {
    const page = await answered(ctx.gateways.publicPage.channel(username, before), null);
    if (page?.kind !== "channel") return "unseen";
    const alike = page.posts.filter(
      ({ at, text }) => at && at.getTime() >= earliest && isInTime(row, at) && wordsOf(text) === words,
    );
    // The same words may stand there for somebody else's placement.
    const taken = await takenOf(
      ctx.db,
      row,
      alike.map(({ id }) => id),
    );
    const ours = alike.find(({ id }) => !taken.has(id));
    if (ours?.at) return { id: ours.id, at: ours.at };
    const oldest = page.posts[0]?.id;
    // No page before the first post: that was all.
    if (oldest === undefined || oldest === before) return null;
    if (page.posts.some(({ at }) => at !== null && at.getTime() < earliest)) return null;
    before = oldest;
  }
  return "unseen";
}

/** Where the post is, or whether it is certain that there is none. */
export async function searchPost(ctx: Ctx, row: PlacementRow): Promise<Search> {
  // The bot never got to it; and what it was told not to post, nobody was asked for.
  if (row.postedBy === "bot" && (row.postState === "none" || row.postFailure === "not_wanted"))
    return "absent";
  const chatId = row.telegramId.toString();
  const chat = await answered(ctx.gateways.telegram.chat(chatId), null);
  const onPage = await lookOnPage(ctx, row, chat ? chat.username : row.username);
  if (onPage !== "unseen" && onPage !== null) return onPage;
  if (!isByHand(row)) return onPage === null ? "absent" : "unseen";
  const from = new Date(row.postAt.getTime() - postEarlyMs);
  if (!(await hasHeard(ctx, chatId, from, postDeadline(row.postAt)))) return "unseen";
  // Nobody told of it. Where the page is open too, it must have said the same; whoever closed it has left us the updates alone.
  const isOpen = chat
    ? chat.username !== null
    : row.username !== null && (await isPagePublic(ctx, row.username));
  return onPage === null || !isOpen ? "absent" : "unseen";
}

/** A page that does not answer may be open. */
async function isPagePublic(ctx: Ctx, username: string): Promise<boolean> {
  const page = await answered(ctx.gateways.publicPage.channel(username), null);
  return page?.kind !== "not_public";
}

/** Looks for a post that may stand there, and records what it finds; nothing is repeated where nobody can see. */
export async function findPost(ctx: Ctx, dealId: string): Promise<void> {
  const { requestKey: _key, ...fresh } = ctx;
  const [row] = await ctx.db.select().from(placements).where(eq(placements.id, dealId));
  if (row?.phase !== "scheduled" || !row.agreed) return;
  if (row.postState !== "unclear" && !isByHand(row)) return;
  const found = await searchPost(ctx, row);
  if (typeof found === "string") {
    await recordNotFound(fresh, { dealId, canSee: found === "absent" });
    return;
  }
  const messageIds = partsOf(row, found.id);
  const read = await readPost(ctx, row, found.id);
  // What people post is compared in full; of the bot's own post it is known what it says.
  const isOurs = !isByHand(row);
  if (!isOurs && !(read && isAgreedPost(row, read.content, read.at))) {
    await recordNotFound(fresh, { dealId, canSee: false });
    return;
  }
  await recordPosted(fresh, {
    dealId,
    messageIds,
    content: isOurs ? row.agreed : (read?.content ?? row.agreed),
    pictureIds: read ? [...read.pictureIds] : [],
    at: found.at,
    how: "found",
  });
}
