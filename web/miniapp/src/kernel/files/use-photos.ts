/** Pictures on their way: each is sent at once, shows how far it is, and can be tried again or taken out. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { Photo } from "../../../../../server/src/kernel/files/shapes.ts";
import { randomId } from "../../../../kit/api.ts";
import { type Upload, upload } from "../../../../kit/upload.ts";
import { previewUrlOf } from "./preview-url.ts";
import { shrink } from "./shrink.ts";

export interface PickedPhoto {
  /** Names it on this screen, and is its idempotency key. */
  readonly key: string;
  /** Null when no browser can show it. */
  readonly previewUrl: string | null;
  readonly state: "sending" | "sent" | "failed";
  /** From 0 to 1. */
  readonly part: number;
  /** The server's, once it is sent. */
  readonly id: string | null;
  readonly error: unknown;
}

export interface Photos {
  readonly items: readonly PickedPhoto[];
  readonly ids: readonly string[];
  readonly isBusy: boolean;
  add(files: readonly File[]): void;
  remove(key: string): void;
  retry(key: string): void;
}

const shown = (id: string): PickedPhoto => ({
  key: id,
  previewUrl: previewUrlOf(id),
  state: "sent",
  part: 1,
  id,
  error: null,
});

/** `initial`: ids that are there already, of a thing that is being changed. */
export function usePhotos(max: number, initial: readonly string[] = []): Photos {
  const [items, setItems] = useState<readonly PickedPhoto[]>(() => initial.map(shown));
  const sources = useRef(new Map<string, { file: File; running: Upload<Photo> | null }>());
  const change = useCallback((key: string, part: Partial<PickedPhoto>) => {
    setItems((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  }, []);

  const begin = useCallback(
    async (key: string) => {
      const source = sources.current.get(key);
      if (!source) return;
      change(key, { state: "sending", part: 0, error: null });
      try {
        const bytes = await shrink(source.file);
        if (!sources.current.has(key)) return;
        source.running = upload<Photo>("/api/files", bytes, key, (part) => change(key, { part }));
        change(key, { state: "sent", part: 1, id: (await source.running.done).id });
      } catch (error) {
        change(key, { state: "failed", error });
      }
    },
    [change],
  );

  useEffect(() => {
    const all = sources.current;
    return () => {
      for (const { running } of all.values()) running?.cancel();
    };
  }, []);

  return {
    items,
    ids: items.flatMap(({ id }) => (id ? [id] : [])),
    isBusy: items.some(({ state }) => state === "sending"),
    add: (files) => {
      const made = files.slice(0, Math.max(0, max - items.length)).map((file) => {
        const key = randomId();
        sources.current.set(key, { file, running: null });
        return {
          ...shown(key),
          id: null,
          state: "sending" as const,
          part: 0,
          previewUrl: URL.createObjectURL(file),
        };
      });
      setItems((all) => [...all, ...made]);
      for (const { key } of made) void begin(key);
    },
    remove: (key) => {
      const source = sources.current.get(key);
      sources.current.delete(key);
      source?.running?.cancel();
      const gone = items.find((one) => one.key === key);
      if (gone?.previewUrl?.startsWith("blob:")) URL.revokeObjectURL(gone.previewUrl);
      setItems((all) => all.filter((one) => one.key !== key));
    },
    retry: (key) => void begin(key),
  };
}
