/** Where the pay sheet is open: stores have rules of their own, so the server has to know the phone's system. */
import { retrieveLaunchParams } from "@tma.js/sdk-react";
import type { Surface } from "../../../../../server/src/kernel/payments/shapes.ts";
import { launch } from "../../../../kit/telegram.ts";

/** `platform` is Telegram's name of its client: `ios`, `android`, `android_x`, `macos`, `tdesktop`, `weba`, `webk`, … */
export function surfaceOf(platform: string | null): Surface {
  if (platform === null) return "web";
  if (platform === "ios") return "miniapp_ios";
  return platform.startsWith("android") ? "miniapp_android" : "miniapp_desktop";
}

export const surface = (): Surface =>
  surfaceOf(launch.isTelegram ? retrieveLaunchParams().tgWebAppPlatform : null);
