/** "Back": where one came from inside the app, else one level up. */
import { useCallback } from "react";
import { useLocation } from "wouter";
import { parentOf } from "../../../kit/deep-link.ts";

let depth = 0;
const push = history.pushState.bind(history);
// Counts the steps made inside the app, so that "back" never leaves it for whatever was open before.
history.pushState = (...step) => {
  depth++;
  push(...step);
};
window.addEventListener("popstate", () => {
  depth = Math.max(0, depth - 1);
});

export function useBack(): () => void {
  const [path, navigate] = useLocation();
  return useCallback(() => {
    if (depth > 0) history.back();
    else navigate(parentOf(path) ?? "/", { replace: true });
  }, [path, navigate]);
}
