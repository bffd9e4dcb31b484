import { useState } from "react";

/** Telegram's seven pairs of colours for those without a picture. */
const pairs = ["red", "orange", "violet", "green", "cyan", "blue", "pink"] as const;

function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  return words
    .slice(0, 2)
    .map((word) => [...word.replace(/[^\p{L}\p{N}]/gu, "")][0] ?? "")
    .join("")
    .toUpperCase();
}

export function Avatar({ id, name, url, size }: { id: number; name: string; url?: string; size: number }) {
  const [broken, setBroken] = useState(false);
  const style = { width: size, height: size, fontSize: Math.round(size * 0.4) };
  if (url && !broken) {
    return (
      <img
        className="avatar"
        style={style}
        src={url}
        alt=""
        draggable={false}
        onError={() => setBroken(true)}
      />
    );
  }
  return (
    <span className={`avatar avatar-${pairs[Math.abs(id) % pairs.length]}`} style={style} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
