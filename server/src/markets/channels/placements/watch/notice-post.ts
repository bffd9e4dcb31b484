import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { PostContent } from "../../../../gateways/telegram/port.ts";
import { as, type Ctx, system, type Tx } from "../../../../platform/context.ts";
import { enqueue } from "../../../../platform/jobs.ts";
import { telegramId } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { aspects, neededFor, type Seen } from "../content/compare/rules.ts";
import type { Content } from "../content/rules.ts";
import { seenContent } from "../content/shapes.ts";
import { lookAtPostJob } from "../jobs.ts";
import { isAgreedPost, isInTime, recordPosted } from "../posting/record-posted.ts";
import { albumParts, type PlacementRow, placements } from "../tables.ts";
import { unknown } from "./ground.ts";
import { acceptedOf, joined, readingOf } from "./read-post.ts";
import { noteAbove, recordPostLook } from "./record-look.ts";

const input = z.strictObject({
  telegramId,
  messageId: z.number().int(),
  at: z.date(),
  editedAt: z.date().nullable(),
  /** Null for what no creative can be: a video, a poll, a service message. */
  content: seenContent.nullable(),
  isService: z.boolean(),
  /** The album that it is a part of. */
  albumId: z.string().nullable().default(null),
});
type Given = z.output<typeof input>;

const openIn = (telegramId: string) =>
  and(eq(placements.telegramId, BigInt(telegramId)), inArray(placements.phase, ["scheduled", "live"]));

/** Telegram tells of a post, or of an edit, in a channel where our bot is. What is posted where nothing of ours runs is not kept. */
export async function noticePost(ctx: Ctx, post: z.input<typeof input>): Promise<void> {
  const open = await ctx.db
    .select({ id: placements.id })
    .from(placements)
    .where(openIn(post.telegramId))
    .limit(1);
  if (open.length === 0) return;
  await recordPost(as(ctx, system("channels.telegram"), ctx.requestKey), post);
}

/** What a new or edited post means for the placements of its channel. */
export const recordPost = verb("channels.record_post", {
  input,
  allow: ["system"],
  run: async (tx, given) => {
    const open = await tx.db
      .select()
      .from(placements)
      .where(openIn(given.telegramId))
      .orderBy(placements.postAt, placements.id)
      .for("update");
    const isOurs = open.some((row) => row.messageIds.includes(given.messageId));
    if (!isOurs) await weighNew(tx, open, given);
    else if (given.editedAt) for (const row of open) await weighEdit(tx, row, given, given.editedAt);
    return { placements: open.length };
  },
});

async function weighEdit(tx: Tx, row: PlacementRow, given: Given, editedAt: Date): Promise<void> {
  const part = row.messageIds.indexOf(given.messageId);
  if (row.phase !== "live" || part < 0 || !row.accepted) return;
  await recordPostLook.within(tx, {
    dealId: row.id,
    editedAt,
    readings: [
      given.content
        ? readingOf(
            "update",
            withPart(row, row.accepted, part, given.content as PostContent),
            acceptedOf(row, row.accepted),
            aspects,
          )
        : // A video, a poll: nothing that could be compared with a creative, and nothing that could be accepted.
          {
            ...unknown("update"),
            verdict: "edited",
            isControlled: true,
            differs: [...neededFor(row.accepted)],
            reason: "other_kind",
          },
    ],
  });
}

/** The post with one of its parts as the update shows it; of an album the words stand under the first. */
function withPart(row: PlacementRow, accepted: Content, part: number, now: PostContent): Seen {
  if (row.messageIds.length <= 1) return joined([now]);
  const pictureIds = [...row.pictureIds];
  if (row.pictureIds.length > 0) pictureIds[part] = now.media[0]?.uniqueId ?? "";
  const content =
    part === 0
      ? { ...accepted, text: now.text, entities: now.entities as Content["entities"], buttons: now.buttons }
      : { ...accepted, text: [accepted.text, now.text].filter(Boolean).join("\n\n") };
  return { content, pictureIds };
}

/** A post that is not ours yet: new, or corrected into what was agreed, from whose moment on it counts. */
async function weighNew(tx: Tx, open: PlacementRow[], given: Given): Promise<void> {
  const saidAt = given.editedAt ?? given.at;
  const content = given.content as PostContent | null;
  const album = content && given.albumId ? await keepPart(tx, given, content) : null;
  // Another part came to the album that is watched.
  const grown = given.albumId
    ? open.find((row) => row.phase === "live" && row.albumId === given.albumId)
    : null;
  if (grown?.accepted && content) {
    const { accepted } = grown;
    const seen = {
      content: { ...accepted, media: [...accepted.media, ...joined([content]).content.media] },
      pictureIds: [],
    };
    const reading = readingOf("update", seen, acceptedOf(grown, accepted), ["photos"]);
    await recordPostLook.within(tx, { dealId: grown.id, editedAt: given.at, readings: [reading] });
    return;
  }
  const parts = album ?? (content ? [{ messageId: given.messageId, content }] : []);
  const whole = joined(parts.map((one) => one.content));
  const found = open.find(
    (row) =>
      row.phase === "scheduled" &&
      isAwaited(row) &&
      // An old post that is edited into the creative is buried: it is no post of the agreed time.
      isInTime(row, given.at) &&
      isAgreedPost(row, whole.content, saidAt),
  );
  if (found && parts.length > 0) {
    await recordPosted.within(tx, {
      dealId: found.id,
      messageIds: parts.map((one) => one.messageId),
      content: whole.content,
      pictureIds: [...whole.pictureIds],
      albumId: given.albumId,
      at: saidAt,
      how: "recognised",
    });
    return;
  }
  if (given.isService || given.editedAt) return;
  const at = given.at.getTime();
  for (const row of open) {
    if (row.phase !== "live" || !row.isTopOfFeed) continue;
    const noted = await noteAbove(tx, row, [{ id: given.messageId, at, present: ["update"], absent: [] }]);
    // One is no verdict: the others are asked at once.
    if (noted.above.length > row.above.length)
      enqueue(tx, lookAtPostJob.with({ dealId: row.id }), { key: `${row.id}:above:${given.messageId}` });
  }
}

/** Whoever posts by hand is recognised: the publisher who is to, or who makes up for what the bot could not send. */
const isAwaited = (row: PlacementRow): boolean =>
  row.postedBy === "publisher" || ["unclear", "intended", "refused"].includes(row.postState);

/** The album as far as it has come, in its order. */
async function keepPart(
  tx: Tx,
  given: Given,
  content: PostContent,
): Promise<{ messageId: number; content: PostContent }[]> {
  const { messageId, at } = given;
  const album = { telegramId: BigInt(given.telegramId), albumId: given.albumId ?? "" };
  await tx.db
    .insert(albumParts)
    .values({ ...album, messageId, content, at })
    .onConflictDoUpdate({
      target: [albumParts.telegramId, albumParts.albumId, albumParts.messageId],
      set: { content },
    });
  return tx.db
    .select({ messageId: albumParts.messageId, content: albumParts.content })
    .from(albumParts)
    .where(and(eq(albumParts.telegramId, album.telegramId), eq(albumParts.albumId, album.albumId)))
    .orderBy(asc(albumParts.messageId));
}

/** Our standing in a channel changed: that we were put out is one word against the post, and every post watched there is looked at now. */
export const hintMembership = verb("channels.hint_membership", {
  input: z.strictObject({ telegramId, isAdmin: z.boolean() }),
  allow: ["system"],
  run: async (tx, given) => {
    const live = await tx.db
      .select({ id: placements.id })
      .from(placements)
      .where(
        and(
          eq(placements.telegramId, BigInt(given.telegramId)),
          eq(placements.phase, "live"),
          sql`next_look_at is not null`,
        ),
      );
    for (const { id } of live) {
      if (!given.isAdmin)
        await recordPostLook.within(tx, {
          dealId: id,
          readings: [{ ...unknown("update"), verdict: "breach", isControlled: true, reason: "bot_out" }],
        });
      enqueue(tx, lookAtPostJob.with({ dealId: id }), { key: `${id}:hint:${tx.now.toISOString()}` });
    }
    return { placements: live.length };
  },
});
