import type { Surface } from "../../../../../server/src/kernel/payments/shapes.ts";

/** `platform` is Telegram's name of its client: `ios`, `android`, `android_x`, `macos`, `tdesktop`, `weba`, `webk`, … */
export function surfaceOf(platform: string | null): Surface {
  if (platform === null) return "web";
  if (platform === "ios") return "miniapp_ios";
  return platform.startsWith("android") ? "miniapp_android" : "miniapp_desktop";
}
