import { useEffect, useState, useSyncExternalStore } from "react";
import type { Filling as FillingProgress, PersonState, World } from "../../protocol.ts";
import { usePreference } from "./host/prefs.ts";
import type { HostStore } from "./host/store.ts";
import { PageContext } from "./page-context.ts";
import { Panel } from "./panel/panel.tsx";
import { TopBar } from "./panel/top-bar.tsx";
import { PhoneController } from "./phone/controller.ts";
import { PhoneColumn } from "./phone-column.tsx";
import { Tabs } from "./tabs.tsx";
import type { Language } from "./words/format.ts";
import { toLanguage } from "./words/format.ts";
import { pageWords } from "./words/page.ts";
import { fill } from "./words/phone.ts";

const languages: readonly Language[] = ["en", "ru"];
const schemes = ["light", "dark"] as const;

function useScheme() {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const [scheme, setScheme] = usePreference("scheme", schemes, system);
  useEffect(() => {
    document.documentElement.dataset.scheme = scheme;
  }, [scheme]);
  return [scheme, setScheme] as const;
}

export function App({ store }: { store: HostStore }) {
  const { world, states, online } = useSyncExternalStore(store.subscribe, store.getSnapshot);
  const [language, setLanguage] = usePreference("language", languages, toLanguage(navigator.language));
  const [scheme, setScheme] = useScheme();
  const words = pageWords[language];
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = words.title;
  }, [language, words]);
  const ready = world?.phones.every(({ personId }) => states.has(personId));
  if (!world || !ready) {
    return (
      <main className="loading" role="status">
        <span className="loading-mark" aria-hidden="true" />
        {online ? words.loading : words.offline}
      </main>
    );
  }
  if (world.filling) return <Filling {...world.filling} words={words} />;
  return <Page {...{ world, states, online, language, setLanguage, scheme, setScheme, words }} />;
}

/** A new world is being lived through; its phones would show a past that still moves. */
function Filling({ done, total, words }: FillingProgress & { words: (typeof pageWords)[Language] }) {
  const share = total > 0 ? done / total : 0;
  return (
    <main className="loading" role="status">
      <span className="loading-mark" aria-hidden="true" />
      <b>{words.filling}</b>
      <span>{words.fillingText}</span>
      <span className="loading-bar" aria-hidden="true">
        <span style={{ width: `${Math.round(share * 100)}%` }} />
      </span>
      <span className="loading-count">
        {total > 0 ? fill(words.fillingCount, { done: String(done), total: String(total) }) : words.loading}
      </span>
    </main>
  );
}

interface PageProps {
  world: World;
  states: ReadonlyMap<number, PersonState>;
  online: boolean;
  language: Language;
  setLanguage: (language: Language) => void;
  scheme: "light" | "dark";
  setScheme: (scheme: "light" | "dark") => void;
  words: (typeof pageWords)[Language];
}

/** What each phone shows first: two stand in the bot's chat, the last one in its list of chats. */
function firstViews(world: World, states: ReadonlyMap<number, PersonState>): PhoneController[] {
  return world.phones.flatMap(({ personId }, index) => {
    const state = states.get(personId);
    if (!state) return [];
    const chat = { kind: "chat", chatId: world.bot.id } as const;
    return [new PhoneController(world, state, index < 2 ? chat : { kind: "list" })];
  });
}

type Tab = number | "world";

function Page({ world, states, online, words, ...rest }: PageProps) {
  const [phones] = useState(() => firstViews(world, states));
  const [tab, setTab] = useState<Tab>(world.phones[0]?.personId ?? "world");
  const [lit, setLit] = useState<{ personId: number; at: number } | null>(null);
  const [panelOpen, setPanelOpen] = useState(false);
  const [captionSlot, setCaptionSlot] = useState<HTMLElement | null>(null);
  const showPhone = (personId: number) => {
    setTab(personId);
    setPanelOpen(false);
    setLit({ personId, at: Date.now() });
  };
  useEffect(() => {
    if (!lit) return;
    const timer = setTimeout(() => setLit(null), 1600);
    return () => clearTimeout(timer);
  }, [lit]);

  return (
    <PageContext value={{ world, words, phones, showPhone, captionSlot, ...rest }}>
      <div className="page" data-tab={tab === "world" ? "world" : "phone"}>
        <TopBar panelOpen={panelOpen} onPanel={() => setPanelOpen(!panelOpen)} />
        <Tabs tab={tab} onTab={setTab} />
        {online ? null : (
          <p className="offline" role="status">
            {words.offline}
          </p>
        )}
        <main className="phones" aria-label={words.phones}>
          {phones.map((phone) => {
            const state = states.get(phone.personId);
            return state ? (
              <PhoneColumn
                key={phone.personId}
                phone={phone}
                state={state}
                chosen={tab === phone.personId}
                lit={lit?.personId === phone.personId}
              />
            ) : null;
          })}
        </main>
        <div className="caption-slot" ref={setCaptionSlot} />
        <Panel open={panelOpen} onClose={() => setPanelOpen(false)} states={states} />
      </div>
    </PageContext>
  );
}
