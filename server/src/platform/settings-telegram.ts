/** How the product reaches Telegram. */
import { z } from "zod";
import { hex, list, origin } from "./settings-fields.ts";

export const telegramSettings = {
  TELEGRAM_API_ROOT: origin.default("https://api.telegram.org").describe("Bot API server."),
  TELEGRAM_LINK_BASE: origin.default("https://t.me").describe("Base of deep links."),
  TELEGRAM_MINIAPP_NAME: z
    .string()
    .regex(/^[A-Za-z0-9_]{1,64}$/)
    .default("app")
    .describe("Short name of the Mini App, as given to @BotFather."),
  TELEGRAM_WEB_ORIGINS: list("https://web.telegram.org").describe("Origins that may frame the Mini App."),
  TELEGRAM_INITDATA_PUBLIC_KEY: hex(32)
    .default(Buffer.from("e7bf03a2fa4602af4580703d88dda5bb59f32ed8b02a56c187fe7d34caed242d", "hex"))
    .describe("Telegram's Ed25519 key for third-party initData."),
  TELEGRAM_UPDATES: z.enum(["polling", "webhook"]).default("polling").describe("How updates arrive."),
  TELEGRAM_LOG_CHAT: z
    .string()
    .regex(/^-100\d{6,13}$/, "is not the id of a channel")
    .optional()
    .describe(
      "Id of a private channel where the bot is administrator: posts under watch are forwarded there, compared in every part and deleted at once. Without it no advertising deal is opened.",
    ),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,256}$/)
    .optional()
    .describe("Secret of the webhook; required with TELEGRAM_UPDATES=webhook. Secret."),
  TELEGRAM_MESSAGES_PER_SECOND: z.coerce
    .number()
    .min(1)
    .max(1_000)
    .default(25)
    .describe("Notices and announcements that the bot sends, over all instances. Telegram takes about 30."),
  TELEGRAM_CHAT_SPACING_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(60_000)
    .default(1_000)
    .describe("Least time between two notices in one chat. Telegram wants a second."),
};
