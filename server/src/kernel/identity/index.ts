/** The front door of identity: who somebody is, and which wallets are theirs. */
export { authenticate } from "./authenticate.ts";
export {
  botRecipient,
  type LinkedWallet,
  languageOf,
  notificationSettingsOf,
  primaryWallet,
  publicUsers,
  staffWith,
  telegramIdOf,
  userByTelegramId,
  walletsOf,
} from "./queries.ts";
export { receiveWebhook, takeUpdates, webhookPath } from "./updates/receive.ts";
export { senderContext } from "./updates/sender-context.ts";
export { applyStaff } from "./users/apply-staff.ts";
export { ensureUser } from "./users/ensure-user.ts";
export { registerUser } from "./users/register-user.ts";
export { releaseWallet, useWallet } from "./wallets/use-wallet.ts";
