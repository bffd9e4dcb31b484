import { useState } from "react";

/** A muted chat's counter is grey; as in Telegram, this is a setting of the person's own phone. */
const keyOf = (personId: number, chatId: number) => `muted:${personId}:${chatId}`;

export const isMuted = (personId: number, chatId: number): boolean =>
  localStorage.getItem(keyOf(personId, chatId)) !== null;

export function useMuted(personId: number, chatId: number): [boolean, (muted: boolean) => void] {
  const [muted, setMuted] = useState(() => isMuted(personId, chatId));
  const change = (next: boolean) => {
    if (next) localStorage.setItem(keyOf(personId, chatId), "1");
    else localStorage.removeItem(keyOf(personId, chatId));
    setMuted(next);
  };
  return [muted, change];
}
