/**
 * Start parameters of the Mini App (`https://t.me/<bot>/app?startapp=…`), at most 64 characters of A-Z a-z 0-9 _ -: a mark of one
 * letter, then an id without dashes or a code.
 */

export interface DeepLink {
  /** Before the underscore. */
  readonly mark: string;
  readonly holds: "id" | "code";
  /** What the path inside the Mini App begins with: `/deals/`. */
  readonly path: string;
}

const HEX_ID = /^[0-9a-f]{32}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CODE = /^[A-Za-z0-9-]{8,40}$/;
const INBOX = "/inbox";

const uuidOf = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;

/** The path inside the Mini App that a start parameter means; null when it means none. */
export function pathOfStartParam(
  startParam: string | null | undefined,
  links: readonly DeepLink[],
): string | null {
  if (startParam === "i") return INBOX;
  const [, mark, value = ""] = /^([a-z]+)_(.+)$/.exec(startParam ?? "") ?? [];
  const link = links.find((one) => one.mark === mark);
  if (!link) return null;
  if (link.holds === "code") return CODE.test(value) ? link.path + value : null;
  const hex = value.toLowerCase();
  return HEX_ID.test(hex) ? link.path + uuidOf(hex) : null;
}

/** The start parameter that leads to a path; undefined when none does. */
export function startParamOf(path: string, links: readonly DeepLink[]): string | undefined {
  if (path === INBOX) return "i";
  const link = links.find((one) => path.startsWith(one.path));
  if (!link) return undefined;
  const value = path.slice(link.path.length).split("/")[0] ?? "";
  if (link.holds === "code") return CODE.test(value) ? `${link.mark}_${value}` : undefined;
  return UUID.test(value) ? `${link.mark}_${value.replaceAll("-", "")}` : undefined;
}

/** The code in what a person pasted or typed, spaces and all: the bare code, or a link that carries it. */
export function offerCodeOf(pasted: string): string | null {
  const linked = /[?&]start(?:app)?=o_([A-Za-z0-9-]{8,40})/.exec(pasted)?.[1];
  if (linked) return linked;
  const bare = pasted.replace(/\s+/g, "");
  return CODE.test(bare) ? bare : null;
}

/** A path pattern with its `:name`s filled in. */
export const fillPath = (pattern: string, params: Readonly<Record<string, string | undefined>>): string =>
  pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
