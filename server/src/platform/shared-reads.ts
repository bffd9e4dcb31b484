/**
 * Identical reads at the same time share their answers: who asks while one runs waits for the next, which begins after they asked. So
 * nobody is answered with less than had been committed when they asked, and a crowd costs the database two reads at a time, not hundreds.
 */
import type { Ctx } from "./context.ts";

type Line = { current: Promise<unknown>; next?: Promise<unknown> };
/** Per program, not per process: tests run several programs beside each other. */
const programs = new WeakMap<Ctx["db"], Map<string, Line>>();

/** `key` names all that the answer depends on, who asks included. The answer belongs to many: it must not be changed. */
export function sharedRead<T>(db: Ctx["db"], key: string, read: () => Promise<T>): Promise<T> {
  const lines = programs.get(db) ?? new Map<string, Line>();
  programs.set(db, lines);
  const begin = (): Promise<T> => {
    const current = read();
    const line: Line = { current };
    lines.set(key, line);
    const end = (): void => {
      if (!line.next) lines.delete(key);
    };
    current.then(end, end);
    return current;
  };
  const line = lines.get(key);
  if (!line) return begin();
  line.next ??= line.current.then(begin, begin);
  return line.next as Promise<T>;
}
