import { color, flag, optionalColor, optionalFlag, type Params, Refusal, text } from "./params.ts";
import type { BridgeContext, Method } from "./port.ts";
import type { ButtonState, SecondaryPosition } from "./state.ts";

/** Methods that change what the frame around the Mini App looks like or how it closes. */

function nextButton<T extends ButtonState>(params: Params, current: T): T {
  const label = params.text === undefined ? current.text : text(params, "text", { max: 64 });
  const visible = optionalFlag(params, "is_visible") ?? current.visible;
  if (visible && label.trim() === "") throw new Refusal("a visible button needs a text");
  return {
    ...current,
    text: label,
    visible,
    active: optionalFlag(params, "is_active") ?? current.active,
    progress: optionalFlag(params, "is_progress_visible") ?? current.progress,
    shine: optionalFlag(params, "has_shine_effect") ?? current.shine,
    color: "color" in params ? optionalColor(params, "color") : current.color,
    textColor: "text_color" in params ? optionalColor(params, "text_color") : current.textColor,
  };
}

const positions: readonly SecondaryPosition[] = ["left", "right", "top", "bottom"];

function position(params: Params, current: SecondaryPosition): SecondaryPosition {
  if (params.position === undefined) return current;
  const found = positions.find((name) => name === params.position);
  if (!found) throw new Refusal("position must be left, right, top or bottom");
  return found;
}

function themeOrColor(params: Params): string {
  if (params.color !== undefined) return color(params, "color");
  const key = text(params, "color_key");
  if (key !== "bg_color" && key !== "secondary_bg_color") {
    throw new Refusal("color_key must be bg_color or secondary_bg_color");
  }
  return key;
}

export function sendViewport({ port, emit }: BridgeContext): void {
  const { width, height } = port.viewport();
  emit("viewport_changed", { height, width, is_expanded: true, is_state_stable: true });
}

/** The phone's own status bar and home line lie outside the frame, so nothing has to be kept clear. */
const noInsets = { top: 0, bottom: 0, left: 0, right: 0 };

export const chromeMethods: Record<string, Method> = {
  iframe_ready: (_params, { emit }) => emit("set_custom_style", ""),
  // The frame loads anew in place: nothing to answer.
  iframe_will_reload: () => {},
  web_app_ready: (_params, { update }) => update({ ready: true }),
  web_app_expand: (_params, context) => sendViewport(context),
  web_app_close: (_params, { port }) => port.close(),
  web_app_setup_main_button: (params, { get, update }) => update({ main: nextButton(params, get().main) }),
  web_app_setup_secondary_button: (params, { get, update }) => {
    const current = get().secondary;
    update({ secondary: { ...nextButton(params, current), position: position(params, current.position) } });
  },
  web_app_setup_back_button: (params, { update }) => update({ back: flag(params, "is_visible") }),
  web_app_setup_settings_button: (params, { update }) => update({ settings: flag(params, "is_visible") }),
  web_app_setup_closing_behavior: (params, { update }) =>
    update({ confirmClose: flag(params, "need_confirmation") }),
  web_app_setup_swipe_behavior: (params, { update }) =>
    update({ swipe: flag(params, "allow_vertical_swipe") }),
  web_app_set_header_color: (params, { update }) => update({ header: themeOrColor(params) }),
  web_app_set_background_color: (params, { update }) => update({ background: color(params, "color") }),
  web_app_set_bottom_bar_color: (params, { update }) => update({ bottomBar: color(params, "color") }),
  web_app_request_theme: (_params, { port, emit }) => emit("theme_changed", { theme_params: port.theme() }),
  web_app_request_viewport: (_params, context) => sendViewport(context),
  web_app_request_safe_area: (_params, { emit }) => emit("safe_area_changed", noInsets),
  web_app_request_content_safe_area: (_params, { emit }) => emit("content_safe_area_changed", noInsets),
  web_app_hide_keyboard: () => {},
};
