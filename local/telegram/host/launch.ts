/** Opening a Mini App: the address with its signed launch data, on the person's own phone. */

import type { ActResult } from "../protocol.ts";
import type { Person } from "../world/model.ts";
import { personUser } from "../world/objects.ts";
import { ClientRefusal } from "../world/refusal.ts";
import { type Host, phoneOrigin } from "./context.ts";
import { THEMES } from "./themes.ts";

const VERSION = "9.6";
const PLATFORM = "weba";
const START_PARAM = /^[A-Za-z0-9_-]{0,512}$/;

export type Opening =
  /** Menu button and inline buttons: the Mini App may answer by `query_id`. */
  | { readonly by: "button"; readonly url: string }
  /** A button of the reply keyboard: no query, but `sendData`. */
  | { readonly by: "keyboard"; readonly url: string; readonly buttonText: string }
  /** A direct link or the bot's profile. */
  | { readonly by: "link"; readonly startParam: string | null };

export interface InitDataOptions {
  readonly startParam?: string | null;
  /** Unix seconds; the world's clock unless given. */
  readonly authDate?: number;
  readonly botToken?: string;
  readonly queryId?: string | null;
}

/** Raw signed launch data for a person. Telegram puts `query_id` or `chat_instance` in, by the way of opening. */
export function initDataFor(host: Host, person: Person, options: InitDataOptions = {}): string {
  const { is_bot: _isBot, ...user } = personUser(person);
  const full = {
    ...user,
    last_name: person.lastName ?? "",
    ...(host.world.botChat(person.id).mayWrite ? { allows_write_to_pm: true } : {}),
    photo_url: `${host.addresses.linkBase}/i/userpic/320/${person.id}.png`,
  };
  const fields: Record<string, string> = {};
  if (options.queryId) fields.query_id = options.queryId;
  fields.user = JSON.stringify(full);
  if (!options.queryId) {
    fields.chat_instance = String(-7_000_000_000 - person.id);
    fields.chat_type = "sender";
  }
  if (options.startParam) fields.start_param = options.startParam;
  fields.auth_date = String(options.authDate ?? host.world.clock.now());
  return host.signer.sign(fields, options.botToken ?? host.world.bot.token);
}

/** @throws ClientRefusal when the bot has no Mini App or the start parameter is not one. */
export function launch(host: Host, person: Person, opening: Opening): Extract<ActResult, { type: "launch" }> {
  const startParam = opening.by === "link" ? opening.startParam : null;
  if (startParam !== null && !START_PARAM.test(startParam)) {
    throw new ClientRefusal(
      "START_PARAM_INVALID",
      "A start parameter has up to 512 letters, digits, _ and -.",
    );
  }
  const target = onPhone(
    host,
    person,
    opening.by === "link" ? `${host.addresses.productOrigin}/` : opening.url,
  );
  if (startParam) target.searchParams.set("tgWebAppStartParam", startParam);
  if (!host.world.botChat(person.id).seen) host.world.changeBotChat(person.id, { seen: true });
  host.world.reached(`opened:${person.role ?? "other"}`);
  const queryId = opening.by === "button" ? `AAH${host.world.token()}` : null;
  const hash = new URLSearchParams({
    tgWebAppData: initDataFor(host, person, { startParam, queryId }),
    tgWebAppVersion: VERSION,
    tgWebAppPlatform: PLATFORM,
    tgWebAppThemeParams: JSON.stringify(THEMES[person.theme]),
  });
  return {
    type: "launch",
    url: `${target.href.split("#")[0]}#${hash}`,
    title: host.world.profile.name,
    queryless: opening.by === "keyboard",
    buttonText: opening.by === "keyboard" ? opening.buttonText : null,
  };
}

/** The product's address in the form of the person's own phone; other addresses stay as they are. */
function onPhone(host: Host, person: Person, address: string): URL {
  const url = new URL(address);
  const product = new URL(host.addresses.productOrigin);
  const ours = [host.addresses.productOrigin, host.addresses.origin, ...host.addresses.phones.values()];
  const isOurs = ours.includes(url.origin) || (isLoopback(url.hostname) && url.port === product.port);
  if (!isOurs) return url;
  return new URL(url.pathname + url.search, phoneOrigin(host, person));
}

export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}
