/** A short word about what just happened, read out and gone after a few seconds. */
import { type ReactNode, useSyncExternalStore } from "react";
import { Icon, type IconName } from "./icons.tsx";
import { haptics } from "./telegram.ts";

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly icon: IconName;
}

const SHOWN_MS = 4000;
let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

export function toast(text: string, kind: "done" | "trouble" | "plain" = "plain"): void {
  const id = ++lastId;
  if (kind === "done") haptics.success();
  if (kind === "trouble") haptics.error();
  set([...toasts.slice(-1), { id, text, icon: kind === "trouble" ? "warning" : "check" }]);
  setTimeout(() => set(toasts.filter((one) => one.id !== id)), SHOWN_MS);
}

export function Toasts(): ReactNode {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((one) => (
        <div className="toast" key={one.id}>
          <Icon name={one.icon} size={20} />
          {one.text}
        </div>
      ))}
    </div>
  );
}
