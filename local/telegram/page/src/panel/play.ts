import type { LocalText } from "../../../protocol.ts";

/**
 * "Play this story for me". The story is driven from outside the page, because a Mini App's frame has another origin:
 *
 * - `GET  /host/play` → 200 when somebody can play, 204 when nobody can (the button is then hidden)
 * - `POST /host/play` `{}` → an event stream of `PlayEvent`s, one JSON object per `data:` line; closing it stops the story
 */
export type PlayEvent =
  | {
      type: "step";
      index: number;
      total: number;
      personId: number;
      caption: LocalText;
      show: PlayView | null;
    }
  | { type: "done" }
  | { type: "failed"; message: string };

/** What the person's phone should show for this step. */
export type PlayView =
  | { kind: "chat"; chatId: number }
  | { kind: "app"; path: string }
  | { kind: "wallet" }
  | { kind: "list" };

export async function canPlay(): Promise<boolean> {
  try {
    const response = await fetch("/host/play");
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}

/** Starts the story and hands every event on, until it ends or `signal` stops it. Rejects when it cannot start. */
export async function play(signal: AbortSignal, onEvent: (event: PlayEvent) => void): Promise<void> {
  const response = await fetch("/host/play", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
    signal,
  });
  if (!response.ok || !response.body) throw new Error(`${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    buffer += value;
    const lines = buffer.split("\n");
    buffer = lines.pop() ?? "";
    for (const line of lines) {
      if (line.startsWith("data:")) onEvent(JSON.parse(line.slice(5)) as PlayEvent);
    }
  }
}
