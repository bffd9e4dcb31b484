import type { z } from "zod";
import type { Ctx } from "../../../platform/context.ts";
import { identityErrors } from "../errors.ts";
import { getMe } from "../queries.ts";
import type { browserTokens, tokens } from "../shapes.ts";
import { signAccessToken } from "./access-token.ts";
import type { RefreshGrant } from "./open-session.ts";
import type { Refreshed } from "./refresh-session.ts";

/** What a client gets after signing in or refreshing. */
export async function issueTokens(ctx: Ctx, grant: RefreshGrant): Promise<z.infer<typeof tokens>> {
  return {
    ...(await issueAccess(ctx, grant)),
    refreshToken: grant.refreshToken,
    refreshTokenExpiresAt: grant.refreshTokenExpiresAt,
  };
}

/** The same without the refresh token, which a plain browser gets as a cookie. The access token is signed outside the transaction. */
export async function issueAccess(ctx: Ctx, grant: RefreshGrant): Promise<z.infer<typeof browserTokens>> {
  const access = await signAccessToken(ctx.settings, grant, ctx.clock.now());
  return {
    accessToken: access.accessToken,
    accessTokenExpiresAt: new Date(access.expiresAtMs).toISOString(),
    sessionId: grant.sessionId,
    user: await getMe(ctx, grant, grant.kind),
  };
}

/** Throws what a refused refresh means to the client: sign in again. */
export function granted(refreshed: Refreshed): RefreshGrant {
  switch (refreshed.outcome) {
    case "refreshed":
      return refreshed;
    case "invalid":
      throw identityErrors.refresh_invalid();
    case "ended":
      throw identityErrors.session_ended();
    case "reused":
      throw identityErrors.refresh_reused();
  }
}
