/** What the Mini App knows before it signs in. Set once by the start, before anything that reads it is shown. */
import type { PublicConfig } from "../../../../server/src/platform/shapes.ts";
import { get } from "../../../kit/api.ts";
import { setServerClock } from "../../../kit/clock.ts";

let present: PublicConfig | null = null;

/** Asks the server; also sets the clock by its time. Throws `ApiError`. */
export async function loadConfig(): Promise<PublicConfig> {
  const sentAt = Date.now();
  const config = await get<PublicConfig>("/api/config");
  setServerClock(config.now, sentAt, Date.now());
  present = config;
  return config;
}

export function config(): PublicConfig {
  if (!present) throw new Error("the configuration is read before it is loaded");
  return present;
}

/** Where Telegram opens this Mini App. `startParam` as in `kit/deep-link.ts`. */
export function appLink(startParam?: string): string {
  const { linkBase, botUsername, miniAppName } = config();
  return `${linkBase.replace(/\/$/, "")}/${botUsername}/${miniAppName}${startParam ? `?startapp=${startParam}` : ""}`;
}

/** Where the bot gives a link for a plain browser. */
export const signInBotLink = (): string =>
  `${config().linkBase.replace(/\/$/, "")}/${config().botUsername}?start=login`;
