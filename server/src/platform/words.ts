/** The bot's words: every module's copy in both languages, through i18next, with the formats of `format.ts`. */
import i18next, { type i18n } from "i18next";
import { formatAmount, formatMoment, formatMoney, formatSpan } from "./format.ts";
import type { Language } from "./shapes.ts";

export type Copy = { readonly [key: string]: string | Copy };
export type Words = {
  /** `key` is `<module>:<path>`, e.g. `deals:notices.funded.title`. A missing key is a bug and throws. */
  say(language: Language, key: string, params?: Record<string, string | number>): string;
  has(language: Language, key: string): boolean;
};

/** Telegram tells a bot nothing of where its reader is: each language gets the clock that most of its readers live by, named. */
const zones = {
  ru: { name: "Europe/Moscow", label: "МСК" },
  en: { name: "UTC", label: "UTC" },
} as const;

export function createWords(copies: Record<string, Record<Language, Copy>>): Words {
  const made = {} as Record<Language, i18n>;
  for (const language of ["ru", "en"] as const) {
    const instance = i18next.createInstance();
    void instance.init({
      lng: language,
      ns: Object.keys(copies),
      resources: {
        [language]: Object.fromEntries(Object.entries(copies).map(([name, copy]) => [name, copy[language]])),
      },
      interpolation: { escapeValue: false },
      initAsync: false,
    });
    const formatter = instance.services.formatter;
    formatter?.add("amount", (value: string) => formatAmount(value, language));
    formatter?.add("money", (value: string) => formatMoney(value, language));
    formatter?.add("moment", (value: string) => formatMoment(value, language, zones[language]));
    formatter?.add("span", (value: number) => formatSpan(Number(value), language));
    made[language] = instance;
  }
  return {
    has: (language, key) => made[language].exists(key),
    say(language, key, params = {}) {
      if (!made[language].exists(key, params)) throw new Error(`no words for ${key} in ${language}`);
      return made[language].t(key, params);
    },
  };
}
