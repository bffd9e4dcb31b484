/**
 * The host API: what the Local Telegram page and its server say to each other. Pure types: the nouns
 * stand in `protocol-state.ts`, the verbs (`Action`, `ActReply` and what they are made of) in `protocol-actions.ts`.
 *
 * - `GET  /host/world`               → `World`
 * - `GET  /host/state?person=1001`   → `PersonState`
 * - `GET  /host/events?person=1001`  → SSE. `event: state` carries a whole `PersonState`, `event: world` a whole `World`;
 *                                      each is sent once on connection and again after every change. `person` may stand several
 *                                      times (`state.me.id` says whose it is; browsers allow six streams per origin), or not at all.
 * - `POST /host/act` `{person, action}` → `ActReply` (HTTP 200, or 400 with `ok: false`)
 * - `POST /host/clock` `{advanceSeconds}` | `{toNextDeadline: true}` → `ClockReply`; `POST /host/reset` `{}` → `{ok: true}`
 *
 * Dates are Unix seconds of the world's clock. Identifiers are Telegram's: people positive, channels `-100…`.
 * Addresses named `…Url` may be relative to the Local Telegram origin. Fields typed `| null` are always present.
 */

export type * from "./protocol-actions.ts";
export type * from "./protocol-state.ts";
