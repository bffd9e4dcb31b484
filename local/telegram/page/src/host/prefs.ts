import { useState } from "react";

/** Small choices of the page itself, kept in this browser. A value that is no longer allowed counts as unset. */
export function usePreference<T extends string>(
  key: string,
  allowed: readonly T[],
  fallback: T,
): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => {
    const stored = localStorage.getItem(`page:${key}`);
    return allowed.find((option) => option === stored) ?? fallback;
  });
  const change = (next: T) => {
    localStorage.setItem(`page:${key}`, next);
    setValue(next);
  };
  return [value, change];
}
