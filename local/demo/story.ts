/** The story that the page plays for its visitor: Alina sells a channel to Boris, scene by scene, with everything done for real. */

import type { Origins } from "./person.ts";
import { StoryTeller } from "./story-deeds.ts";
import type { PlayEvent, PlayView } from "./story-parts.ts";

export type StoryOptions = {
  readonly origins: Origins;
  /** Moves the world's clock forward, seconds. */
  readonly advance: (seconds: number) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onEvent: (event: PlayEvent) => void;
  /** Time to read a caption of this many letters, milliseconds. */
  readonly readingMs?: (letters: number) => number;
};

const SETTLE_MS = 1_300;
const pace = (letters: number): number => 1_600 + letters * 28;

/** Plays until the end, or until `signal`. A failure is an event of its own, in plain words; never rejects. */
export async function playStory(options: StoryOptions): Promise<void> {
  const { signal, onEvent, readingMs = pace } = options;
  const pause = (ms: number): Promise<void> => wait(readingMs === pace ? ms : 0, signal);
  try {
    const teller = new StoryTeller(options.origins, options.advance, () => pause(2_600));
    const scenes = await teller.scenes();
    for (const [index, scene] of scenes.entries()) {
      signal.throwIfAborted();
      const tell = (show: PlayView | null): void => {
        const { who: personId, caption } = scene;
        onEvent({ type: "step", index, total: scenes.length, personId, caption, show });
      };
      tell(scene.show?.() ?? null);
      if (scene.act) {
        await pause(SETTLE_MS);
        await scene.act();
      }
      if (scene.after) tell(scene.after());
      await wait(readingMs(scene.caption.en.length), signal);
    }
    onEvent({ type: "done" });
  } catch (error) {
    if (!signal.aborted) onEvent({ type: "failed", message: (error as Error).message });
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(finish, ms);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    function finish(): void {
      signal.removeEventListener("abort", stop);
      resolve();
    }
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
