import type { Action, ActReply, ClockReply, PersonState, World } from "../../../protocol.ts";

/** Calls of the host API. Every function rejects with a plain sentence when the Local Telegram does not answer. */

async function call<T>(path: string, body?: unknown): Promise<T> {
  const init: RequestInit =
    body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(path, init);
  const type = response.headers.get("content-type") ?? "";
  if (!type.includes("json")) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as T;
}

export const fetchWorld = (): Promise<World> => call("/host/world");
export const fetchState = (person: number): Promise<PersonState> => call(`/host/state?person=${person}`);

export async function act(person: number, action: Action): Promise<ActReply> {
  try {
    return await call<ActReply>("/host/act", { person, action });
  } catch (reason) {
    const message = reason instanceof Error ? reason.message : String(reason);
    return { ok: false, code: "NO_ANSWER", message };
  }
}

export type ClockMove = { advanceSeconds: number } | { toNextDeadline: true };

export async function moveClock(move: ClockMove): Promise<ClockReply> {
  try {
    return await call<ClockReply>("/host/clock", move);
  } catch (reason) {
    return { ok: false, message: reason instanceof Error ? reason.message : String(reason) };
  }
}

/** Resolves to an error sentence, or to null when the world stands anew. */
export async function resetWorld(): Promise<string | null> {
  try {
    const reply = await call<{ ok: boolean; message?: string }>("/host/reset", {});
    return reply.ok ? null : (reply.message ?? "reset refused");
  } catch (reason) {
    return reason instanceof Error ? reason.message : String(reason);
  }
}
