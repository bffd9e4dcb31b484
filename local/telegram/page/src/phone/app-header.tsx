import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Bridge } from "../bridge/bridge.ts";
import type { MiniAppState } from "../bridge/state.ts";
import { usePhone } from "./context.ts";
import { Icon, type IconName } from "./icons.tsx";
import type { AppSession } from "./ui-state.ts";

interface Props {
  bridge: Bridge;
  app: MiniAppState;
  session: AppSession;
}

/** Telegram's own header over a Mini App: back or close, the title, and the menu behind the dots. */
export function AppHeader({ bridge, app, session }: Props) {
  const { phone, platform, words } = usePhone();
  const [open, setOpen] = useState(false);
  const leave = () => (app.back ? bridge.emit("back_button_pressed") : void phone.requestCloseApp());
  const label = app.back ? words.back : words.close;
  const ios = platform === "ios";
  return (
    <header className="app-header">
      <button type="button" className="app-leave" aria-label={label} onClick={leave}>
        <Icon name={app.back ? (ios ? "back" : "arrowLeft") : "close"} size={ios ? 20 : 22} weight={2} />
        {ios ? <span>{label}</span> : null}
      </button>
      <div className="app-title">
        <b>{session.title}</b>
        <small>{words.miniApp}</small>
      </div>
      <div className="app-tools">
        <button type="button" aria-label={words.minimize} onClick={() => phone.minimizeApp()}>
          <Icon name="minimize" size={20} weight={2} />
        </button>
        <button
          type="button"
          aria-label={words.more}
          aria-haspopup="menu"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon name={ios ? "dots" : "dotsVertical"} size={20} />
        </button>
      </div>
      {open ? <Menu bridge={bridge} app={app} onClose={() => setOpen(false)} /> : null}
    </header>
  );
}

interface Item {
  icon: IconName;
  text: string;
  run: () => void;
}

function Menu({ bridge, app, onClose }: { bridge: Bridge; app: MiniAppState; onClose: () => void }) {
  const { phone, state, words } = usePhone();
  const list = useRef<HTMLDivElement>(null);
  const dark = state.me.theme === "dark";
  const items: Item[] = [
    ...(app.settings
      ? [{ icon: "gear", text: words.settings, run: () => bridge.emit("settings_button_pressed") } as const]
      : []),
    { icon: "reload", text: words.reload, run: () => void phone.relaunch() },
    {
      icon: dark ? "sun" : "moon",
      text: dark ? words.toLight : words.toDark,
      run: () => void phone.perform({ type: "setTheme", theme: dark ? "light" : "dark" }),
    },
    { icon: "info", text: words.aboutBot, run: () => phone.openBot() },
  ];
  useEffect(() => list.current?.querySelector("button")?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" || event.key === "Tab") return onClose();
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const all = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    all[(at + step + all.length) % all.length]?.focus();
  };
  return (
    <>
      <button
        type="button"
        className="scrim clear"
        tabIndex={-1}
        aria-label={words.close}
        onClick={onClose}
      />
      <div className="app-menu" role="menu" tabIndex={-1} ref={list} onKeyDown={onKeyDown}>
        {items.map(({ icon, text, run }) => (
          <button
            type="button"
            role="menuitem"
            key={text}
            onClick={() => {
              onClose();
              run();
            }}
          >
            <Icon name={icon} size={20} />
            {text}
          </button>
        ))}
      </div>
    </>
  );
}
