import type { ThemeParams } from "../../../protocol.ts";
import type { Platform } from "./ui-state.ts";

/**
 * A Telegram client writes its kind and theme into the launch address itself; the signed part, `tgWebAppData`, is the
 * server's and stays untouched.
 */
export function launchUrl(address: string, platform: Platform, theme: ThemeParams): string {
  const url = new URL(address);
  const hash = new URLSearchParams(url.hash.slice(1));
  hash.set("tgWebAppPlatform", platform);
  hash.set("tgWebAppThemeParams", JSON.stringify(theme));
  if (!hash.has("tgWebAppVersion")) hash.set("tgWebAppVersion", "9.6");
  url.hash = hash.toString();
  return url.href;
}
