/**
 * Words. One language is loaded at a time, as one lazy file; the words of errors, notices and next steps are the server modules' own
 * copies, so that the bot and the Mini App say the same.
 */
import i18next, { type ResourceLanguage } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Asset, Language } from "../../server/src/platform/shapes.ts";
import { formatAmount } from "./amount.ts";
import { serverNow } from "./clock.ts";
import { ApiError, keyOfCode } from "./problem.ts";
import { dateTime, duration } from "./time.ts";

export type Words = ResourceLanguage;
type Loader = (language: Language) => Promise<Words>;

type LaterLoader = (language: Language) => Promise<{ default: Words[string] }>;

const STORAGE_KEY = "souk.language";
let load: Loader | null = null;
/** Namespaces that arrived after the start, so that another language brings them too. */
const later = new Map<string, LaterLoader>();

/** Before anybody chose: what this device remembers, else what Telegram or the browser says. */
export function guessLanguage(languageCode: string | null): Language {
  const remembered = localStorage.getItem(STORAGE_KEY);
  if (remembered === "ru" || remembered === "en") return remembered;
  return /^(ru|be|uk|kk)/.test(languageCode ?? navigator.language) ? "ru" : "en";
}

export async function startI18n(language: Language, loader: Loader): Promise<void> {
  load = loader;
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: await loader(language) },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  addFormats();
  document.documentElement.lang = language;
}

/** The formats that the server's copies name: nanograms, instants, seconds. */
function addFormats(): void {
  const formatter = i18next.services.formatter;
  formatter?.add("amount", (value: string, language = "en") =>
    formatAmount({ amount: value, asset: "TON" }, language),
  );
  formatter?.add("money", (value: string, language = "en") => {
    const [amount = "0", asset = "TON"] = value.split(" ");
    return formatAmount({ amount, asset: asset as Asset }, language, "exact");
  });
  formatter?.add("moment", (value: string, language = "en") => dateTime(value, serverNow(), language));
  formatter?.add("span", (value: number, language = "en") => duration(Number(value), language));
}

export async function setLanguage(language: Language): Promise<void> {
  if (!load) return;
  localStorage.setItem(STORAGE_KEY, language);
  if (i18next.language === language) return;
  const [atOnce] = await Promise.all([
    load(language),
    ...[...later].map((one) => loadLater(language, ...one)),
  ]);
  for (const [namespace, words] of Object.entries(atOnce))
    i18next.addResourceBundle(language, namespace, words);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

async function loadLater(language: Language, namespace: string, loader: LaterLoader): Promise<void> {
  if (i18next.hasResourceBundle(language, namespace)) return;
  i18next.addResourceBundle(language, namespace, (await loader(language)).default);
}

/** Words of one part of the app, for a screen that is loaded later: there before the screen is shown. */
export async function addWords(namespace: string, loader: LaterLoader): Promise<void> {
  later.set(namespace, loader);
  const language = i18next.language as Language;
  await loadLater(language, namespace, loader);
  // Another language was chosen meanwhile, before it could know of these words.
  if (i18next.language !== language) await loadLater(i18next.language as Language, namespace, loader);
}

/** The present language, for dates and numbers. Re-renders when it changes. */
export const useLanguage = (): Language => useTranslation().i18n.language as Language;

/** `t("kernel:pay.title")`: every key carries its namespace, so that a search finds its words. */
export const useWords = () => useTranslation().t;
export type Translate = ReturnType<typeof useWords>;

/** The words of an error: its code's, or its kind's. Never a code alone, never "something went wrong". */
export function wordsOfError(t: Translate, error: unknown): string {
  if (!(error instanceof ApiError)) return t("kit:problem.bug");
  const key = keyOfCode(error.code);
  if (key && !error.code.startsWith("platform.") && i18next.exists(key)) return t(key, { ...error.details });
  return t(`kit:problem.${error.kind}`, { seconds: error.retryAfter ?? 60 });
}

/** Whether there is something to say: a copy may leave a part empty on purpose. */
export function hasWords(key: string): boolean {
  const [namespace = "", path = ""] = key.split(":");
  return i18next.exists(key) && i18next.getResource(i18next.language, namespace, path) !== "";
}
