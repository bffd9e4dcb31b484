/** Links by which a site reaches a wallet: `t.me/<wallet>/start?startapp=tonconnect-…`, its `path_full`, or `tc://?…`. */
import { z } from "zod";

const connectShape = z.object({
  manifestUrl: z.url({ protocol: /^https?$/ }),
  items: z.array(z.looseObject({ name: z.string() })).min(1),
});

export type ConnectRequest = z.infer<typeof connectShape>;

/** A request to connect, or a link that only brings the wallet forward because a session is there already. */
export type WalletLink = { kind: "connect"; clientId: string; request: ConnectRequest } | { kind: "forward" };

export class BadLink extends Error {}

const PREFIX = "tonconnect-";

/** Reads a link in any of its forms. Throws BadLink with the reason. */
export function parseWalletLink(link: string): WalletLink {
  const params = new URLSearchParams(queryOf(link.trim()));
  const request = params.get("r");
  if (request === null) return { kind: "forward" };
  if (params.get("v") !== "2") throw new BadLink("version 2 of the protocol expected");
  const clientId = params.get("id") ?? "";
  if (!/^[0-9a-f]{64}$/.test(clientId)) throw new BadLink("id: 32 bytes in hex expected");
  const parsed = connectShape.safeParse(jsonOf(request));
  if (!parsed.success) throw new BadLink("r: not a connect request");
  return { kind: "connect", clientId, request: parsed.data };
}

function queryOf(link: string): string {
  if (link.startsWith(PREFIX)) return decodeStart(link);
  const query = link.split("?").slice(1).join("?");
  const start = new URLSearchParams(query);
  const value = start.get("startapp") ?? start.get("startattach") ?? start.get("start");
  if (value?.startsWith(PREFIX)) return decodeStart(value);
  return query;
}

/** Telegram allows few characters in a start parameter: `--` stands for `%`, `__` for `=`, `-` for `&`. */
function decodeStart(start: string): string {
  return start.slice(PREFIX.length).replaceAll("--", "%").replaceAll("__", "=").replaceAll("-", "&");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
