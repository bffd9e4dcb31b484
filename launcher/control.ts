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
 * the new world is there.
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
    case "POST /reset":
      await controls.reset();
      return answer(200, { ok: true });
    default:
      return answer(404, { error: "nothing here" });
  }
}

const answer = (status: number, body: unknown): Response => Response.json(body, { status });
