/** The front door of identity: who somebody is, and which wallets are theirs. */

export { authenticate } from "./authenticate.ts";
export { addCommands } from "./bot-profile.ts";
export { browserSignedIn } from "./jobs.ts";
export { addPreferences } from "./preferences.ts";
export {
  type BotRecipient,
  botRecipients,
  isStillSignedIn,
  type LinkedWallet,
  languageOf,
  livingSessions,
  notificationSettingsOf,
  primaryWallet,
  publicUsers,
  staffWith,
  telegramIdOf,
  userByTelegramId,
  userByWallet,
} from "./queries.ts";
export { hasHeard } from "./updates/hearing.ts";
export { receiveWebhook, takeUpdates, webhookPath } from "./updates/receive.ts";
export { senderContext } from "./updates/sender-context.ts";
export { releaseWallet, useWallet } from "./wallets/use-wallet.ts";
