/**
 * What the Local Telegram asks of the launcher, because only the launcher holds the owner's role and the processes: moving the
 * world's clock, the next deadline, a new world. On loopback, and behind a secret in the path, because any page in a browser
 * of this machine could otherwise post here.
 */
import { randomBytes } from "node:crypto";
import { z } from "zod";

export type WorldClock = {
  /** Unix seconds. */
  readonly now: number;
  /** Seconds ahead of this machine's clock. */
  readonly offset: number;
};

export type WorldControls = {
  clock(): Promise<WorldClock>;
  /** Moves chain, database and job queue together, forward. */
  advance(seconds: number): Promise<WorldClock>;
  /** Unix seconds of the next deadline of any deal, or null. */
  nextDeadline(): Promise<number | null>;
  /** Forgets the local world and makes a new one. Throws when it must not. */
  reset(): Promise<void>;
  /** Plays the story until its end or until `signal`; absent where nobody can. Throws when it must not begin now. */
  play?(signal: AbortSignal, onEvent: (event: object) => void): Promise<void>;
};

export type ControlServer = {
  /** Base of the paths below; a secret. */
  readonly url: string;
  stop(): Promise<void>;
};

/** A hundred years: beyond that, dates stop making sense to the chain's 32-bit seconds. */
const ADVANCE_MAX = 3_155_760_000;
const advanceShape = z.strictObject({ seconds: z.int().min(0).max(ADVANCE_MAX) });

/**
 * `GET /clock` → WorldClock, `POST /advance {seconds}` → WorldClock, `GET /deadline` → `{deadline}` (Unix seconds or null), `POST /reset` → 200 when
 * the new world is there, `GET /play` → whether the story can be played, `POST /play` → its events.
 * Faults answer 400 or 409 with `{error}`.
 */
export function startControl(controls: WorldControls): ControlServer {
  const secret = randomBytes(16).toString("hex");
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 255,
    maxRequestBodySize: 4_096,
    fetch: async (request) => {
      const { pathname } = new URL(request.url);
      if (!pathname.startsWith(`/${secret}/`)) return answer(404, { error: "nothing here" });
      try {
        return await handle(controls, request, pathname.slice(secret.length + 1));
      } catch (error) {
        return answer(409, { error: (error as Error).message });
      }
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}/${secret}`,
    stop: () => server.stop(true),
  };
}

async function handle(controls: WorldControls, request: Request, path: string): Promise<Response> {
  switch (`${request.method} ${path}`) {
    case "GET /clock":
      return answer(200, await controls.clock());
    case "POST /advance": {
      const body = advanceShape.safeParse(await request.json().catch(() => undefined));
      if (!body.success) return answer(400, { error: "seconds: a whole number, not negative" });
      return answer(200, await controls.advance(body.data.seconds));
    }
    case "GET /deadline":
      return answer(200, { deadline: await controls.nextDeadline() });
    case "GET /play":
      return controls.play ? answer(200, { ok: true }) : answer(404, { error: "nobody can play" });
    case "POST /play":
      return controls.play
        ? stream(controls.play, request.signal)
        : answer(404, { error: "nobody can play" });
    case "POST /reset":
      await controls.reset();
      return answer(200, { ok: true });
    default:
      return answer(404, { error: "nothing here" });
  }
}

/** Server-sent events, until the story ends; who hangs up stops it. */
function stream(play: NonNullable<WorldControls["play"]>, signal: AbortSignal): Response {
  const stop = new AbortController();
  signal.addEventListener("abort", () => stop.abort(), { once: true });
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: async (controller) => {
      const send = (event: object): void => {
        if (!stop.signal.aborted) controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
      };
      await play(stop.signal, send).catch((error: Error) => send({ type: "failed", message: error.message }));
      if (!stop.signal.aborted) controller.close();
    },
    cancel: () => stop.abort(),
  });
  return new Response(body, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
  });
}

const answer = (status: number, body: unknown): Response => Response.json(body, { status });
