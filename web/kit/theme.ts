/**
 * Telegram's theme made into our variables. The palette is Telegram's; we add the four states of a deal. Themes of people are odd:
 * every colour that carries text is moved towards black or white until it reads (WCAG AA, 4.5:1) on everything it may stand on.
 */

/** As Telegram sends them: `bg_color` → `#ffffff`. */
export type ThemeParams = Readonly<Record<string, string | undefined>>;
type Rgb = readonly [number, number, number];

const AA = 4.5;
const light: Record<string, string> = {
  bg_color: "#ffffff",
  secondary_bg_color: "#efeff4",
  section_bg_color: "#ffffff",
  text_color: "#000000",
  hint_color: "#8e8e93",
  link_color: "#007aff",
  button_color: "#007aff",
  button_text_color: "#ffffff",
  destructive_text_color: "#ff3b30",
  section_header_text_color: "#6d6d72",
};
const dark: Record<string, string> = {
  bg_color: "#1c1c1e",
  secondary_bg_color: "#000000",
  section_bg_color: "#1c1c1e",
  text_color: "#ffffff",
  hint_color: "#98989e",
  link_color: "#3e9bff",
  button_color: "#0a84ff",
  button_text_color: "#ffffff",
  destructive_text_color: "#ff453a",
  section_header_text_color: "#8d8d93",
};
/** Waiting for somebody · the money is safe in the contract · done · trouble. */
const states = { waiting: "#c27400", safe: "#1680a8", done: "#1e9447", trouble: "#e0352b" };

function parse(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

const hexOf = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

/** `share` of `over`, the rest of `under`; both `#rrggbb`. */
export function mix(over: string, under: string, share: number): string {
  const [a, b] = [parse(over), parse(under)];
  return hexOf([0, 1, 2].map((i) => (a[i] ?? 0) * share + (b[i] ?? 0) * (1 - share)) as unknown as Rgb);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = parse(hex).map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, 1.4.3. */
export function contrast(left: string, right: string): number {
  const [a, b] = [luminance(left), luminance(right)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const worst = (color: string, backgrounds: readonly string[]): number =>
  Math.min(...backgrounds.map((background) => contrast(color, background)));

/** The nearest colour to `color`, towards black or white, that reads on all `backgrounds`; the most readable one if none does. */
export function readable(color: string, backgrounds: readonly string[], ratio = AA): string {
  let best = color;
  for (let share = 0; share <= 1; share += 0.04) {
    for (const pole of ["#000000", "#ffffff"]) {
      const candidate = mix(pole, color, share);
      if (worst(candidate, backgrounds) >= ratio) return candidate;
      if (worst(candidate, backgrounds) > worst(best, backgrounds)) best = candidate;
    }
  }
  return best;
}

const isColor = (value: string | undefined): value is string => /^#[0-9a-fA-F]{6}$/.test(value ?? "");

export const isDark = (params: ThemeParams): boolean =>
  luminance(isColor(params.bg_color) ? params.bg_color : "#ffffff") < 0.2;

/** Page and section must differ, or a grouped list is one blot. */
function surfaces(color: (name: string) => string, isDarkTheme: boolean): { page: string; section: string } {
  const section = color("section_bg_color");
  for (const page of [color("secondary_bg_color"), color("bg_color")])
    if (contrast(page, section) > 1.04) return { page, section };
  return isDarkTheme
    ? { page: section, section: mix("#ffffff", section, 0.1) }
    : { page: mix(color("text_color"), section, 0.05), section };
}

/** CSS variables without the leading `--`. `params` may lack any key and may hold anything. */
export function themeVariables(params: ThemeParams): Record<string, string> {
  const isDarkTheme = isDark(params);
  const fallback = isDarkTheme ? dark : light;
  const color = (name: string): string => {
    const given = params[name];
    return isColor(given) ? given.toLowerCase() : (fallback[name] ?? "#000000");
  };
  const { page, section } = surfaces(color, isDarkTheme);
  const text = readable(color("text_color"), [page, section], 7);
  const fill = mix(text, section, 0.06);
  const on = [page, section, fill];
  const buttonText = color("button_text_color");
  const variables: Record<string, string> = {
    page,
    section,
    fill,
    text,
    hint: readable(color("hint_color"), on),
    link: readable(color("link_color"), [...on, mix(color("link_color"), section, 0.12)]),
    header: readable(color("section_header_text_color"), [page, section]),
    danger: readable(color("destructive_text_color"), on),
    button: readable(color("button_color"), [buttonText]),
    "button-text": buttonText,
    separator: mix(text, section, isDarkTheme ? 0.16 : 0.12),
    pressed: mix(text, section, 0.09),
    skeleton: mix(text, section, 0.08),
  };
  variables["link-tint"] = mix(color("link_color"), section, 0.12);
  for (const [name, base] of Object.entries(states)) {
    const tint = mix(base, section, isDarkTheme ? 0.18 : 0.1);
    variables[`${name}-tint`] = tint;
    variables[name] = readable(base, [page, section, tint]);
  }
  return variables;
}
