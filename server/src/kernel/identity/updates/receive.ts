/** How updates come in: by long polling, one poller among all processes, or by Telegram's webhook. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Update } from "grammy/types";
import type { Ctx } from "../../../platform/context.ts";
import { listenClient } from "../../../platform/db.ts";
import { platformErrors } from "../../../platform/errors.ts";
import { errorFields } from "../../../platform/log.ts";
import { introduceBot } from "../bot-profile.ts";
import { recordUpdates } from "./record-updates.ts";
import { answerUrgent, isUrgent } from "./urgent.ts";

export const webhookPath = "/telegram/webhook";

const waitSeconds = 25;
const retryMs = 1_000;
/** Session-level advisory lock of the one poller; any number that nobody else uses. */
const pollerLock = 7_105_001;
/** Telegram keeps an update so long, and after a quiet week its ids may begin anew, below an old offset. */
const offsetGoodMs = 24 * 3_600_000;

/**
 * Takes what waits at Telegram into the inbox without waiting for more; for tests and for one-off work. Returns how many were
 * new. Not while a poller runs.
 */
export async function takeUpdates(ctx: Ctx): Promise<number> {
  let taken = 0;
  for (let offset: number | undefined; ; ) {
    const updates = await ctx.gateways.telegram.updates.pull({
      ...(offset === undefined ? {} : { offset }),
      waitSeconds: 0,
    });
    const last = updates.at(-1);
    if (!last) return taken;
    taken += await recordUpdates(ctx, updates);
    const urgent = updates.filter(isUrgent);
    await Promise.all(urgent.map((one) => answerUrgent(ctx, one)));
    taken += urgent.length;
    // The next question confirms these: they are committed.
    offset = last.update_id + 1;
  }
}

/** The loop of role `bot`: introduces the bot, then polls, or sets the webhook and only watches. Runs until `signal`. */
export async function receiveUpdates(ctx: Ctx, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await introduceBot(ctx);
      if (ctx.settings.env.TELEGRAM_UPDATES === "webhook") await announceWebhook(ctx, signal);
      else await pollAlone(ctx, signal);
    } catch (error) {
      if (!signal.aborted) ctx.log.warn(errorFields(error), "updates interrupted; trying again");
    }
    await pause(retryMs, signal);
  }
}

async function announceWebhook(ctx: Ctx, signal: AbortSignal): Promise<void> {
  const { PUBLIC_URL, TELEGRAM_WEBHOOK_SECRET } = ctx.settings.env;
  await ctx.gateways.telegram.updates.setWebhook(PUBLIC_URL + webhookPath, TELEGRAM_WEBHOOK_SECRET ?? "");
  await pause(undefined, signal);
}

/** Polls while this process holds the lock; it goes with the database session, so a dead poller is replaced at once. */
async function pollAlone(ctx: Ctx, signal: AbortSignal): Promise<void> {
  const session = listenClient(ctx.settings.env.DATABASE_URL, "souk-poller");
  const lost = new AbortController();
  session.on("error", () => lost.abort());
  session.on("end", () => lost.abort());
  await session.connect();
  try {
    const until = AbortSignal.any([signal, lost.signal]);
    if (await becomeThePoller(session, until)) {
      await ctx.gateways.telegram.updates.startPolling();
      await poll(ctx, until);
    }
  } finally {
    await session.end().catch(() => undefined);
  }
}

async function becomeThePoller(
  session: ReturnType<typeof listenClient>,
  until: AbortSignal,
): Promise<boolean> {
  while (!until.aborted) {
    const { rows } = await session.query<{ got: boolean }>("select pg_try_advisory_lock($1) as got", [
      pollerLock,
    ]);
    if (rows[0]?.got) return true;
    await pause(retryMs, until);
  }
  return false;
}

async function poll(ctx: Ctx, until: AbortSignal): Promise<void> {
  let confirmed: { offset: number; atMs: number } | undefined;
  while (!until.aborted) {
    const isGood = confirmed && performance.now() - confirmed.atMs < offsetGoodMs;
    const updates = await ctx.gateways.telegram.updates.pull({
      ...(confirmed && isGood ? { offset: confirmed.offset } : {}),
      waitSeconds,
      signal: until,
    });
    // Not waited for: the next question must not stand behind an answer that Telegram waits for elsewhere.
    for (const one of updates.filter(isUrgent)) void answerUrgent(ctx, one);
    await recordUpdates(ctx, updates);
    const last = updates.at(-1);
    if (last) confirmed = { offset: last.update_id + 1, atMs: performance.now() };
  }
}

/**
 * Answers `POST /telegram/webhook`: the secret is compared in constant time before the body is read, and the update is stored
 * before the answer. Telegram repeats what it got no 2xx for.
 */
export async function receiveWebhook(ctx: Ctx, request: Request): Promise<Response> {
  const { TELEGRAM_UPDATES, TELEGRAM_WEBHOOK_SECRET: secret } = ctx.settings.env;
  if (TELEGRAM_UPDATES !== "webhook" || !secret) throw platformErrors.not_found();
  if (!isSame(request.headers.get("x-telegram-bot-api-secret-token") ?? "", secret))
    throw platformErrors.unauthenticated();
  const update = await updateFrom(request);
  if (isUrgent(update)) await answerUrgent(ctx, update);
  else await recordUpdates(ctx, [update]);
  return new Response(null, { status: 200 });
}

async function updateFrom(request: Request): Promise<Update> {
  const body: unknown = await request.json().catch(() => undefined);
  const id = (body as { update_id?: unknown } | null | undefined)?.update_id;
  if (!Number.isSafeInteger(id)) throw platformErrors.malformed_json();
  return body as Update;
}

/** Hashed first, so that neither the length nor the content shows in the time. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
const digest = (value: string): Buffer => createHash("sha256").update(value).digest();

/** Resolves after `ms`, or only when the signal is aborted. */
function pause(ms: number | undefined, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = ms === undefined ? undefined : setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
