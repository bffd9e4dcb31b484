/** Where the pay sheet is open: stores have rules of their own, so the server has to know the phone's system. */
import { retrieveLaunchParams } from "@tma.js/sdk-react";
import type { Surface } from "../../../../../server/src/kernel/payments/shapes.ts";
import { launch } from "../../../../kit/telegram.ts";
import { surfaceOf } from "./surface-of.ts";

export const surface = (): Surface =>
  surfaceOf(launch.isTelegram ? retrieveLaunchParams().tgWebAppPlatform : null);
