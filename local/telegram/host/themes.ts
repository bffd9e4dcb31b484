/** Telegram's own two themes, as its web client hands them to Mini Apps. */
import type { ThemeParams } from "../protocol.ts";

export const THEMES: { readonly light: ThemeParams; readonly dark: ThemeParams } = {
  light: {
    bg_color: "#ffffff",
    secondary_bg_color: "#f4f4f5",
    section_bg_color: "#ffffff",
    header_bg_color: "#ffffff",
    bottom_bar_bg_color: "#ffffff",
    section_separator_color: "#e7e7e7",
    text_color: "#000000",
    hint_color: "#707579",
    subtitle_text_color: "#707579",
    section_header_text_color: "#3390ec",
    link_color: "#00488f",
    accent_text_color: "#3390ec",
    button_color: "#3390ec",
    button_text_color: "#ffffff",
    destructive_text_color: "#df3f40",
  },
  dark: {
    bg_color: "#212121",
    secondary_bg_color: "#0f0f0f",
    section_bg_color: "#212121",
    header_bg_color: "#212121",
    bottom_bar_bg_color: "#212121",
    section_separator_color: "#0f0f0f",
    text_color: "#ffffff",
    hint_color: "#aaaaaa",
    subtitle_text_color: "#aaaaaa",
    section_header_text_color: "#8774e1",
    link_color: "#8774e1",
    accent_text_color: "#8774e1",
    button_color: "#8774e1",
    button_text_color: "#ffffff",
    destructive_text_color: "#ff595a",
  },
};
