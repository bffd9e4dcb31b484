/** Live news of public lists for the screens that show them. Who is signed in hears over the same socket as of their own things. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { PublicTopic } from "../../../../server/src/platform/shapes.ts";
import type { Live } from "../../../kit/live.ts";

let live: Live | null = null;
export function setLive(started: Live): void {
  live = started;
}

const GATHER_MS = 300;
const SPREAD_MS = 1_000;

/** Keeps a public list fresh while it is on the screen: one reading for the news of a moment, and not when everybody else reads. */
export const usePublicList = (topic: PublicTopic, queryKey: readonly unknown[]): void =>
  usePublicNews(topic, queryKey, null);

/** The same for one thing of the list: news of the others are none of its business. */
export const usePublicThing = (topic: PublicTopic, id: string, queryKey: readonly unknown[]): void =>
  usePublicNews(topic, queryKey, id);

/** Null ids: something was missed, so it may be anything. */
export const isNewsOf = (id: string | null, ids: readonly string[] | null): boolean =>
  id === null || ids === null || ids.includes(id);

function usePublicNews(topic: PublicTopic, queryKey: readonly unknown[], id: string | null): void {
  const client = useQueryClient();
  const name = JSON.stringify(queryKey);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const leave = live?.onPublic(topic, (ids) => {
      if (!isNewsOf(id, ids)) return;
      timer ??= setTimeout(
        () => {
          timer = null;
          void client.invalidateQueries({ queryKey: JSON.parse(name) as unknown[] });
        },
        GATHER_MS + Math.random() * SPREAD_MS,
      );
    });
    return () => {
      leave?.();
      if (timer) clearTimeout(timer);
    };
  }, [topic, name, id, client]);
}
