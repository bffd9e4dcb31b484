export type Language = "en" | "ru";

export const toLanguage = (value: string): Language => (value.toLowerCase().startsWith("ru") ? "ru" : "en");

const locale = { en: "en-GB", ru: "ru-RU" } as const;

/** `3` → `3 subscribers`; the forms are CLDR's: English uses one and other, Russian one, few and many. */
export function plural(
  language: Language,
  count: number,
  forms: { one: string; few?: string; many: string },
): string {
  const rule = new Intl.PluralRules(locale[language]).select(count);
  const word = rule === "one" ? forms.one : rule === "few" ? (forms.few ?? forms.many) : forms.many;
  return `${formatNumber(language, count)} ${word}`;
}

export const formatNumber = (language: Language, value: number): string =>
  new Intl.NumberFormat(locale[language]).format(value);

/** `12300` → `12.3K`, as the eye under a channel's post shows it. */
export function formatViews(value: number): string {
  if (value < 1000) return String(value);
  const [unit, suffix] = value < 1_000_000 ? [1000, "K"] : [1_000_000, "M"];
  const scaled = Math.floor((value / unit) * 10) / 10;
  return `${scaled >= 100 ? Math.floor(scaled) : scaled}${suffix}`;
}

export const formatTime = (unix: number): string =>
  new Date(unix * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

function dayNumber(unix: number): number {
  const date = new Date(unix * 1000);
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}

export const sameDay = (a: number, b: number): boolean => dayNumber(a) === dayNumber(b);

/** The date over a day's messages: Today, Yesterday, `12 March`, `12 March 2027`. */
export function formatDay(language: Language, unix: number, now: number): string {
  const distance = dayNumber(now) - dayNumber(unix);
  if (distance === 0) return language === "ru" ? "Сегодня" : "Today";
  if (distance === 1) return language === "ru" ? "Вчера" : "Yesterday";
  const date = new Date(unix * 1000);
  const sameYear = date.getFullYear() === new Date(now * 1000).getFullYear();
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "long" };
  if (!sameYear) options.year = "numeric";
  return date.toLocaleDateString(locale[language], options);
}

/** The date at the right of a chat's row: time today, weekday this week, else the date. */
export function formatRowDate(language: Language, unix: number, now: number): string {
  const distance = dayNumber(now) - dayNumber(unix);
  const date = new Date(unix * 1000);
  if (distance === 0) return formatTime(unix);
  if (distance < 7) return date.toLocaleDateString(locale[language], { weekday: "short" });
  return date.toLocaleDateString(locale[language], { day: "2-digit", month: "2-digit", year: "2-digit" });
}

export const formatDate = (language: Language, unix: number): string =>
  new Date(unix * 1000).toLocaleDateString(locale[language], {
    weekday: "short",
    day: "numeric",
    month: "short",
  });

/** A length of time in its two largest units: `1 d 4 h`, `12 min`. */
export function formatSpan(language: Language, seconds: number): string {
  const units = language === "ru" ? ["д", "ч", "мин", "с"] : ["d", "h", "min", "s"];
  const sizes = [86_400, 3600, 60, 1];
  const first = sizes.findIndex((size) => seconds >= size);
  if (first < 0) return `0 ${units[3]}`;
  const parts: string[] = [];
  let rest = Math.floor(seconds);
  for (let index = first; index < Math.min(first + 2, 4); index++) {
    const size = sizes[index] ?? 1;
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${units[index]}`);
  }
  return parts.join(" ");
}
