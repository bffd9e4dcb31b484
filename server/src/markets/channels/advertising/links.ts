import type { Settings } from "../../../platform/settings.ts";

/** Who needs links knows the bot's name, which is asked outside of transactions. */
export type Names = { settings: Settings; botUsername: string };

/** A link that opens the Mini App at a place; `start` has at most 512 characters of A-Z, a-z, 0-9, `_` and `-`. */
export const appLink = ({ settings: { env }, botUsername }: Names, start: string): string =>
  `${env.TELEGRAM_LINK_BASE}/${botUsername}/${env.TELEGRAM_MINIAPP_NAME}?startapp=${start}`;

export const startOf = {
  channel: (id: string): string => `ch_${id}`,
  slot: (code: string): string => `a_${code}`,
  campaign: (id: string): string => `c_${id}`,
  invite: (code: string): string => `m_${code}`,
};
