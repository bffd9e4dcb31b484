/** What a shop keeps over restarts: every state of every object, a line of JSON each; the last one of an id counts. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Kept, RefundObject } from "./objects.ts";

export type Line = { payment: Kept } | { refund: RefundObject };
export type Journal = { lines(): Line[]; write(line: Line): void; clear(): void };

/** Null keeps nothing. */
export function openJournal(directory: string | null): Journal {
  if (directory === null) return { lines: () => [], write: () => undefined, clear: () => undefined };
  const path = join(directory, "yookassa.jsonl");
  return {
    lines: () =>
      existsSync(path)
        ? readFileSync(path, "utf8")
            .split("\n")
            .flatMap((text) => read(text) ?? [])
        : [],
    write: (line) => {
      // A world that is made anew takes the directory away.
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    },
    clear: () => rmSync(path, { force: true }),
  };
}

/** The last line of a killed process may be half a line. */
function read(text: string): Line | null {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return null;
  }
}
