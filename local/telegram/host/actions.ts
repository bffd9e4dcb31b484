/** The actions of the host API as they are checked when they come in. */
import { z } from "zod";
import type { Action } from "../protocol.ts";

const id = z.int();
const text = z.string().max(8192);
const picture = z.string().regex(/^[a-z0-9_]{1,40}$/);
const flags = z.record(z.string(), z.boolean());
const act = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...shape });

const ACTION = z.discriminatedUnion("type", [
  act("startBot", {
    payload: z
      .string()
      .regex(/^[A-Za-z0-9_-]{0,64}$/)
      .optional(),
  }),
  act("sendText", { chatId: id, text }),
  act("readChat", { chatId: id }),
  act("pressInline", { chatId: id, messageId: id, row: id, column: id }),
  act("pressReplyButton", { chatId: id, row: id, column: id }),
  act("openPreparedButton", { preparedId: text }),
  act("chooseChat", { token: text, chatId: id }),
  act("chooseNewChat", { token: text, title: text, username: text.optional() }),
  act("openMenuButton", {}),
  act("openApp", {
    startParam: text.optional(),
    path: z
      .string()
      .max(200)
      .regex(/^\/(?!\/)/)
      .optional(),
  }),
  act("openLink", { url: text }),
  act("openPreparedMessage", { preparedId: text }),
  act("sharePrepared", { preparedId: text, chatIds: z.array(id).min(1).max(50) }),
  act("openInvoice", { slug: text }),
  act("payInvoice", { slug: text }),
  act("topUpStars", { amount: z.number().int().min(1).max(1_000_000) }),
  act("setSubscription", { chargeId: text, isCanceled: z.boolean() }),
  act("sendWebAppData", { buttonText: text, data: z.string().min(1).max(4096) }),
  act("allowWriteAccess", {}),
  act("shareContact", {}),
  act("customMethod", { method: text, params: z.unknown() }),
  act("inlineQuery", { chatId: id, query: z.string().max(256), offset: text.optional() }),
  act("sendInlineResult", { chatId: id, queryId: text, resultId: text }),
  act("setTheme", { theme: z.enum(["light", "dark"]) }),
  act("setLanguage", { language: z.string().regex(/^[a-z]{2}(-[A-Za-z]{2,8})?$/) }),
  act("blockBot", {}),
  act("unblockBot", {}),
  act("createChannel", { title: text, username: text.optional(), description: text.optional() }),
  act("transferChannel", { channelId: id, toPerson: id }),
  act("setTransferGuards", {
    twoStepPassword: z.boolean().optional(),
    sessionOldEnough: z.boolean().optional(),
  }),
  act("setAdmin", { channelId: id, userId: id, rights: flags.nullable() }),
  act("addBot", { channelId: id }),
  act("kickBot", { channelId: id }),
  act("kickMember", { channelId: id, userId: id }),
  act("joinChannel", { channelId: id }),
  act("leaveChannel", { channelId: id }),
  act("post", { channelId: id, text, pictures: z.array(picture).max(10).optional() }),
  act("editPost", {
    channelId: id,
    messageId: id,
    text: text.optional(),
    links: z.array(z.strictObject({ words: text, url: text })).optional(),
    bold: text.optional(),
    picture: picture.optional(),
  }),
  act("deletePost", { channelId: id, messageId: id }),
  act("editChannel", {
    channelId: id,
    title: text.optional(),
    description: text.optional(),
    username: text.nullable().optional(),
  }),
  act("deleteChannel", { channelId: id }),
]);

const REQUEST = z.strictObject({ person: id, action: ACTION });

/** Null when the body is not a request of the host API. */
export function readActRequest(body: unknown): { readonly person: number; readonly action: Action } | null {
  const parsed = REQUEST.safeParse(body);
  return parsed.success ? (parsed.data as { person: number; action: Action }) : null;
}
