/** Access tokens: JWT, HS256 and nothing else, ten minutes, for one session. They carry ids and no rights. */
import { errors as joseErrors, jwtVerify, SignJWT } from "jose";
import type { Settings } from "../../../platform/settings.ts";
import { identityErrors } from "../errors.ts";
import { accessTokenMs } from "../rules.ts";

const algorithm = "HS256";
const issuerOf = (settings: Settings): string => `souk:${settings.botId}`;
const audience = "souk-api";

export type AccessClaims = { userId: string; sessionId: string };

/** Signs a token that is good until `expiresAtMs`, ten minutes from `nowMs`. */
export async function signAccessToken(
  settings: Settings,
  claims: AccessClaims,
  nowMs: number,
): Promise<{ accessToken: string; expiresAtMs: number }> {
  const issuedAt = Math.floor(nowMs / 1_000);
  const expiresAt = issuedAt + accessTokenMs / 1_000;
  const accessToken = await new SignJWT({ sid: claims.sessionId })
    .setProtectedHeader({ alg: algorithm, typ: "at+jwt" })
    .setSubject(claims.userId)
    .setIssuer(issuerOf(settings))
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(settings.env.SESSION_SECRET);
  return { accessToken, expiresAtMs: expiresAt * 1_000 };
}

/** Throws `identity.token_expired` for a good token past its time, `identity.token_invalid` for anything else. */
export async function readAccessToken(
  settings: Settings,
  token: string,
  nowMs: number,
): Promise<AccessClaims> {
  try {
    const { payload } = await jwtVerify(token, settings.env.SESSION_SECRET, {
      algorithms: [algorithm],
      typ: "at+jwt",
      issuer: issuerOf(settings),
      audience,
      currentDate: new Date(nowMs),
      requiredClaims: ["exp", "sub", "sid"],
    });
    if (typeof payload.sid !== "string" || !payload.sub) throw identityErrors.token_invalid();
    return { userId: payload.sub, sessionId: payload.sid };
  } catch (error) {
    throw error instanceof joseErrors.JWTExpired
      ? identityErrors.token_expired()
      : identityErrors.token_invalid();
  }
}
