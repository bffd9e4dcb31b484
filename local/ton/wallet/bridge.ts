/**
 * The HTTP (SSE) bridge of TON Connect: a post office for sealed messages. It sees who writes to whom and nothing else; a message
 * that nobody fetches is thrown away when its time to live is over.
 */
import { CORS, json } from "../http/toncenter.ts";

type Mail = {
  id: number;
  from: string;
  to: string;
  message: string;
  traceId: string | null;
  expires: number;
};
type Listener = (mail: Mail) => void;

const CLIENT_ID = /^[0-9a-f]{64}$/;
const MAX_TTL_SECONDS = 300;
const MAX_MESSAGE_BYTES = 1_000_000;
const MAX_MAIL_PER_CLIENT = 200;
const POSTS_PER_SWEEP = 100;
const HEARTBEAT_MS = 10_000;

export class Bridge {
  private readonly boxes = new Map<string, Mail[]>();
  private readonly listeners = new Map<string, Set<Listener>>();
  /** Starts at the clock, so that event ids grow over a restart too. */
  private lastId = Date.now();

  /** Answers `/bridge/events` and `/bridge/message`. */
  handle(request: Request, url: URL): Response | undefined | Promise<Response> {
    switch (url.pathname) {
      case "/bridge/events":
        return request.method === "GET" ? this.events(url) : refuse(405, "method not allowed");
      case "/bridge/message":
        return request.method === "POST" ? this.message(request, url) : refuse(405, "method not allowed");
      default:
        return undefined;
    }
  }

  /** Leaves a message for a client. `message` is base64 of the sealed bytes. */
  post(from: string, to: string, message: string, ttlSeconds: number, traceId: string | null = null): void {
    this.lastId += 1;
    if (this.lastId % POSTS_PER_SWEEP === 0) this.sweep();
    const mail = { id: this.lastId, from, to, message, traceId, expires: Date.now() + ttlSeconds * 1000 };
    const box = (this.boxes.get(to) ?? []).filter((each) => each.expires > Date.now());
    this.boxes.set(to, [...box, mail].slice(-MAX_MAIL_PER_CLIENT));
    for (const listener of this.listeners.get(to) ?? []) listener(mail);
  }

  /** Clients that never come back leave boxes behind. */
  private sweep(): void {
    for (const [client, box] of this.boxes) {
      if (box.every((mail) => mail.expires <= Date.now())) this.boxes.delete(client);
    }
  }

  /** Calls back for every new message to a client until the returned function is called. */
  listen(client: string, listener: Listener): () => void {
    const set = this.listeners.get(client) ?? new Set();
    this.listeners.set(client, set.add(listener));
    return () => {
      set.delete(listener);
      if (set.size === 0) this.listeners.delete(client);
    };
  }

  private events(url: URL): Response {
    const clients = (url.searchParams.get("client_id") ?? "").split(",");
    if (clients.length > 50 || !clients.every((client) => CLIENT_ID.test(client))) {
      return refuse(400, 'param "client_id" not present or wrong');
    }
    const after = Number(url.searchParams.get("last_event_id") ?? 0);
    if (!Number.isSafeInteger(after) || after < 0) return refuse(400, "Last-Event-ID should be int");
    const heartbeat = url.searchParams.get("heartbeat") === "message" ? "message" : "heartbeat";
    return eventStream((send) => {
      for (const client of clients) {
        for (const mail of this.boxes.get(client) ?? []) {
          if (mail.id > after && mail.expires > Date.now()) send(eventOf(mail));
        }
      }
      const stops = clients.map((client) => this.listen(client, (mail) => send(eventOf(mail))));
      const beat = () => send(`event: ${heartbeat}\ndata: heartbeat\n\n`);
      beat();
      const timer = setInterval(beat, HEARTBEAT_MS);
      return () => {
        clearInterval(timer);
        for (const stop of stops) stop();
      };
    });
  }

  private async message(request: Request, url: URL): Promise<Response> {
    const from = url.searchParams.get("client_id") ?? "";
    const to = url.searchParams.get("to") ?? "";
    const ttl = Number(url.searchParams.get("ttl") ?? Number.NaN);
    if (!CLIENT_ID.test(from)) return refuse(400, 'param "client_id" not present or wrong');
    if (!CLIENT_ID.test(to)) return refuse(400, 'param "to" not present or wrong');
    if (!Number.isInteger(ttl) || ttl < 1) return refuse(400, 'param "ttl" not present or wrong');
    if (ttl > MAX_TTL_SECONDS) return refuse(400, 'param "ttl" too high');
    const text = await request.text();
    if (text.length > MAX_MESSAGE_BYTES) return refuse(413, "message too long");
    if (text === "" || !/^[A-Za-z0-9+/_-]+=*$/.test(text)) return refuse(400, "message is not base64");
    this.post(from, to, text, ttl, url.searchParams.get("trace_id"));
    return json(200, { message: "OK", statusCode: 200 });
  }
}

function eventOf(mail: Mail): string {
  const data = {
    from: mail.from,
    message: mail.message,
    ...(mail.traceId ? { trace_id: mail.traceId } : {}),
  };
  return `event: message\nid: ${mail.id}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** A stream of server-sent events; `begin` gets the sender and gives back what to do when the reader has gone. */
export function eventStream(begin: (send: (text: string) => void) => () => void): Response {
  const encoder = new TextEncoder();
  let end = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      let open = true;
      const stop = begin((text) => {
        if (open) controller.enqueue(encoder.encode(text));
      });
      end = () => {
        open = false;
        stop();
      };
    },
    cancel: () => end(),
  });
  return new Response(stream, {
    headers: { ...CORS, "content-type": "text/event-stream", "cache-control": "no-cache" },
  });
}

function refuse(statusCode: number, message: string): Response {
  return json(statusCode, { message, statusCode });
}
