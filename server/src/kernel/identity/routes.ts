import { z } from "zod";
import { as, type Ctx } from "../../platform/context.ts";
import {
  del,
  type Endpoint,
  get,
  post,
  put,
  type RequestFacts,
  WithCookie,
} from "../../platform/endpoint.ts";
import { platformErrors } from "../../platform/errors.ts";
import { tonAddress, uuid } from "../../platform/shapes.ts";
import { authenticateInitData } from "./authenticate.ts";
import { identityErrors } from "./errors.ts";
import {
  browserTokensExample,
  notificationSettingsExample,
  sessionsExample,
  signInCodeExample,
  signInLinkExample,
} from "./examples.ts";
import {
  accountExample,
  accountShape,
  preferencesBody,
  preferencesExample,
  setParts,
  withPreferences,
} from "./preferences.ts";
import { getMe, sessionsOf, walletsOf } from "./queries.ts";
import { createSignInLink } from "./sessions/create-sign-in-link.ts";
import { exchangeSignInCode } from "./sessions/exchange-sign-in-code.ts";
import { granted, issueAccess, issueTokens } from "./sessions/issue-tokens.ts";
import { openSession, type RefreshGrant } from "./sessions/open-session.ts";
import { assertSameSite, cookieOf, noCookie, refreshTokenIn } from "./sessions/refresh-cookie.ts";
import { refreshSession } from "./sessions/refresh-session.ts";
import { revokeSession } from "./sessions/revoke-session.ts";
import {
  browserTokens,
  linkWallet as linkWalletShape,
  proofPayload,
  putMe,
  putNotificationSettings,
  putWallet,
  refresh,
  session,
  signIn,
  signInByCode,
  signInLink,
  tokens,
  wallet,
} from "./shapes.ts";
import type { UserActor } from "./users/ensure-user.ts";
import { setMarketRoles, setNotificationSettings, setPreferences } from "./users/settings.ts";
import { createProofPayload } from "./wallets/create-proof-payload.ts";
import { linkWallet } from "./wallets/link-wallet.ts";
import { removeWallet } from "./wallets/remove-wallet.ts";
import { setPrimaryWallet } from "./wallets/set-primary-wallet.ts";

const byAddress = z.strictObject({ address: tonAddress });

const authentication: Endpoint[] = [
  post(
    "/api/auth/telegram",
    {
      who: "anonymous",
      summary: "Exchanges initData for a session: a short access token and a rotating refresh token",
      body: signIn,
      answer: tokens,
      status: 201,
      perMinute: 30,
    },
    async (ctx, { body, request }) => {
      const actor = await authenticateInitData(ctx, body.initData);
      const grant = await openSession(as(ctx, actor), { userAgent: request.userAgent });
      return issueTokens(ctx, grant);
    },
  ),
  post(
    "/api/auth/refresh",
    {
      who: "anonymous",
      summary: "Trades a refresh token for the next pair; an old one ends the session",
      body: refresh,
      answer: tokens,
      perMinute: 30,
    },
    async (ctx, { body }) => issueTokens(ctx, granted(await refreshSession(ctx, body))),
  ),
  post(
    "/api/auth/logout",
    {
      who: "user",
      summary: "Ends the session of this access token; without a session there is nothing to end",
    },
    async (ctx) => {
      const { sessionId } = person(ctx);
      if (sessionId) await revokeSession(ctx, { id: sessionId });
      return new WithCookie(undefined, noCookie(ctx.settings));
    },
  ),
  get(
    "/api/auth/sessions",
    {
      who: "user",
      summary: "One's sessions that still work, newest first",
      answer: z.array(session),
      examples: { answer: sessionsExample },
    },
    (ctx) => sessionsOf(ctx, person(ctx)),
  ),
  del(
    "/api/auth/sessions/:id",
    { who: "user", summary: "Ends one of one's sessions, at once", params: z.strictObject({ id: uuid }) },
    async (ctx, { params }) => {
      await revokeSession(ctx, params);
    },
  ),
];

const inBrowsers: Endpoint[] = [
  post(
    "/api/auth/browser/links",
    {
      who: "user",
      summary:
        "A link that signs its first user into a plain browser: once, for three minutes, five in ten minutes; not for who is in a browser already",
      answer: signInLink,
      status: 201,
      examples: { answer: signInLinkExample },
    },
    (ctx) => createSignInLink(ctx, {}),
  ),
  post(
    "/api/auth/browser",
    {
      who: "anonymous",
      summary:
        "Trades the code of such a link for a browser's session: a short access token here, the rotating refresh token as a cookie that no script can read",
      body: signInByCode,
      answer: browserTokens,
      status: 201,
      perMinute: 10,
      examples: { body: signInCodeExample, answer: browserTokensExample },
    },
    async (ctx, { body, request }) => {
      assertSameSite(ctx.settings, request.header);
      const replaces = refreshTokenIn(ctx.settings, request.header);
      return inBrowser(
        ctx,
        await exchangeSignInCode(ctx, { ...body, userAgent: request.userAgent, replaces }),
      );
    },
  ),
  post(
    "/api/auth/browser/refresh",
    {
      who: "anonymous",
      summary: "Trades the cookie for the next one and a new access token; an old cookie ends the session",
      answer: browserTokens,
      perMinute: 30,
      examples: { answer: browserTokensExample },
    },
    async (ctx, { request }) => inBrowser(ctx, await refreshByCookie(ctx, request)),
  ),
];

async function refreshByCookie(ctx: Ctx, { header }: RequestFacts): Promise<RefreshGrant> {
  assertSameSite(ctx.settings, header);
  const refreshToken = refreshTokenIn(ctx.settings, header);
  if (refreshToken === null) throw identityErrors.refresh_invalid();
  return granted(await refreshSession(ctx, { refreshToken }));
}

const inBrowser = async (ctx: Ctx, grant: RefreshGrant) =>
  new WithCookie(await issueAccess(ctx, grant), cookieOf(ctx.settings, grant, ctx.clock.now()));

/** Made when every market has added its part of the preferences. */
const account = (): Endpoint[] => [
  get(
    "/api/users/me",
    {
      who: "user",
      summary: "One's own account",
      answer: accountShape(),
      examples: { answer: accountExample() },
    },
    async (ctx) => withPreferences(ctx, await getMe(ctx, person(ctx))),
  ),
  put(
    "/api/users/me",
    { who: "user", summary: "Sets one's roles in the markets", body: putMe, answer: accountShape() },
    async (ctx, { body }) => withPreferences(ctx, await getMe(ctx, await setMarketRoles(ctx, body))),
  ),
  put(
    "/api/users/me/preferences",
    {
      who: "user",
      summary: "Sets one's language, and what one wants of each market; what is left out stays as it is",
      body: preferencesBody(),
      answer: accountShape(),
      examples: { body: preferencesExample(), answer: accountExample() },
    },
    async (ctx, { body }) => {
      const own = await setParts(ctx, body);
      return withPreferences(ctx, await getMe(ctx, await setPreferences(ctx, own)));
    },
  ),
  put(
    "/api/users/me/notification-settings",
    {
      who: "user",
      summary: "Switches the bot's messages per topic; topics not named stay as they are",
      body: putNotificationSettings,
      answer: accountShape(),
      examples: { body: notificationSettingsExample, answer: accountExample() },
    },
    async (ctx, { body }) => withPreferences(ctx, await getMe(ctx, await setNotificationSettings(ctx, body))),
  ),
];

const wallets: Endpoint[] = [
  get(
    "/api/wallets",
    { who: "user", summary: "One's wallets, the primary first", answer: z.array(wallet) },
    (ctx) => walletsOf(ctx.db, person(ctx).userId),
  ),
  post(
    "/api/wallets/proof-payload",
    {
      who: "user",
      summary: "A payload for TON Connect's ton_proof: for this person, once, for 15 minutes",
      answer: proofPayload,
      status: 201,
      perMinute: 30,
    },
    (ctx) => createProofPayload(ctx, {}),
  ),
  post(
    "/api/wallets",
    {
      who: "user",
      summary: "Links a wallet by ton_proof; the first becomes the primary",
      body: linkWalletShape,
      answer: wallet,
      status: 201,
      perMinute: 20,
    },
    (ctx, { body }) => linkWallet(ctx, body),
  ),
  put(
    "/api/wallets/:address",
    {
      who: "user",
      summary: "Makes a wallet the primary one",
      params: byAddress,
      body: putWallet,
      answer: wallet,
    },
    (ctx, { params }) => setPrimaryWallet(ctx, params),
  ),
  del(
    "/api/wallets/:address",
    { who: "user", summary: "Removes a wallet that no deal pays to", params: byAddress },
    async (ctx, { params }) => {
      await removeWallet(ctx, params);
    },
  ),
];

export const routes = (): Endpoint[] => [...authentication, ...inBrowsers, ...account(), ...wallets];

function person(ctx: Ctx): UserActor {
  if (ctx.actor.kind !== "user") throw platformErrors.unauthenticated();
  return ctx.actor;
}
