/**
 * The way from a loaded page to a signed-in app: theme at once, words and configuration side by side, then Telegram's bridge, the
 * session and live events. Until then a quiet skeleton; a failure says what to do.
 */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { navigate } from "wouter/use-browser-location";
import { setAuthorization } from "../../../kit/api.ts";
import { signedInHere } from "../../../kit/browser-session.ts";
import { pathOfStartParam } from "../../../kit/deep-link.ts";
import { guessLanguage, startI18n } from "../../../kit/i18n.ts";
import { type Live, startLive } from "../../../kit/live.ts";
import { isTransient } from "../../../kit/problem.ts";
import { isSignedIn, setReader } from "../../../kit/reader.ts";
import { Failure } from "../../../kit/screen.tsx";
import { Session } from "../../../kit/session.ts";
import { applyTheme, launch, startTelegram } from "../../../kit/telegram.ts";
import { loadConfig } from "../kernel/config.ts";
import { followOtherTabs, openSession } from "../kernel/enter/session.ts";
import { followInstallOffers } from "../kernel/install.ts";
import { setLive } from "../kernel/live.ts";
import { keepApp, startServiceWorker } from "../kernel/push.ts";
import { invalidate, keys } from "../kernel/queries.ts";
import { App } from "./app.tsx";
import { features } from "./features.ts";
import { loadLanguage } from "./languages.ts";
import { links } from "./links.ts";

const queries = new QueryClient({
  defaultOptions: {
    // `kit/api.ts` tries again by itself; live events say when something changed.
    queries: { retry: false, staleTime: 15_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});

applyTheme(launch.theme);
routeOnLaunch();
startServiceWorker((path) => navigate(path));
followInstallOffers();

/** A fresh launch goes where its start parameter says; a reload of the page stays where it was. */
function routeOnLaunch(): void {
  if (!location.hash.includes("tgWebApp")) return;
  const path = location.pathname === "/" ? pathOfStartParam(launch.startParam, links) : null;
  history.replaceState(null, "", path ?? location.pathname + location.search);
}

const CLOCK_EVERY_MS = 60_000;
/** The first screen comes first. */
const KEEP_AFTER_MS = 3_000;
let words: Promise<void> | null = null;
let live: Live | null = null;

async function start(): Promise<Live> {
  words ??= startI18n(guessLanguage(launch.languageCode), loadLanguage);
  const [config] = await Promise.all([loadConfig(), words]);
  startTelegramOnce(config.webOrigins);
  if (!launch.initData) {
    await takeUpSession();
    live ??= followLive(!isSignedIn());
    return live;
  }
  const session = new Session({ initData: launch.initData, userId: launch.userId });
  if ((await session.current())?.startsWith("tma ")) await session.renew();
  setAuthorization(session);
  if (session.user) queries.setQueryData(keys.me, session.user);
  live ??= followLive(false);
  return live;
}

/** The session that this browser has, if it has one. Throws when the server cannot be asked. */
async function takeUpSession(): Promise<void> {
  const userId = signedInHere();
  if (userId === null || isSignedIn()) return;
  const end = (): void => {
    live?.stop();
    queries.clear();
  };
  const session = openSession(userId, end);
  if (!(await session.renew())) return;
  setAuthorization(session);
  setReader("browser");
  followOtherTabs(() => {
    end();
    setAuthorization(null);
    setReader("ended");
  });
  if (session.user) queries.setQueryData(keys.me, session.user);
  setTimeout(() => void keepApp(), KEEP_AFTER_MS);
}

let isTelegramStarted = false;
function startTelegramOnce(webOrigins: readonly string[]): void {
  if (isTelegramStarted) return;
  isTelegramStarted = true;
  startTelegram(webOrigins);
}

function followLive(isVisitor: boolean): Live {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const started = startLive({ url: `${scheme}://${location.host}/api/live`, isVisitor });
  setLive(started);
  started.onEvent((event) => invalidate(queries, event, features));
  started.onReset(() => void queries.invalidateQueries());
  // The clock of a local world may be moved while the app is open.
  const setClock = () => {
    if (document.visibilityState === "visible") void loadConfig().catch(() => undefined);
  };
  document.addEventListener("visibilitychange", setClock);
  setInterval(setClock, CLOCK_EVERY_MS);
  return started;
}

type State = { step: "starting" } | { step: "failed"; error: unknown } | { step: "started"; live: Live };

export function Start(): ReactNode {
  const [state, setState] = useState<State>({ step: "starting" });
  const run = useCallback(() => {
    setState({ step: "starting" });
    start().then(
      (started) => setState({ step: "started", live: started }),
      (error: unknown) => setState({ step: "failed", error }),
    );
  }, []);
  useEffect(run, [run]);
  useEffect(() => {
    if (state.step !== "failed" || !isTransient(state.error)) return;
    const timer = setTimeout(run, 5000);
    return () => clearTimeout(timer);
  }, [state, run]);
  if (state.step === "starting") return <Splash />;
  if (state.step === "failed")
    return (
      <main className="screen">
        <Failure error={state.error} onRetry={run} />
      </main>
    );
  return (
    <QueryClientProvider client={queries}>
      <App live={state.live} />
    </QueryClientProvider>
  );
}

/** In the shape of the first screen; words are not there yet. */
function Splash(): ReactNode {
  return (
    <main className="screen" aria-busy="true">
      <div className="screen-head">
        <span className="skeleton" style={{ width: 140, height: 28 }} />
      </div>
      {[132, 96, 168].map((height) => (
        <div className="section" key={height}>
          <div className="section-body skeleton" style={{ height, borderRadius: "var(--radius)" }} />
        </div>
      ))}
    </main>
  );
}
