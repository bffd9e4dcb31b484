/**
 * "Back": where one came from inside the app, else one level up. Inside Telegram the browser's history is left alone: all frames
 * of a page share it, so a step back there could move Telegram itself, or another Mini App. There the trail is ours.
 */
import { createContext, useCallback, useContext } from "react";
import { useLocation } from "wouter";
import { launch } from "../../../kit/telegram.ts";

const TRAIL_MAX = 50;
const trail: string[] = [];
let depth = 0;

const push = history.pushState.bind(history);
history.pushState = (state, unused, url) => {
  if (!launch.isTelegram) {
    // Counts the steps made inside the app, so that "back" never leaves it for whatever was open before.
    depth++;
    return push(state, unused, url);
  }
  trail.push(location.pathname + location.search);
  if (trail.length > TRAIL_MAX) trail.shift();
  history.replaceState(state, unused, url);
};
window.addEventListener("popstate", () => {
  depth = Math.max(0, depth - 1);
});

/** One level up from the present screen; the routes say it. */
const Parent = createContext<string | null>(null);
export const ParentProvider = Parent.Provider;

export function useBack(): () => void {
  const [, navigate] = useLocation();
  const parent = useContext(Parent);
  return useCallback(() => {
    if (depth > 0) return history.back();
    navigate(trail.pop() ?? parent ?? "/", { replace: true });
  }, [parent, navigate]);
}
