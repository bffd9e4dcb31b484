import { type CSSProperties, useEffect, useMemo, useRef, useState } from "react";
import type { ThemeParams } from "../../../protocol.ts";
import type { MiniAppState } from "../bridge/state.ts";
import { AppButtons } from "./app-buttons.tsx";
import { AppHeader } from "./app-header.tsx";
import { Avatar } from "./avatar.tsx";
import { readableOn } from "./color.ts";
import { usePhone } from "./context.ts";
import { Icon } from "./icons.tsx";
import { launchUrl } from "./launch-url.ts";
import { themeParams } from "./themes.ts";
import type { AppSession } from "./ui-state.ts";
import { useBridge } from "./use-bridge.ts";

function colors(state: MiniAppState, theme: ThemeParams): CSSProperties {
  const resolve = (value: string | undefined, fallback: string) =>
    value?.startsWith("#") ? value : (theme[value ?? fallback] ?? theme.bg_color ?? "#ffffff");
  const header = resolve(state.header, "header_bg_color");
  const bottom = resolve(state.bottomBar, "bottom_bar_bg_color");
  return {
    "--app-header": header,
    "--app-header-text": readableOn(header),
    "--app-background": resolve(state.background, "bg_color"),
    "--app-bottom": bottom,
    "--app-button": theme.button_color ?? "#3390ec",
    "--app-button-text": theme.button_text_color ?? "#ffffff",
    "--app-accent": theme.accent_text_color ?? theme.button_color ?? "#3390ec",
  } as CSSProperties;
}

function Placeholder({ waitingLong, onReload }: { waitingLong: boolean; onReload: () => void }) {
  const { world, words } = usePhone();
  return (
    <div className="app-placeholder">
      <Avatar id={world.bot.id} name={world.bot.name} url={world.bot.avatarUrl} size={84} />
      {waitingLong ? (
        <div className="app-slow" role="status">
          <p>{words.slow}</p>
          <button type="button" onClick={onReload}>
            {words.reload}
          </button>
        </div>
      ) : null}
    </div>
  );
}

/** Ready when the Mini App says so, or a moment after its page was loaded; "long" after eight seconds of neither. */
function useReadiness(ready: boolean) {
  const [loaded, setLoaded] = useState(false);
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (ready) return;
    const timer = setTimeout(() => setLong(true), 8000);
    return () => clearTimeout(timer);
  }, [ready]);
  const onLoad = () => setTimeout(() => setLoaded(true), 2500);
  return { shown: ready || loaded, waitingLong: long && !ready, onLoad };
}

function Frame({ session }: { session: AppSession }) {
  const { phone, ui, world, state, platform } = usePhone();
  const frame = useRef<HTMLIFrameElement>(null);
  const theme = themeParams(world, platform, state.me.theme);
  // The address is made once for each session: a new theme later reaches the Mini App as an event, not as a new page.
  const [address] = useState(() => launchUrl(session.url, platform, theme));
  const origin = useMemo(() => new URL(address).origin, [address]);
  const [bridge, app] = useBridge(frame, origin);
  const { shown, waitingLong, onLoad } = useReadiness(app.ready);
  const active = !session.minimized && ui.wallet === null;
  const wasActive = useRef(true);
  useEffect(() => {
    if (wasActive.current !== active) bridge.emit("visibility_changed", { is_visible: active });
    wasActive.current = active;
  }, [bridge, active]);

  return (
    <section
      className={session.minimized ? "mini-app minimized" : "mini-app"}
      style={colors(app, theme)}
      aria-label={session.title}
      aria-hidden={session.minimized}
      inert={session.minimized}
    >
      <AppHeader bridge={bridge} app={app} session={session} />
      <div className="app-frame">
        <iframe
          ref={frame}
          src={address}
          title={`${session.title}, ${state.me.firstName}`}
          allow="clipboard-write; geolocation"
          // As Telegram's web client: the app may do everything in its frame and nothing to the page around it.
          sandbox="allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads"
          onLoad={onLoad}
          data-person={state.me.id}
        />
        {shown ? null : <Placeholder waitingLong={waitingLong} onReload={() => void phone.relaunch()} />}
      </div>
      <AppButtons bridge={bridge} app={app} />
    </section>
  );
}

/** Telegram's strip at the bottom for a Mini App that was put aside. */
function MinimizedBar({ session }: { session: AppSession }) {
  const { phone, words } = usePhone();
  return (
    <div className="minimized-bar">
      <button type="button" aria-label={words.close} onClick={() => void phone.requestCloseApp()}>
        <Icon name="close" size={20} weight={2} />
      </button>
      <button type="button" className="grow" onClick={() => phone.minimizeApp(false)}>
        <b>{session.title}</b>
      </button>
    </div>
  );
}

export function MiniApp() {
  const { ui } = usePhone();
  if (!ui.app) return null;
  return (
    <>
      <Frame key={ui.app.key} session={ui.app} />
      {ui.app.minimized ? <MinimizedBar session={ui.app} /> : null}
    </>
  );
}
