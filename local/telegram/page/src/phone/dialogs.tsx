import { type RefObject, useEffect, useRef, useState } from "react";
import type { PopupButton } from "../bridge/port.ts";
import { usePhone } from "./context.ts";
import type { Dialog } from "./ui-state.ts";

/**
 * Keeps the keyboard inside an open layer of one phone, and gives the focus back afterwards. The other phones stay
 * usable, so the browser's own modal dialogs are no help here.
 */
export function useLayerFocus(layer: RefObject<HTMLElement | null>, onEscape: () => void): void {
  const leave = useRef(onEscape);
  leave.current = onEscape;
  useEffect(() => {
    const element = layer.current;
    if (!element) return;
    const before = document.activeElement;
    const preferred = element.querySelector<HTMLElement>("[data-autofocus], input, textarea");
    (preferred ?? element.querySelector<HTMLElement>(stops))?.focus({ preventScroll: true });
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        leave.current();
      }
      if (event.key === "Tab") keepInside(event, [...element.querySelectorAll<HTMLElement>(stops)]);
    };
    element.addEventListener("keydown", onKeyDown);
    return () => {
      element.removeEventListener("keydown", onKeyDown);
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [layer]);
}

const stops = "button:not(:disabled):not(.scrim), input, textarea, iframe";

function keepInside(event: KeyboardEvent, all: HTMLElement[]): void {
  const [edge, other] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
  if (document.activeElement !== edge) return;
  event.preventDefault();
  other?.focus();
}

function buttonText(button: PopupButton, words: ReturnType<typeof usePhone>["words"]): string {
  if (button.text !== "") return button.text;
  if (button.kind === "cancel") return words.cancel;
  return button.kind === "close" ? words.close : words.ok;
}

/** A popup, an alert or a small form: Telegram's alert box in the middle of the phone. */
function DialogBox({ dialog }: { dialog: Dialog }) {
  const { words } = usePhone();
  const layer = useRef<HTMLDivElement>(null);
  const [values, setValues] = useState(() =>
    Object.fromEntries(dialog.fields.map(({ id, value }) => [id, value])),
  );
  useLayerFocus(layer, () => dialog.resolve(undefined));
  const missing = dialog.fields.some(({ id, required }) => required && (values[id] ?? "").trim() === "");
  const stacked =
    dialog.buttons.length > 2 || dialog.buttons.some((button) => buttonText(button, words).length > 16);
  return (
    <div className="layer dialog-layer" ref={layer}>
      <button
        type="button"
        className="scrim"
        tabIndex={-1}
        aria-label={words.close}
        onClick={() => dialog.resolve(undefined)}
      />
      <div
        className="dialog"
        role="alertdialog"
        aria-modal="true"
        aria-label={dialog.title || dialog.message}
      >
        <div className="dialog-text">
          {dialog.title ? <b>{dialog.title}</b> : null}
          {dialog.message ? <p>{dialog.message}</p> : null}
          {dialog.fields.map(({ id, label, multiline }) => {
            const shared = {
              "aria-label": label,
              value: values[id] ?? "",
              onChange: (event: { target: { value: string } }) =>
                setValues({ ...values, [id]: event.target.value }),
            };
            return multiline ? <textarea key={id} rows={4} {...shared} /> : <input key={id} {...shared} />;
          })}
        </div>
        <div className={stacked ? "dialog-buttons stacked" : "dialog-buttons"}>
          {dialog.buttons.map((button) => (
            <button
              type="button"
              key={button.id}
              className={`dialog-button ${button.kind}`}
              disabled={missing && button.kind === "default"}
              onClick={() => dialog.resolve({ button: button.id, values })}
            >
              {buttonText(button, words)}
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}

export function Dialogs() {
  const { ui } = usePhone();
  // The serial of the object makes a new box for a new question.
  const count = useRef({ dialog: ui.dialog, key: 0 });
  if (count.current.dialog !== ui.dialog) count.current = { dialog: ui.dialog, key: count.current.key + 1 };
  return (
    <>
      {ui.dialog ? <DialogBox key={count.current.key} dialog={ui.dialog} /> : null}
      <div className="toast-area" role="status">
        {ui.toast ? (
          <div className="toast" key={ui.toast.id}>
            {ui.toast.text}
          </div>
        ) : null}
      </div>
    </>
  );
}
