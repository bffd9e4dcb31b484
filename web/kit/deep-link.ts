/** Start parameters of the Mini App (`https://t.me/<bot>/app?startapp=…`), at most 64 characters of A-Z a-z 0-9 _ -. */

const HEX_ID = /^[0-9a-f]{32}$/;

const uuidOf = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;

/** The path inside the Mini App that a start parameter means; null when it means none. */
export function pathOfStartParam(startParam: string | null | undefined): string | null {
  if (!startParam) return null;
  if (startParam === "i") return "/inbox";
  const [kind, value] = [startParam.slice(0, 2), startParam.slice(2)];
  if (kind === "o_" && /^[A-Za-z0-9-]{8,40}$/.test(value)) return `/offer/${value}`;
  if (!HEX_ID.test(value.toLowerCase())) return null;
  if (kind === "d_") return `/deals/${uuidOf(value.toLowerCase())}`;
  if (kind === "l_") return `/listings/${uuidOf(value.toLowerCase())}`;
  return null;
}

/** The code in what a person pasted or typed, spaces and all: the bare code, or a link that carries it. */
export function offerCodeOf(pasted: string): string | null {
  const linked = /[?&]start(?:app)?=o_([A-Za-z0-9-]{8,40})/.exec(pasted)?.[1];
  if (linked) return linked;
  const bare = pasted.replace(/\s+/g, "");
  return /^[A-Za-z0-9-]{8,40}$/.test(bare) ? bare : null;
}

/** Where "back" leads when there is nothing to go back to. */
export function parentOf(path: string): string | null {
  const [first, id, rest] = path.split("/").filter(Boolean);
  if (!first || (!id && isTab(path))) return null;
  if (first === "deals" && rest) return `/deals/${id}`;
  if (first === "deals") return "/deals";
  if (first === "listings" || first === "offer" || first === "sell") return "/channels";
  if (first === "payments" || (first === "balance" && id)) return "/balance";
  if (first === "arbiter" && id) return "/arbiter";
  return first === "arbiter" || first === "balance" || id ? "/profile" : "/";
}

const tabs = ["/", "/channels", "/deals", "/inbox", "/profile"];
export const isTab = (path: string): boolean => tabs.includes(path);
