/** Many users at once over kept connections: each asks, waits for the answer, asks again. Latencies by kind of request. */
import { answerSize } from "./measure.ts";

export type Ask = { kind: string; request: string };
export type Load = {
  /** Answers a second. */
  perSecond: number;
  /** Milliseconds, sorted, by kind. */
  latencies: Map<string, number[]>;
  /** Answers that were not 2xx, by their status and first words. */
  faults: Map<string, number>;
};

export const httpRequest = (
  port: number,
  method: string,
  path: string,
  authorization?: string,
  body?: unknown,
): string => {
  const text = body === undefined ? "" : JSON.stringify(body);
  const head = [
    `${method} ${path} HTTP/1.1`,
    `Host: localhost:${port}`,
    ...(authorization ? [`Authorization: ${authorization}`] : []),
    ...(body === undefined ? [] : ["Content-Type: application/json"]),
    ...(method === "GET" ? [] : [`Content-Length: ${Buffer.byteLength(text)}`]),
  ];
  return `${head.join("\r\n")}\r\n\r\n${text}`;
};

/** `next` answers undefined when there is nothing more to ask. */
export async function drive(
  port: number,
  connections: number,
  seconds: number,
  next: () => Ask | undefined,
): Promise<Load> {
  const load: Load = { perSecond: 0, latencies: new Map(), faults: new Map() };
  const begun = performance.now();
  const end = begun + seconds * 1_000;
  let answered = 0;
  await Promise.all(
    Array.from({ length: connections }, () =>
      oneUser(port, end, next, (kind, ms, text) => {
        answered += 1;
        const all = load.latencies.get(kind) ?? [];
        all.push(ms);
        load.latencies.set(kind, all);
        if (/^HTTP\/1.1 2/.test(text)) return;
        const fault = `${kind} ${text.slice(9, 12)} ${/"code":"([^"]+)"/.exec(text)?.[1] ?? ""}`;
        load.faults.set(fault, (load.faults.get(fault) ?? 0) + 1);
      }),
    ),
  );
  load.perSecond = answered / ((performance.now() - begun) / 1_000);
  for (const all of load.latencies.values()) all.sort((a, b) => a - b);
  return load;
}

type Heard = (kind: string, ms: number, text: string) => void;

async function oneUser(port: number, end: number, next: () => Ask | undefined, hear: Heard): Promise<void> {
  const done = Promise.withResolvers<void>();
  let rest = "";
  let asked: Ask | undefined;
  let askedAt = 0;
  const ask = (socket: { write(text: string): number; end(): void }): void => {
    asked = performance.now() < end ? next() : undefined;
    askedAt = performance.now();
    if (asked) socket.write(asked.request);
    else {
      done.resolve();
      socket.end();
    }
  };
  await Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: {
      open: ask,
      data(self, chunk) {
        rest += chunk.toString("latin1");
        const size = answerSize(rest);
        if (size === undefined || !asked) return;
        hear(asked.kind, performance.now() - askedAt, rest.slice(0, size));
        rest = rest.slice(size);
        ask(self);
      },
      close: () => done.resolve(),
      error: (_self, error) => done.reject(error),
    },
  });
  await done.promise;
}

export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
