import type { ThemeParams, World } from "../../../protocol.ts";
import type { Platform } from "./ui-state.ts";

/** The palettes that Telegram's own clients hand to Mini Apps; the web client's come from the server. */

const ios: Record<"light" | "dark", ThemeParams> = {
  light: {
    bg_color: "#ffffff",
    secondary_bg_color: "#efeff4",
    section_bg_color: "#ffffff",
    header_bg_color: "#f8f8f8",
    bottom_bar_bg_color: "#f2f2f2",
    section_separator_color: "#c8c7cc",
    text_color: "#000000",
    hint_color: "#8e8e93",
    subtitle_text_color: "#8e8e93",
    section_header_text_color: "#6d6d72",
    link_color: "#007aff",
    accent_text_color: "#007aff",
    button_color: "#007aff",
    button_text_color: "#ffffff",
    destructive_text_color: "#ff3b30",
  },
  dark: {
    bg_color: "#000000",
    secondary_bg_color: "#1c1c1d",
    section_bg_color: "#2c2c2e",
    header_bg_color: "#1a1a1a",
    bottom_bar_bg_color: "#1d1d1d",
    section_separator_color: "#545458",
    text_color: "#ffffff",
    hint_color: "#98989e",
    subtitle_text_color: "#98989e",
    section_header_text_color: "#8d8e93",
    link_color: "#3e88f7",
    accent_text_color: "#3e88f7",
    button_color: "#3e88f7",
    button_text_color: "#ffffff",
    destructive_text_color: "#eb5545",
  },
};

const android: Record<"light" | "dark", ThemeParams> = {
  light: {
    bg_color: "#ffffff",
    secondary_bg_color: "#f0f0f0",
    section_bg_color: "#ffffff",
    header_bg_color: "#ffffff",
    bottom_bar_bg_color: "#ffffff",
    section_separator_color: "#d9d9d9",
    text_color: "#222222",
    hint_color: "#a8a8a8",
    subtitle_text_color: "#82868a",
    section_header_text_color: "#3a95d5",
    link_color: "#2678b6",
    accent_text_color: "#1c93e3",
    button_color: "#50a8eb",
    button_text_color: "#ffffff",
    destructive_text_color: "#cc2929",
  },
  dark: {
    bg_color: "#212d3b",
    secondary_bg_color: "#151e27",
    section_bg_color: "#1d2733",
    header_bg_color: "#242d39",
    bottom_bar_bg_color: "#151e27",
    section_separator_color: "#0d1218",
    text_color: "#ffffff",
    hint_color: "#7d8b99",
    subtitle_text_color: "#7b8790",
    section_header_text_color: "#79c4fc",
    link_color: "#5eabe1",
    accent_text_color: "#64b5ef",
    button_color: "#50a8eb",
    button_text_color: "#ffffff",
    destructive_text_color: "#ee686f",
  },
};

export function themeParams(world: World, platform: Platform, theme: "light" | "dark"): ThemeParams {
  if (platform === "ios") return ios[theme];
  return platform === "android" ? android[theme] : world.themes[theme];
}
