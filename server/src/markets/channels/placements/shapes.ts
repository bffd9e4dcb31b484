/** What placements take and give over HTTP. Pure: the web imports this file at run time. */
import { z } from "zod";
import { dealStatus } from "../../../kernel/deals/shapes.ts";
import { publicUser } from "../../../kernel/identity/shapes.ts";
import {
  amount,
  idPageQuery,
  instant,
  pageOf,
  secret,
  telegramId,
  text,
  uuid,
} from "../../../platform/shapes.ts";

export const placementPhase = z.enum(["creative", "payment", "scheduled", "live", "done"]);
export type PlacementPhase = z.infer<typeof placementPhase>;
export const placementOutcome = z.enum(["cancelled", "expired", "released", "refunded", "split"]);
export type PlacementOutcome = z.infer<typeof placementOutcome>;
export const placementRole = z.enum(["advertiser", "publisher"]);
export type PlacementRole = z.infer<typeof placementRole>;
/** One of the two; or somebody who helps with the publisher's channel: a manager does the publisher's steps, a viewer reads. */
export const placementAccess = z.enum(["own", "manager", "viewer"]);
export type PlacementAccess = z.infer<typeof placementAccess>;
export const postedBy = z.enum(["bot", "publisher"]);
export type PostedBy = z.infer<typeof postedBy>;
/** "1/24": hours on top, hours in the feed. */
export const adFormat = z.object({
  key: text(1, 20),
  topHours: z.number().int().min(0).max(168),
  feedHours: z.number().int().min(1).max(2_000),
});

/** Formatting that people choose. Links, mentions and hashtags in plain text are found by Telegram itself and are not listed. */
export const entity = z.strictObject({
  type: z.enum([
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
  ]),
  /** In UTF-16 code units, as in Telegram. */
  offset: z.number().int().min(0).max(4_096),
  length: z.number().int().min(1).max(4_096),
  url: z.string().min(1).max(2_048).optional(),
  language: z.string().min(1).max(40).optional(),
});
export type Entity = z.infer<typeof entity>;
const photo = z.strictObject({
  type: z.literal("photo"),
  /** A picture sent to `POST /api/files`, by its id; or Telegram's `file_id`, for our bot. */
  fileId: z.string().regex(/^[A-Za-z0-9_-]{8,250}$/, "not_file_id"),
});
const button = z.strictObject({ text: text(1, 64), url: z.string().min(1).max(2_048) });

/** Kept as written: a change of one character would move every entity. */
const rawText = z
  .string()
  .max(4_096)
  .refine((value) => value.isWellFormed(), "not_well_formed")
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point.
  .refine((value) => !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(value), "control_characters");

export const creativeDraft = z.strictObject({
  text: rawText,
  entities: z.array(entity).max(100).default([]),
  /** Several are an album. */
  media: z.array(photo).max(10).default([]),
  buttons: z.array(z.array(button).min(1).max(8)).max(12).default([]),
});
export type CreativeDraft = z.output<typeof creativeDraft>;

/** The marking that Russian law asks for: the token of the registry and whose advertisement it is. */
export const adData = z.strictObject({
  erid: z
    .string()
    .regex(/^[A-Za-z0-9]{5,100}$/, "not_erid")
    .nullable(),
  advertiserName: text(1, 200).nullable(),
  advertiserInn: z
    .string()
    .regex(/^(\d{10}|\d{12})$/, "not_inn")
    .nullable(),
});
export type AdData = z.infer<typeof adData>;

/** `basedOn` is the version that the writer saw; another one since then is a conflict. Only the advertiser sets `ad`. */
export const putCreative = z.strictObject({
  basedOn: z.number().int().min(0),
  ...creativeDraft.shape,
  ad: secret(adData).optional(),
});
export const approveCreative = z.strictObject({ version: z.number().int().min(1) });
/** A link to the post that the publisher made: `https://t.me/name/12` or `https://t.me/c/1234567890/12`. */
export const reportPost = z.strictObject({ url: z.string().min(10).max(200) });
export const setRemoval = z.strictObject({ isRemovedAfter: z.boolean() });
export const answerEdit = z.strictObject({ accept: z.boolean() });

/** What stands (or will stand) in the channel, with the marking. */
export const renderedPost = z.object({
  text: z.string(),
  entities: z.array(entity),
  media: z.array(photo),
  buttons: z.array(z.array(button)),
});
export type RenderedPost = z.infer<typeof renderedPost>;

export const placementAction = z.enum([
  "edit_creative",
  "approve",
  "set_removal",
  "cancel",
  "pay",
  "report_post",
  "answer_edit",
  "check",
]);
export type PlacementAction = z.infer<typeof placementAction>;

/** Words: `channels:placement_next.<key>.<role>.title|body|otherwise`. */
export const placementStep = z.object({
  key: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  who: z.enum(["advertiser", "publisher", "platform", "arbiter", "nobody"]),
  deadline: instant.nullable(),
  /** What the reader may do now, the most useful first. `pay` is done at the deal. */
  actions: z.array(placementAction),
});
export type PlacementStep = z.infer<typeof placementStep>;

/** What becomes of the post after its time: `due`, `removed` by the bot, or `kept`, because Telegram did not let it. */
export const postRemoval = z.enum(["none", "due", "removed", "kept"]);
export type PostRemoval = z.infer<typeof postRemoval>;
export const postState = z.enum(["alive", "edited", "gone", "breach", "unknown"]);
export type PostState = z.infer<typeof postState>;

export const placement = z.object({
  /** Also the id of the deal, which exists from phase `payment` on. */
  id: uuid,
  role: placementRole,
  /** The deal itself is shown to the two alone: helpers neither receive nor move money. */
  access: placementAccess,
  phase: placementPhase,
  outcome: placementOutcome.nullable(),
  dealStatus: dealStatus.nullable(),
  channel: z.object({
    id: uuid,
    telegramId,
    title: z.string(),
    username: z.string().nullable(),
    photoUrl: z.string().nullable(),
  }),
  advertiser: publicUser,
  publisher: publicUser,
  price: amount,
  format: adFormat,
  postAt: instant,
  postedBy,
  isTopOfFeed: z.boolean(),
  /** Once its time is over and paid for, the bot takes its post down. */
  isRemovedAfter: z.boolean(),
  campaignId: uuid.nullable(),
  offerId: uuid.nullable(),
  slotId: uuid.nullable(),
  creative: z
    .object({
      version: z.number().int(),
      by: placementRole,
      at: instant,
      ...creativeDraft.shape,
      ad: adData.nullable(),
      /** SHA-256 of the canonical content with its marking; in the terms of the deal once it is open. */
      hash: z.string(),
      approvedByAdvertiser: z.boolean(),
      approvedByPublisher: z.boolean(),
    })
    .nullable(),
  /** As it will stand in the channel. */
  preview: renderedPost.nullable(),
  deadlines: z.object({ creativeBy: instant, payBy: instant.nullable(), postBy: instant }),
  post: z
    .object({
      messageIds: z.array(z.number().int()),
      url: z.string().nullable(),
      postedAt: instant,
      /** How much later than agreed it went out. */
      delaySeconds: z.number().int(),
      topUntil: instant.nullable(),
      feedUntil: instant,
      state: postState,
      lastAliveAt: instant.nullable(),
      lastLookAt: instant.nullable(),
      /** Another post came above it before `topUntil`. */
      topBrokenAt: instant.nullable(),
      removal: postRemoval,
      removedAt: instant.nullable(),
      views: z.number().int().nullable(),
      viewsAt: instant.nullable(),
      /** An edit that waits for the advertiser's word. */
      edit: z.object({ at: instant, answerBy: instant, text: z.string() }).nullable(),
      /** It seems gone or hidden; this is since when, and when that counts. */
      doubt: z.object({ kind: postState, since: instant, decidedAt: instant.nullable() }).nullable(),
    })
    .nullable(),
  nextStep: placementStep,
  createdAt: instant,
  updatedAt: instant,
});
export type Placement = z.infer<typeof placement>;
export const placementPage = pageOf(placement);
export const placementQuery = z.strictObject({
  ...idPageQuery,
  role: placementRole.optional(),
  open: z.enum(["true", "false"]).optional(),
  campaignId: uuid.optional(),
});

export const creativeHistory = z.object({
  items: z.array(
    z.object({
      version: z.number().int(),
      by: placementRole,
      at: instant,
      ...creativeDraft.shape,
      ad: adData.nullable(),
    }),
  ),
});

export const evidenceEntry = z.object({
  seq: z.number().int(),
  at: instant,
  /** Words: `channels:evidence.<kind>`. */
  kind: z.string(),
  facts: z.record(z.string(), z.unknown()),
  previous: z.string(),
  hash: z.string(),
});
/** A hash chain: `hash` = SHA-256(previous ‖ canonical JSON of {dealId, seq, at, kind, facts}). */
export const evidencePage = z.object({
  items: z.array(evidenceEntry),
  head: z.string().nullable(),
  isIntact: z.boolean(),
  next: z.number().int().nullable(),
});
export const evidenceQuery = z.strictObject({ after: z.coerce.number().int().min(0).default(0) });
