/**
 * Telegram around the Mini App: launch parameters, theme, buttons, haptics. Every call is harmless in a plain browser, where
 * `isTelegram` is false and the screens draw their own buttons.
 */
import {
  backButton,
  closingBehavior,
  hapticFeedback,
  init,
  mainButton,
  miniApp,
  on,
  openLink,
  openTelegramLink,
  postEvent,
  retrieveLaunchParams,
  retrieveRawInitData,
  setTargetOrigin,
  shareMessage,
  shareURL,
  themeParams,
  viewport,
} from "@tma.js/sdk-react";
import { useEffect, useRef } from "react";
import { isDark, type ThemeParams, themeVariables } from "./theme.ts";

export interface Launch {
  readonly isTelegram: boolean;
  /** Signed by Telegram; sent as it is. Null in a plain browser. */
  readonly initData: string | null;
  readonly startParam: string | null;
  /** `language_code` of Telegram's user, before anybody chose. */
  readonly languageCode: string | null;
  readonly userId: string | null;
  readonly version: string;
  readonly theme: ThemeParams | null;
}

const visitor: Launch = {
  isTelegram: false,
  initData: null,
  startParam: null,
  languageCode: null,
  userId: null,
  version: "0",
  theme: null,
};

function readLaunch(): Launch {
  try {
    const raw = retrieveRawInitData() ?? null;
    const params = retrieveLaunchParams();
    const user = params.tgWebAppData?.user;
    return {
      isTelegram: raw !== null,
      initData: raw,
      startParam: params.tgWebAppStartParam ?? params.tgWebAppData?.start_param ?? null,
      languageCode: user?.language_code ?? null,
      userId: user ? String(user.id) : null,
      version: params.tgWebAppVersion,
      theme: params.tgWebAppThemeParams as ThemeParams,
    };
  } catch {
    return visitor;
  }
}

/** Read once, from the address's hash or from what a reload left in this tab. */
export const launch: Launch = readLaunch();

/** Sets the theme's variables on the document. Without `params`: light or dark by the system. */
export function applyTheme(params: ThemeParams | null): void {
  const prefersDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = params ?? (prefersDark ? { bg_color: "#1c1c1e" } : {});
  for (const [name, value] of Object.entries(themeVariables(theme)))
    document.documentElement.style.setProperty(`--${name}`, value);
  document.documentElement.style.colorScheme = isDark(theme) ? "dark" : "light";
  document.documentElement.dataset.theme = isDark(theme) ? "dark" : "light";
}

/** The page that holds us, if it is one of Telegram's: what the bridge talks to. */
export function hostOriginOf(webOrigins: readonly string[]): string {
  const candidates = [...(location.ancestorOrigins ?? [])];
  if (document.referrer) candidates.push(new URL(document.referrer).origin);
  return candidates.find((origin) => webOrigins.includes(origin)) ?? "https://web.telegram.org";
}

/** Starts the bridge. `webOrigins` are the pages that may hold the Mini App, from the configuration. */
export function startTelegram(webOrigins: readonly string[]): void {
  if (!launch.isTelegram) {
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => applyTheme(null));
    return;
  }
  setTargetOrigin(hostOriginOf(webOrigins));
  init();
  themeParams.mount();
  themeParams.state.sub(() => applyTheme(themeParams.state() as ThemeParams));
  miniApp.mount();
  mainButton.mount();
  backButton.mount.ifAvailable();
  closingBehavior.mount();
  viewport.mount().then(
    () => viewport.bindCssVars(),
    () => undefined,
  );
  viewport.expand.ifAvailable();
  paintFrame();
  themeParams.state.sub(paintFrame);
  miniApp.ready.ifAvailable();
}

function paintFrame(): void {
  const { page } = themeVariables(themeParams.state() as ThemeParams);
  const color = (page ?? "#ffffff") as `#${string}`;
  miniApp.setBgColor.ifAvailable(color);
  if (miniApp.setHeaderColor.isAvailable() && miniApp.setHeaderColor.supports("rgb"))
    miniApp.setHeaderColor(color);
  miniApp.setBottomBarColor.ifAvailable(color);
}

export const closeMiniApp = (): void => void miniApp.close.ifAvailable();

export const haptics = {
  success: (): void => void hapticFeedback.notificationOccurred.ifAvailable("success"),
  error: (): void => void hapticFeedback.notificationOccurred.ifAvailable("error"),
  warning: (): void => void hapticFeedback.notificationOccurred.ifAvailable("warning"),
  selection: (): void => void hapticFeedback.selectionChanged.ifAvailable(),
  tap: (): void => void hapticFeedback.impactOccurred.ifAvailable("light"),
};

/** Opens a web page outside of the Mini App; links of Telegram stay in Telegram. */
export function openOutside(url: string): void {
  if (!launch.isTelegram) {
    window.open(url, "_blank", "noopener");
  } else if (/^https:\/\/t\.me\//.test(url) && openTelegramLink.isAvailable()) {
    openTelegramLink(url);
  } else {
    openLink(url);
  }
}

export function share(url: string, text: string): void {
  if (launch.isTelegram) shareURL(url, text);
  else openOutside(`https://t.me/share/url?url=${encodeURIComponent(url)}&text=${encodeURIComponent(text)}`);
}

const isAtLeast = (version: string, major: number, minor: number): boolean => {
  const [a = 0, b = 0] = version.split(".").map(Number);
  return a > major || (a === major && b >= minor);
};

/** Bot API 8.0 brought cards that the bot has prepared. */
export const canShareCard = (): boolean => launch.isTelegram && isAtLeast(launch.version, 8, 0);

/** Lets the person choose where the card goes. Resolves also when they chose nothing; rejects when Telegram could not show it. */
export async function shareCard(preparedId: string): Promise<void> {
  try {
    await shareMessage(preparedId);
  } catch (error) {
    if (!/USER_DECLINED/.test(error instanceof Error ? `${error.message} ${String(error.cause)}` : ""))
      throw error;
  }
}

/** Bot API 9.6 brought the picker of chats to Mini Apps. */
export const canRequestChat = (): boolean => launch.isTelegram && isAtLeast(launch.version, 9, 6);

// The SDK does not know this pair of methods yet; both names are Telegram's.
const postRaw = postEvent as unknown as (method: string, params: object) => void;
const onAny = on as unknown as (
  name: "*",
  listener: (event: { name: string; payload: unknown }) => void,
) => () => void;

/** Lets the person pick a chat for a button that the bot prepared. Resolves with what Telegram said: sent, or why not. */
export function requestChat(preparedId: string): Promise<"sent" | string> {
  return new Promise((resolve) => {
    const off = onAny("*", ({ name, payload }) => {
      if (name !== "requested_chat_sent" && name !== "requested_chat_failed") return;
      off();
      resolve(
        name === "requested_chat_sent" ? "sent" : ((payload as { error?: string } | null)?.error ?? "failed"),
      );
    });
    postRaw("web_app_request_chat", { req_id: preparedId });
  });
}

/** Who handles "back", the newest last: a sheet comes before the screen under it. */
const backHandlers: (() => void)[] = [];
let isListening = false;

function updateBackButton(): void {
  if (!launch.isTelegram || !backButton.onClick.isAvailable()) return;
  if (!isListening) backButton.onClick(() => backHandlers.at(-1)?.());
  isListening = true;
  if (backHandlers.length > 0) backButton.show.ifAvailable();
  else backButton.hide.ifAvailable();
}

/** Shows Telegram's back button while `handler` is given. */
export function useBackButton(handler: (() => void) | null): void {
  const latest = useRef(handler);
  latest.current = handler;
  const isShown = handler !== null;
  useEffect(() => {
    if (!isShown) return;
    const call = () => latest.current?.();
    backHandlers.push(call);
    updateBackButton();
    return () => {
      backHandlers.splice(backHandlers.indexOf(call), 1);
      updateBackButton();
    };
  }, [isShown]);
}

/** Telegram asks before closing while `isDirty`. */
export function useClosingConfirmation(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    closingBehavior.enableConfirmation.ifAvailable();
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    if (!launch.isTelegram) window.addEventListener("beforeunload", warn);
    return () => {
      closingBehavior.disableConfirmation.ifAvailable();
      window.removeEventListener("beforeunload", warn);
    };
  }, [isDirty]);
}

export interface MainButtonState {
  text: string;
  onClick: () => void;
  isEnabled?: boolean;
  isLoading?: boolean;
}

/** Telegram's main button while the component is there. One owner at a time: a screen, or the sheet over it. */
export function useTelegramMainButton(state: MainButtonState | null): void {
  const latest = useRef(state);
  latest.current = state;
  const [text, isEnabled, isLoading] = [
    state?.text ?? "",
    state?.isEnabled ?? true,
    state?.isLoading ?? false,
  ];
  useEffect(() => {
    if (!launch.isTelegram || !text) return;
    const {
      button,
      "button-text": textColor,
      hint,
      fill,
    } = themeVariables(themeParams.state() as ThemeParams);
    mainButton.setParams.ifAvailable({
      text,
      isVisible: true,
      isEnabled: isEnabled && !isLoading,
      isLoaderVisible: isLoading,
      bgColor: ((isEnabled ? button : fill) ?? "#007aff") as `#${string}`,
      textColor: ((isEnabled ? textColor : hint) ?? "#ffffff") as `#${string}`,
    });
  }, [text, isEnabled, isLoading]);
  useEffect(() => {
    if (!launch.isTelegram || !text) return;
    const off = mainButton.onClick.isAvailable()
      ? mainButton.onClick(() => latest.current?.onClick())
      : () => undefined;
    return () => {
      off();
      mainButton.setParams.ifAvailable({ isVisible: false, isLoaderVisible: false });
    };
  }, [text]);
}
