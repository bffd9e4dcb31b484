import { useState } from "react";
import { type ClockMove, moveClock, resetWorld } from "../host/api.ts";
import { useNow } from "../host/use-clock.ts";
import { usePage } from "../page-context.ts";
import { Icon } from "../phone/icons.tsx";
import { formatDate, formatSpan, formatTime } from "../words/format.ts";
import { fill } from "../words/phone.ts";
import { ConfirmBar } from "./confirm-bar.tsx";

const languageNames = { en: "EN", ru: "RU" } as const;

function ClockControls() {
  const { world, words, language } = usePage();
  const { clock } = world;
  const now = useNow(clock);
  const [moving, setMoving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const move = async (step: ClockMove) => {
    setMoving(true);
    const reply = await moveClock(step);
    setMoving(false);
    setProblem(reply.ok ? null : reply.message);
  };
  const { nextDeadline } = clock;
  const below = moving
    ? words.moving
    : (problem ??
      (nextDeadline !== null && nextDeadline > now
        ? fill(words.deadlineIn, { span: formatSpan(language, nextDeadline - now) })
        : clock.offset > 0
          ? fill(words.ahead, { span: formatSpan(language, clock.offset) })
          : words.noDeadline));
  return (
    <section className="clock" aria-label={words.clock}>
      <Icon name="clock" size={20} />
      <div className="clock-face">
        <b>
          {formatDate(language, now)}, <time>{formatTime(now)}</time>
        </b>
        <span role="status">{below}</span>
      </div>
      {clock.movable ? (
        <div className="clock-buttons">
          <button type="button" disabled={moving} onClick={() => void move({ advanceSeconds: 3600 })}>
            {words.hour}
          </button>
          <button type="button" disabled={moving} onClick={() => void move({ advanceSeconds: 86_400 })}>
            {words.day}
          </button>
          <button
            type="button"
            disabled={moving || nextDeadline === null}
            onClick={() => void move({ toNextDeadline: true })}
          >
            {words.deadline}
          </button>
        </div>
      ) : null}
    </section>
  );
}

function ResetButton() {
  const { words } = usePage();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const reset = async () => {
    const failed = await resetWorld();
    setProblem(failed);
    if (failed) return;
    // What the phones kept for their Mini Apps belongs to the old world.
    for (const key of Object.keys(localStorage)) if (!key.startsWith("page:")) localStorage.removeItem(key);
    location.reload();
  };
  return (
    <>
      <button type="button" className="quiet" aria-label={words.reset} onClick={() => setAsking(true)}>
        <Icon name="reload" size={16} />
        <span>{words.reset}</span>
      </button>
      {asking ? (
        <ConfirmBar
          text={problem ?? words.resetAsk}
          yes={words.resetDo}
          onYes={() => reset()}
          onNo={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

export function TopBar({ panelOpen, onPanel }: { panelOpen: boolean; onPanel: () => void }) {
  const { words, language, setLanguage, scheme, setScheme } = usePage();
  return (
    <header className="top-bar">
      <div className="brand">
        <span className="brand-mark" aria-hidden="true" />
        <div>
          <h1>{words.title}</h1>
          <span>{words.subtitle}</span>
        </div>
      </div>
      <ClockControls />
      <div className="top-tools">
        <ResetButton />
        <button
          type="button"
          className="tool"
          title={words.language}
          aria-label={`${words.language}: ${languageNames[language]}`}
          onClick={() => setLanguage(language === "ru" ? "en" : "ru")}
        >
          {languageNames[language]}
        </button>
        <button
          type="button"
          className="tool"
          title={words.pageTheme}
          aria-label={`${words.pageTheme}: ${scheme}`}
          onClick={() => setScheme(scheme === "dark" ? "light" : "dark")}
        >
          <Icon name={scheme === "dark" ? "moon" : "sun"} size={18} />
        </button>
        <button
          type="button"
          className="tool panel-toggle"
          aria-expanded={panelOpen}
          aria-label={panelOpen ? words.closePanel : words.openPanel}
          onClick={onPanel}
        >
          <Icon name="menu" size={20} />
        </button>
      </div>
    </header>
  );
}
