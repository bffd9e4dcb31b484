/** This browser's own session: begun by a link, taken up at the start, and left so that nothing of the person stays here. */
import { send, setAuthorization } from "../../../../kit/api.ts";
import { BrowserSession, NOTE, noteSignedIn, noteSignedOut } from "../../../../kit/browser-session.ts";
import { setReader } from "../../../../kit/reader.ts";
import { dropPush, switchPushOff } from "../push.ts";

const LANGUAGE = "souk.language";

/** What forms and wallets have put aside here is the person's, and goes with them; the language is the device's. */
function forgetEverything(): void {
  const language = localStorage.getItem(LANGUAGE);
  localStorage.clear();
  sessionStorage.clear();
  if (language) localStorage.setItem(LANGUAGE, language);
}

/** `onEnded` is told after the page has become a visitor's. */
export function openSession(userId: string | null, onEnded: () => void = () => undefined): BrowserSession {
  return new BrowserSession({
    userId,
    onEnded: () => {
      setAuthorization(null);
      forgetEverything();
      setReader("ended");
      void dropPush();
      onEnded();
    },
    onOther: () => location.reload(),
  });
}

/** Other tabs of this browser: one signed out, or signed somebody in. */
export function followOtherTabs(onSignedOut: () => void): void {
  window.addEventListener("storage", ({ key, oldValue, newValue }) => {
    if (key !== NOTE && key !== null) return;
    if (newValue === null) onSignedOut();
    else if (newValue !== oldValue) location.reload();
  });
}

/** From here on each opening of the app takes this session up. */
export function stay(userId: string): void {
  noteSignedIn(userId);
  location.replace("/");
}

/** Ends the session that was just begun and not confirmed: it was somebody else's link. */
export async function refuse(session: BrowserSession): Promise<void> {
  setAuthorization(session);
  try {
    await send("POST", "/api/auth/logout");
  } finally {
    setAuthorization(null);
    noteSignedOut();
  }
}

/** Signs this browser out. Throws `ApiError` when the server could not be told: then the person is still signed in, and hears so. */
export async function signOut(): Promise<void> {
  await switchPushOff().catch(() => undefined);
  await send("POST", "/api/auth/logout");
  forgetEverything();
  location.replace("/");
}
