/** Time left until an instant of the server's clock. A press shows the date instead. */
import { type ReactNode, useState } from "react";
import { useNow } from "./clock.ts";
import { useLanguage, useWords } from "./i18n.ts";
import { Icon } from "./icons.tsx";
import { countdown, dateTime } from "./time.ts";

const URGENT_MS = 15 * 60_000;

export function TimeLeft({ until, isQuiet }: { until: string; isQuiet?: boolean }): ReactNode {
  const [isDateShown, showDate] = useState(false);
  const language = useLanguage();
  const t = useWords();
  const now = useNow();
  const left = Date.parse(until) - now;
  const date = dateTime(until, now, language);
  const text =
    left <= 0 ? t("kit:timeIsUp") : isDateShown ? t("kit:until", { date }) : countdown(left, language);
  if (isQuiet) return <time dateTime={until}>{text}</time>;
  return (
    <button
      type="button"
      className={left > 0 && left < URGENT_MS ? "time-left is-urgent" : "time-left"}
      aria-label={t("kit:timeLeftLabel", { left: countdown(left, language), date })}
      onClick={() => showDate(!isDateShown)}
    >
      <Icon name="clock" size={18} />
      <time dateTime={until}>{text}</time>
    </button>
  );
}

/** A past or future instant in words. */
export function DateText({ at }: { at: string }): ReactNode {
  const language = useLanguage();
  const now = useNow();
  return <time dateTime={at}>{dateTime(at, now, language)}</time>;
}
