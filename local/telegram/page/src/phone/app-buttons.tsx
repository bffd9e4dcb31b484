import type { CSSProperties } from "react";
import type { Bridge } from "../bridge/bridge.ts";
import type { ButtonState, MiniAppState } from "../bridge/state.ts";

interface Props {
  kind: "main" | "secondary";
  button: ButtonState;
  onPress: () => void;
}

function HostButton({ kind, button, onPress }: Props) {
  const style: CSSProperties = {};
  if (button.color) style.background = button.color;
  if (button.textColor) style.color = button.textColor;
  return (
    <button
      type="button"
      className={`host-button ${kind}${button.shine ? " shine" : ""}`}
      style={style}
      disabled={!button.active}
      aria-busy={button.progress}
      // While it turns it keeps its place but answers nobody: Telegram ignores taps then.
      onClick={() => button.progress || onPress()}
    >
      {button.progress ? <span className="spinner" aria-hidden="true" /> : null}
      <span className={button.progress ? "button-text faded" : "button-text"}>{button.text}</span>
    </button>
  );
}

/** The main and the secondary button, which Telegram draws under the Mini App. */
export function AppButtons({ bridge, app }: { bridge: Bridge; app: MiniAppState }) {
  const { main, secondary } = app;
  if (!main.visible && !secondary.visible) return null;
  const both = main.visible && secondary.visible;
  return (
    <div className={`app-buttons${both ? ` both ${secondary.position}` : ""}`}>
      {secondary.visible ? (
        <HostButton
          kind="secondary"
          button={secondary}
          onPress={() => bridge.emit("secondary_button_pressed")}
        />
      ) : null}
      {main.visible ? (
        <HostButton kind="main" button={main} onPress={() => bridge.emit("main_button_pressed")} />
      ) : null}
    </div>
  );
}
