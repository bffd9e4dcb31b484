import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { as, type Ctx, system, type Tx } from "../../../../platform/context.ts";
import { enqueue } from "../../../../platform/jobs.ts";
import { telegramId } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { type Content, isSameContent } from "../content/rules.ts";
import { lookAtPostJob } from "../jobs.ts";
import { isAgreedPost, recordPosted } from "../posting/record-posted.ts";
import { type PlacementRow, placements } from "../tables.ts";
import { noteAbove, recordPostLook } from "./record-look.ts";

const content = z.object({
  text: z.string(),
  entities: z.array(z.any()),
  media: z.array(z.any()),
  buttons: z.array(z.any()),
});
const input = z.strictObject({
  telegramId,
  messageId: z.number().int(),
  at: z.date(),
  editedAt: z.date().nullable(),
  /** Null for what no creative can be: a video, a poll, a service message. */
  content: content.nullable(),
  isService: z.boolean(),
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
    if (given.editedAt) for (const row of open) await weighEdit(tx, row, given, given.editedAt);
    else if (!isOurs) await weighNew(tx, open, given);
    return { placements: open.length };
  },
});

async function weighEdit(tx: Tx, row: PlacementRow, given: Given, editedAt: Date): Promise<void> {
  if (row.phase !== "live" || !row.messageIds.includes(given.messageId) || !row.accepted) return;
  const isFirst = row.messageIds[0] === given.messageId;
  const whole = given.content as Content | null;
  const seen = whole && { ...whole, media: row.accepted.media.length > 1 ? row.accepted.media : whole.media };
  // Of an album the words stand under the first photo; a change of another part is a change all the same.
  const isSame = isFirst && seen !== null && isSameContent(seen, row.accepted);
  await recordPostLook.within(tx, {
    dealId: row.id,
    editedAt,
    readings: [
      {
        witness: "update",
        verdict: isSame ? "alive" : "edited",
        isControlled: true,
        sawContent: true,
        ...(isSame || !seen ? {} : { text: seen.text, content: seen }),
      },
    ],
  });
}

async function weighNew(tx: Tx, open: PlacementRow[], given: Given): Promise<void> {
  const found = open.find(
    (row) =>
      row.phase === "scheduled" &&
      (row.postedBy === "publisher" || row.postState === "unclear" || row.postState === "intended") &&
      given.content !== null &&
      isAgreedPost(row, given.content as Content, given.at),
  );
  if (found) {
    await recordPosted.within(tx, {
      dealId: found.id,
      firstMessageId: given.messageId,
      content: given.content as Content,
      at: given.at,
      how: "recognised",
    });
    return;
  }
  if (given.isService) return;
  for (const row of open)
    if (row.phase === "live") await noteAbove(tx, row, { id: given.messageId, at: given.at });
}

/** Our standing in a channel changed: every post that is watched there is looked at, at once. */
export const hintMembership = verb("channels.hint_membership", {
  input: z.strictObject({ telegramId }),
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
    for (const { id } of live)
      enqueue(tx, lookAtPostJob.with({ dealId: id }), { key: `${id}:hint:${tx.now.toISOString()}` });
    return { placements: live.length };
  },
});
