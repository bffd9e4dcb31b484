import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { type PageContextValue, usePage } from "../page-context.ts";
import { Avatar } from "../phone/avatar.tsx";
import type { PhoneController } from "../phone/controller.ts";
import { Icon } from "../phone/icons.tsx";
import { fill } from "../words/phone.ts";
import { canPlay, type PlayEvent, type PlayView, play } from "./play.ts";

type Step = Extract<PlayEvent, { type: "step" }>;

async function show(phone: PhoneController, view: PlayView): Promise<void> {
  if (view.kind !== "wallet") phone.closeWallet();
  if (view.kind === "chat") {
    phone.minimizeApp();
    phone.go({ kind: "chat", chatId: view.chatId });
  } else if (view.kind === "list") {
    phone.minimizeApp();
    phone.go({ kind: "list" });
  } else if (view.kind === "wallet") {
    phone.openWallet();
  } else {
    await phone.performAndFollow({ type: "openApp", path: view.path });
  }
}

function usePlayer(page: PageContextValue) {
  const [step, setStep] = useState<Step | null>(null);
  const [end, setEnd] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => () => running.current?.abort(), []);

  const take = (event: PlayEvent) => {
    if (event.type === "done") return setEnd(page.words.playDone);
    if (event.type === "failed") return setEnd(fill(page.words.playFailed, { message: event.message }));
    setStep(event);
    page.showPhone(event.personId);
    const phone = page.phones.find(({ personId }) => personId === event.personId);
    if (phone && event.show) void show(phone, event.show);
  };
  const start = async () => {
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    setEnd(null);
    try {
      await play(controller.signal, take);
    } catch (reason) {
      if (!controller.signal.aborted) {
        setEnd(
          fill(page.words.playFailed, { message: reason instanceof Error ? reason.message : String(reason) }),
        );
      }
    }
    setBusy(false);
    setStep(null);
  };
  return { step, end, busy, start, stop: () => running.current?.abort(), dismiss: () => setEnd(null) };
}

/** Stands over the phones while the story is played, and tells what is happening. */
function Caption({ step, end, onStop }: { step: Step | null; end: string | null; onStop: () => void }) {
  const { world, words, language, captionSlot } = usePage();
  const person = world.people.find(({ id }) => id === step?.personId);
  if (!captionSlot) return null;
  return createPortal(
    <div className="caption" role="status">
      {step && person ? (
        <Avatar id={person.id} name={person.firstName} url={person.avatarUrl} size={36} />
      ) : null}
      <div className="caption-text">
        {step ? (
          <small>
            {step.index + 1} / {step.total} · {person?.firstName}
          </small>
        ) : null}
        <p>{step ? step.caption[language] : (end ?? words.playing)}</p>
      </div>
      <button type="button" className="quiet" onClick={onStop}>
        <Icon name={step ? "stop" : "close"} size={16} />
        {step ? words.playStop : words.close}
      </button>
      {step ? (
        <span className="caption-progress" style={{ width: `${((step.index + 1) / step.total) * 100}%` }} />
      ) : null}
    </div>,
    captionSlot,
  );
}

export function PlayButton() {
  const page = usePage();
  const [available, setAvailable] = useState(false);
  const { step, end, busy, start, stop, dismiss } = usePlayer(page);
  useEffect(() => {
    let wanted = true;
    void canPlay().then((can) => wanted && setAvailable(can));
    return () => {
      wanted = false;
    };
  }, []);
  if (!available) return null;
  return (
    <>
      <button type="button" className="play" disabled={busy} onClick={() => void start()}>
        <Icon name="play" size={18} />
        {busy ? page.words.playing : page.words.play}
      </button>
      {busy || end ? <Caption step={step} end={end} onStop={busy ? stop : dismiss} /> : null}
    </>
  );
}
