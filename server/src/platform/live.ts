/**
 * The WebSocket at `/api/live`. A socket signs in with a message, names the last number it has seen, and is then sent what came
 * after, in order. Notifications of the database only wake: what is sent is always read from the table. Signed in or not, a socket
 * may subscribe to public topics (public-topics.ts).
 */
import type { ServerWebSocket } from "bun";
import { z } from "zod";
import type { Actor, Ctx } from "./context.ts";
import { listenClient } from "./db.ts";
import { Problem, platformErrors } from "./errors.ts";
import { errorFields } from "./log.ts";
import { createPublicTopics, type PublicTopics } from "./public-topics.ts";
import { liveChannel, liveSince, publicChannel } from "./realtime.ts";
import { publicTopic } from "./shapes.ts";

export type LiveSocketData = {
  since: bigint | null;
  address: string;
  /** It subscribed without signing in, and is counted under its address. */
  isVisitor: boolean;
  messages: number;
  messagesSince: number;
  userId: string | null;
  /** How it signed in; null until it has. */
  actor: Actor | null;
  seq: bigint;
  isPumping: boolean;
  isStale: boolean;
  /** It has begun to sign in; there is one such message, and a second one while it is worked must not sign in somebody else. */
  hasSignedIn: boolean;
  isClosed: boolean;
  timer?: Timer;
};
type Socket = ServerWebSocket<LiveSocketData>;

const hello = z.strictObject({ authorization: z.string().max(8_192) });
const topics = z.array(publicTopic).min(1).max(publicTopic.options.length);
const said = z.union([hello, z.strictObject({ subscribe: topics }), z.strictObject({ unsubscribe: topics })]);
const signInMs = 10_000;
/** Screens that one person has open at once; one more closes the oldest, so that nobody can take all sockets. */
const socketsMax = 40;
/** Visitors' sockets of one address in this process: many people share an address, and nobody needs so many. */
const visitorsMax = 500;
const messagesPerMinute = 60;
/** A slow reader is cut off rather than buffered without end; it comes back and resumes. */
const backlogMax = 1_000_000;

export type Live = {
  upgradeData(url: URL, address: string): LiveSocketData;
  websocket: {
    open(ws: Socket): void;
    message(ws: Socket, message: string | Buffer): Promise<void>;
    close(ws: Socket): void;
    idleTimeout: number;
    maxPayloadLength: number;
    backpressureLimit: number;
    closeOnBackpressureLimit: boolean;
  };
  /** Names the server whose sockets these are. */
  attach(server: { publish(topic: string, text: string): unknown }): void;
  listen(url: string, signal: AbortSignal, onClock: () => void): Promise<void>;
  closeAll(): void;
  /** Open sockets, and people who have any. */
  count(): number;
  people(): number;
};

type Rooms = {
  byUser: Map<string, Set<Socket>>;
  visitors: Map<string, number>;
  topics: PublicTopics;
  stands: Stands;
};
type Authenticate = (ctx: Ctx, authorization: string | undefined) => Promise<Actor>;
/** Whether somebody who signed in earlier still is: asked when something of their account has changed. */
type Stands = (actor: Actor) => Promise<boolean>;

export function createLive(ctx: Ctx, authenticate: Authenticate, stands: Stands = async () => true): Live {
  const byUser = new Map<string, Set<Socket>>();
  const rooms: Rooms = { byUser, visitors: new Map(), topics: createPublicTopics(), stands };
  const all = new Set<Socket>();
  const wake = (userId: string) => {
    for (const ws of byUser.get(userId) ?? []) void pump(ctx, ws, stands);
  };
  const wakeAll = () => {
    for (const userId of [...byUser.keys()]) wake(userId);
    rooms.topics.readAgain();
  };
  return {
    upgradeData,
    websocket: {
      idleTimeout: 120,
      maxPayloadLength: 16_384,
      backpressureLimit: backlogMax,
      closeOnBackpressureLimit: true,
      open(ws) {
        all.add(ws);
        ws.data.timer = setTimeout(() => ws.close(4401, "sign in first"), signInMs);
      },
      message: (ws, message) => hear(ctx, ws, message, rooms, authenticate),
      close(ws) {
        ws.data.isClosed = true;
        all.delete(ws);
        clearTimeout(ws.data.timer);
        leaveVisitors(ws, rooms);
        if (ws.data.userId === null) return;
        const own = byUser.get(ws.data.userId);
        own?.delete(ws);
        if (own?.size === 0) byUser.delete(ws.data.userId);
      },
    },
    attach: (server) => rooms.topics.attach((topic, text) => server.publish(topic, text)),
    listen: (url, signal, onClock) =>
      listenForever(ctx, url, signal, {
        wake,
        wakeAll,
        onClock,
        onPublic: (news) => rooms.topics.hear(news),
      }),
    closeAll: () => {
      rooms.topics.stop();
      for (const ws of all) ws.close(1012, "restarting");
    },
    count: () => all.size,
    people: () => byUser.size,
  };
}

function upgradeData(url: URL, address: string): LiveSocketData {
  const since = url.searchParams.get("since");
  return {
    since: since && /^\d{1,18}$/.test(since) ? BigInt(since) : null,
    address,
    isVisitor: false,
    messages: 0,
    messagesSince: 0,
    userId: null,
    actor: null,
    seq: 0n,
    isPumping: false,
    isStale: false,
    hasSignedIn: false,
    isClosed: false,
  };
}

async function hear(
  ctx: Ctx,
  ws: Socket,
  message: string | Buffer,
  rooms: Rooms,
  authenticate: Authenticate,
): Promise<void> {
  if (isTalkative(ws.data)) return ws.close(4429, "too many");
  try {
    const given = said.parse(JSON.parse(String(message)));
    if ("unsubscribe" in given) rooms.topics.unsubscribe(ws, given.unsubscribe);
    else if ("subscribe" in given) subscribe(ctx, ws, given.subscribe, rooms);
    else if (!ws.data.hasSignedIn) {
      ws.data.hasSignedIn = true;
      const actor = await authenticate(ctx, given.authorization);
      if (actor.kind !== "user") throw platformErrors.unauthenticated();
      clearTimeout(ws.data.timer);
      leaveVisitors(ws, rooms);
      ws.data.actor = actor;
      await begin(ctx, ws, actor.userId, rooms);
    }
  } catch (error) {
    if (isMalformed(error)) return ws.close(4400, "malformed");
    // Our own trouble must not look like theirs: a client would throw its session away.
    if (error instanceof Problem) return ws.close(4401, "unauthenticated");
    ctx.log.warn(errorFields(error), "live socket could not begin");
    ws.close(1011, "try again");
  }
}

function isTalkative(data: LiveSocketData): boolean {
  const now = performance.now();
  if (now - data.messagesSince > 60_000) {
    data.messagesSince = now;
    data.messages = 0;
  }
  data.messages += 1;
  return data.messages > messagesPerMinute;
}

function subscribe(
  ctx: Ctx,
  ws: Socket,
  to: z.output<typeof topics>,
  { visitors, topics: all }: Rooms,
): void {
  const { data } = ws;
  if (!data.hasSignedIn && !data.isVisitor) {
    const present = visitors.get(data.address) ?? 0;
    if (present >= visitorsMax * ctx.settings.env.RATE_LIMIT_FACTOR) {
      ws.close(4429, "too many");
      return;
    }
    data.isVisitor = true;
    visitors.set(data.address, present + 1);
    clearTimeout(data.timer);
  }
  all.subscribe(ws, to);
}

function leaveVisitors({ data }: Socket, { visitors }: Rooms): void {
  if (!data.isVisitor) return;
  data.isVisitor = false;
  const left = (visitors.get(data.address) ?? 1) - 1;
  if (left > 0) visitors.set(data.address, left);
  else visitors.delete(data.address);
}

/** Not JSON, or not a message that we know. */
const isMalformed = (error: unknown): boolean => error instanceof SyntaxError || error instanceof z.ZodError;

async function begin(ctx: Ctx, ws: Socket, userId: string, { byUser, stands }: Rooms): Promise<void> {
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
  await pump(ctx, ws, stands);
}

/** Sends what is new; one at a time per socket, again if something came meanwhile. */
async function pump(ctx: Ctx, ws: Socket, stands: Stands): Promise<void> {
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
      const isOwn = events.some(({ topic }) => topic === "user");
      // It has just heard why: its next request is refused as well.
      if (isOwn && data.actor && !(await stands(data.actor))) return ws.close(4401, "session ended");
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
  on: { wake(userId: string): void; wakeAll(): void; onClock(): void; onPublic(news: string): void },
): Promise<void> {
  while (!signal.aborted) {
    const client = listenClient(url, "souk-live");
    const ended = new Promise<void>((resolve) => {
      client.on("end", resolve);
      client.on("error", () => resolve());
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    client.on("notification", ({ channel, payload = "" }) => {
      if (channel === liveChannel) on.wake(payload);
      else if (channel === publicChannel) on.onPublic(payload);
      else on.onClock();
    });
    try {
      await client.connect();
      await client.query(`listen ${liveChannel}; listen ${publicChannel}; listen souk_clock`);
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
