/** `souk openapi`: the description that the running product serves at /openapi.json, printed without starting anything. */

import { version } from "../server/src/app.ts";
import { modules } from "../server/src/modules.ts";
import { openApi } from "../server/src/platform/openapi.ts";
import { systemEndpoints } from "../server/src/platform/system-routes.ts";
import { say } from "./say.ts";

export function openApiCommand(): Promise<number> {
  const endpoints = [...systemEndpoints({}, ""), ...modules.flatMap((one) => one.routes ?? [])];
  say(JSON.stringify(openApi(endpoints, version), null, 2));
  return Promise.resolve(0);
}
