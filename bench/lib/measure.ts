/** Medians, tables and a load generator that costs little itself: raw HTTP/1.1 over kept connections. */
import { readFileSync } from "node:fs";

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function table(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of rows)
    console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("   "));
}

/**
 * Requests a second that one path of a server on loopback answers with 200, each connection asking again as soon as it is answered.
 * Rejects when an answer has another status.
 */
export async function requestsPerSecond(
  port: number,
  path: string,
  seconds: number,
  connections = 16,
): Promise<number> {
  const request = `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nAccept: application/json\r\n\r\n`;
  const end = performance.now() + seconds * 1_000;
  let answered = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const done = Promise.withResolvers<void>();
      let rest = "";
      const socket = await Bun.connect({
        hostname: "127.0.0.1",
        port,
        socket: {
          data(self, chunk) {
            rest += chunk.toString("latin1");
            for (let size = answerSize(rest); size !== undefined; size = answerSize(rest)) {
              if (!rest.startsWith("HTTP/1.1 200")) return done.reject(new Error(rest.slice(0, 200)));
              rest = rest.slice(size);
              answered += 1;
              if (performance.now() < end) self.write(request);
              else {
                done.resolve();
                self.end();
              }
            }
          },
          close: () => done.resolve(),
          error: (_self, error) => done.reject(error),
        },
      });
      socket.write(request);
      await done.promise;
    }),
  );
  return answered / seconds;
}

/** Length of the first whole answer in `text`, or undefined while it is not whole. */
export function answerSize(text: string): number | undefined {
  const head = text.indexOf("\r\n\r\n");
  if (head < 0) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1];
  if (length === undefined) throw new Error("An answer without Content-Length cannot be counted.");
  const size = head + 4 + Number(length);
  return text.length >= size ? size : undefined;
}

/** In MB. `share` divides each page by the processes that have it, so that shares can be added up. */
export type Memory = { resident: number; share: number };

/** Memory of a process now; nothing when it is gone. */
export function memoryOf(pid: number): Memory {
  let text = "";
  try {
    text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  } catch {
    // It has ended since it was listed.
  }
  const megabytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? 0) / 1_024;
  return { resident: megabytes("Rss"), share: megabytes("Pss") };
}

/** Processor time in seconds that a process and the children that it has waited for have used; nothing when it is gone. */
export function processorSeconds(pid: number): number {
  let stat = "";
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return 0;
  }
  // After the name in parentheses: utime, stime, cutime and cstime, in hundredths of a second.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
}
