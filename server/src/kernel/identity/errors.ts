import { errors } from "../../platform/errors.ts";

/** What identity refuses. Words for people are in `copy.en.ts` and `copy.ru.ts`. */
export const identityErrors = errors("identity", {
  /** The header is not `tma …` or `Bearer …`. */
  bad_scheme: "unauthenticated",
  init_data_malformed: "unauthenticated",
  init_data_duplicate_key: "unauthenticated",
  /** Changed on the way, signed for another bot, or not by Telegram at all. */
  init_data_forged: "unauthenticated",
  /** Older than an hour: the Mini App must be opened again. */
  init_data_stale: "unauthenticated",
  init_data_future: "unauthenticated",
  /** Opened without a person, or by a bot. */
  init_data_no_user: "unauthenticated",
  token_invalid: "unauthenticated",
  /** The access token is past its ten minutes: refresh it. */
  token_expired: "unauthenticated",
  session_ended: "unauthenticated",
  refresh_invalid: "unauthenticated",
  /** An old refresh token came back: somebody has a copy, so the session was ended. */
  refresh_reused: "unauthenticated",
  session_not_found: "not_found",
  /** Used, too old, replaced by a newer one, or never issued: nobody is told which. */
  sign_in_code: "unauthenticated",
  /** A browser's session begets no other: the link comes from the bot or from the Mini App. */
  link_from_telegram_only: "forbidden",
  /** Asked for by a page of another site. */
  foreign_page: "forbidden",

  wallet_not_found: "not_found",
  /** Linked by another person. */
  wallet_taken: "conflict",
  /** A deal pays to it. */
  wallet_in_use: "conflict",
  too_many_wallets: "conflict",
  wallet_network: "invalid",
  wallet_unsupported: "invalid",
  proof_payload: "invalid",
  proof_address: "invalid",
  proof_key: "invalid",
  proof_domain: "invalid",
  proof_time: "invalid",
  proof_signature: "invalid",
  proof_malformed: "invalid",
});
