/** Moving the whole world's clock and starting it anew: done by who has started the world, in this process or at an address. */
export interface Controls {
  /** Moves everything: this server's clock too, by `setClockOffset`. */
  advance(seconds: number): Promise<void>;
  reset?(): Promise<void>;
  /** Unix seconds of the product's next deadline, or null. */
  nextDeadline?(): Promise<number | null>;
  /** Whether somebody can play the story. */
  canPlay?(): Promise<boolean>;
  /** Plays it: an answer whose body is a stream of events, until `signal`. */
  play?(signal: AbortSignal): Promise<Response>;
}

const CONTROL_MS = 120_000;
const DEADLINE_MS = 2_000;

/** Controls of a launcher in another process: `POST {url}/advance {seconds}`, `POST {url}/reset`, `GET {url}/deadline` → `{deadline}`, `GET|POST {url}/play`. */
export function remoteControls(url: string): Controls {
  const base = url.replace(/\/$/, "");
  const post = async (path: string, body: unknown): Promise<void> => {
    const response = await fetch(`${base}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(CONTROL_MS),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${(await response.text()).slice(0, 300)}`);
  };
  return {
    advance: (seconds) => post("/advance", { seconds }),
    reset: () => post("/reset", {}),
    canPlay: async () => (await fetch(`${base}/play`, { signal: AbortSignal.timeout(DEADLINE_MS) })).ok,
    play: (signal) => fetch(`${base}/play`, { method: "POST", signal }),
    nextDeadline: async () => {
      const response = await fetch(`${base}/deadline`, { signal: AbortSignal.timeout(DEADLINE_MS) });
      if (!response.ok) return null;
      const { deadline } = (await response.json()) as { deadline?: unknown };
      return typeof deadline === "number" ? deadline : null;
    },
  };
}
