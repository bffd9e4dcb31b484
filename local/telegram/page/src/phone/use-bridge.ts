import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Bridge } from "../bridge/bridge.ts";
import type { MiniAppState } from "../bridge/state.ts";
import { createPort } from "./app-port.ts";
import { usePhone } from "./context.ts";
import { noteRefusal } from "./refusals.ts";
import { themeParams } from "./themes.ts";

/** The bridge of one open Mini App: it lives as long as its frame does. */
export function useBridge(
  frame: RefObject<HTMLIFrameElement | null>,
  origin: string,
): [Bridge, MiniAppState] {
  const { phone, world, state, platform } = usePhone();
  const theme = themeParams(world, platform, state.me.theme);
  const themeNow = useRef(theme);
  const [bridge] = useState(() => {
    const target = () => {
      const window = frame.current?.contentWindow;
      return window ? { window, origin } : undefined;
    };
    const port = createPort(phone, {
      theme: () => themeNow.current,
      viewport: () => ({ width: frame.current?.clientWidth ?? 0, height: frame.current?.clientHeight ?? 0 }),
      refused: (what, why) => noteRefusal(phone.personId, what, why),
    });
    return new Bridge(target, port);
  });

  useEffect(() => {
    const listen = (event: MessageEvent) => void bridge.receive(event);
    window.addEventListener("message", listen);
    return () => window.removeEventListener("message", listen);
  }, [bridge]);

  useEffect(() => phone.guardClose(() => bridge.getState().confirmClose), [phone, bridge]);

  useEffect(() => {
    if (themeNow.current === theme) return;
    const changed = JSON.stringify(themeNow.current) !== JSON.stringify(theme);
    themeNow.current = theme;
    if (changed) bridge.themeChanged();
  }, [bridge, theme]);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => bridge.viewportChanged());
    observer.observe(element);
    return () => observer.disconnect();
  }, [bridge, frame]);

  return [bridge, useSyncExternalStore(bridge.subscribe, bridge.getState)];
}
