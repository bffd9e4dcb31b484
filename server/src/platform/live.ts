/**
 * The WebSocket at `/api/live`. A socket signs in with its first message, names the last number it has seen, and is then
 * sent what came after, in order. Notifications of the database only wake: what is sent is always read from the table.
 */
import type { ServerWebSocket } from "bun";
import { z } from "zod";
import type { Actor, Ctx } from "./context.ts";
import { listenClient } from "./db.ts";
import { Problem, platformErrors } from "./errors.ts";
import { errorFields } from "./log.ts";
import { liveChannel, liveSince } from "./realtime.ts";

export type LiveSocketData = {
  since: bigint | null;
  userId: string | null;
  seq: bigint;
  isPumping: boolean;
  isStale: boolean;
  /** The first message has come; there is only one, and a second one while it is worked must not sign in somebody else. */
  hasSpoken: boolean;
  isClosed: boolean;
  timer?: Timer;
};
type Socket = ServerWebSocket<LiveSocketData>;

const hello = z.strictObject({ authorization: z.string().max(8_192) });
const signInMs = 10_000;
/** Screens that one person has open at once; one more closes the oldest, so that nobody can take all sockets. */
const socketsMax = 40;
/** A slow reader is cut off rather than buffered without end; it comes back and resumes. */
const backlogMax = 1_000_000;

export type Live = {
  upgradeData(url: URL): LiveSocketData;
  websocket: {
    open(ws: Socket): void;
    message(ws: Socket, message: string | Buffer): Promise<void>;
    close(ws: Socket): void;
    idleTimeout: number;
    maxPayloadLength: number;
  };
  listen(url: string, signal: AbortSignal, onClock: () => void): Promise<void>;
  closeAll(): void;
  /** Open sockets, and people who have any. */
  count(): number;
  people(): number;
};

export function createLive(
  ctx: Ctx,
  authenticate: (ctx: Ctx, authorization: string | undefined) => Promise<Actor>,
): Live {
  const byUser = new Map<string, Set<Socket>>();
  const all = new Set<Socket>();
  const wake = (userId: string) => {
    for (const ws of byUser.get(userId) ?? []) void pump(ctx, ws);
  };
  return {
    upgradeData: (url) => {
      const since = url.searchParams.get("since");
      return {
        since: since && /^\d{1,18}$/.test(since) ? BigInt(since) : null,
        userId: null,
        seq: 0n,
        isPumping: false,
        isStale: false,
        hasSpoken: false,
        isClosed: false,
      };
    },
    websocket: {
      idleTimeout: 120,
      maxPayloadLength: 16_384,
      open(ws) {
        all.add(ws);
        ws.data.timer = setTimeout(() => ws.close(4401, "sign in first"), signInMs);
      },
      async message(ws, message) {
        if (ws.data.hasSpoken) return;
        ws.data.hasSpoken = true;
        try {
          const { authorization } = hello.parse(JSON.parse(String(message)));
          const actor = await authenticate(ctx, authorization);
          if (actor.kind !== "user") throw platformErrors.unauthenticated();
          clearTimeout(ws.data.timer);
          await begin(ctx, ws, actor.userId, byUser);
        } catch (error) {
          // Our own trouble must not look like theirs: a client would throw its session away.
          if (isRefusal(error)) return ws.close(4401, "unauthenticated");
          ctx.log.warn(errorFields(error), "live socket could not begin");
          ws.close(1011, "try again");
        }
      },
      close(ws) {
        ws.data.isClosed = true;
        all.delete(ws);
        clearTimeout(ws.data.timer);
        if (ws.data.userId === null) return;
        const own = byUser.get(ws.data.userId);
        own?.delete(ws);
        if (own?.size === 0) byUser.delete(ws.data.userId);
      },
    },
    listen: (url, signal, onClock) =>
      listenForever(ctx, url, signal, { wake, wakeAll: () => [...byUser.keys()].forEach(wake), onClock }),
    closeAll: () => {
      for (const ws of all) ws.close(1012, "restarting");
    },
    count: () => all.size,
    people: () => byUser.size,
  };
}

/** Not JSON, not the shape, or nobody whom we know. */
const isRefusal = (error: unknown): boolean =>
  error instanceof SyntaxError || error instanceof z.ZodError || error instanceof Problem;

async function begin(ctx: Ctx, ws: Socket, userId: string, byUser: Map<string, Set<Socket>>): Promise<void> {
  // Gone while it was signing in: nobody would ever take it out again.
  if (ws.data.isClosed) return;
  // Registered before the first read: what commits in between wakes it again, so nothing falls into the gap. Counted as
  // pumping until its number is known, or that wake would send everything from the beginning.
  ws.data.isPumping = true;
  ws.data.userId = userId;
  const sockets = byUser.get(userId) ?? new Set();
  byUser.set(userId, sockets.add(ws));
  const [oldest] = sockets;
  if (sockets.size > socketsMax) oldest?.close(4429, "too many");
  const start = await liveSince(ctx.db, userId, ws.data.since ?? 0n);
  const isFresh = ws.data.since === null;
  ws.data.seq = isFresh || start.isTooOld ? start.last : (ws.data.since ?? 0n);
  if (!isFresh && start.isTooOld) ws.send(JSON.stringify({ type: "reset", seq: String(start.last) }));
  ws.send(JSON.stringify({ type: "ready", seq: String(ws.data.seq) }));
  ws.data.isPumping = false;
  await pump(ctx, ws);
}

/** Sends what is new; one at a time per socket, again if something came meanwhile. */
async function pump(ctx: Ctx, ws: Socket): Promise<void> {
  const { data } = ws;
  data.isStale = true;
  if (data.isPumping || data.userId === null) return;
  data.isPumping = true;
  try {
    while (data.isStale) {
      data.isStale = false;
      const { events } = await liveSince(ctx.db, data.userId, data.seq);
      for (const event of events) {
        ws.send(JSON.stringify({ type: "event", event }));
        data.seq = BigInt(event.seq);
      }
      if (events.length === 500) data.isStale = true;
      if (ws.getBufferedAmount() > backlogMax) ws.close(4408, "too slow");
    }
  } catch (error) {
    ctx.log.warn(errorFields(error), "live socket could not read");
    ws.close(1011, "try again");
  } finally {
    data.isPumping = false;
  }
}

/** Keeps one session listening; after a lost one every socket reads again, because notifications may have been missed. */
async function listenForever(
  ctx: Ctx,
  url: string,
  signal: AbortSignal,
  on: { wake(userId: string): void; wakeAll(): void; onClock(): void },
): Promise<void> {
  while (!signal.aborted) {
    const client = listenClient(url, "souk-live");
    const ended = new Promise<void>((resolve) => {
      client.on("end", resolve);
      client.on("error", () => resolve());
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    client.on("notification", ({ channel, payload }) =>
      channel === liveChannel ? on.wake(payload ?? "") : on.onClock(),
    );
    try {
      await client.connect();
      await client.query(`listen ${liveChannel}; listen souk_clock`);
      on.wakeAll();
      on.onClock();
      await ended;
    } catch (error) {
      ctx.log.warn(errorFields(error), "live listener lost");
    }
    await client.end().catch(() => undefined);
    if (!signal.aborted) await Bun.sleep(500);
  }
}
