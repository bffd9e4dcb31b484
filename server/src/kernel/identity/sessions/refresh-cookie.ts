/**
 * Where a plain browser keeps its refresh token: a cookie that no script can read and that no other site's request carries. Over https its name
 * binds it to this very host (`__Host-`), so that a neighbour under the same domain cannot put one of his own there.
 */
import type { Settings } from "../../../platform/settings.ts";
import { identityErrors } from "../errors.ts";
import type { RefreshGrant } from "./open-session.ts";

const isSecure = ({ env }: Settings): boolean => env.PUBLIC_URL.startsWith("https://");
const nameIn = (settings: Settings): string => (isSecure(settings) ? "__Host-souk" : "souk_session");

const cookie = (settings: Settings, value: string, seconds: number): string =>
  `${nameIn(settings)}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${isSecure(settings) ? "; Secure" : ""}`;

export const cookieOf = (settings: Settings, grant: RefreshGrant, nowMs: number): string =>
  cookie(
    settings,
    grant.refreshToken,
    Math.max(0, Math.floor((Date.parse(grant.refreshTokenExpiresAt) - nowMs) / 1_000)),
  );

export const noCookie = (settings: Settings): string => cookie(settings, "", 0);

type Header = (name: string) => string | null;

/** The refresh token in the request's cookie; null when there is none. */
export function refreshTokenIn(settings: Settings, header: Header): string | null {
  const start = `${nameIn(settings)}=`;
  const found = (header("cookie") ?? "").split(";").find((part) => part.trim().startsWith(start));
  const value = found?.trim().slice(start.length) ?? "";
  return value === "" ? null : value;
}

/**
 * Throws for a request that another site's page made. Browsers say so themselves; one that is too old for that names its origin, and a
 * program that is no browser names neither, and has no cookie to lose.
 */
export function assertSameSite(settings: Settings, header: Header): void {
  const site = header("sec-fetch-site");
  const origin = header("origin");
  const isOurs =
    site === null
      ? origin === null || origin === new URL(settings.env.PUBLIC_URL).origin
      : site === "same-origin";
  if (!isOurs) throw identityErrors.foreign_page();
}
