/**
 * A sheet from the bottom for choices and confirmations. The rest of the app is inert while it is open; Escape, the shade and
 * Telegram's back button close it; focus returns to where it was. Not a modal `<dialog>`: the top layer would lock out the
 * wallet's own window, which stands beside us in the page.
 */
import { type ReactNode, useEffect, useId, useRef, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { Icon } from "./icons.tsx";
import { useBackButton } from "./telegram.ts";

let openCount = 0;
const listeners = new Set<() => void>();

function changeCount(by: number): void {
  openCount += by;
  const root = document.getElementById("root");
  if (root) root.inert = openCount > 0;
  document.body.style.overflow = openCount > 0 ? "hidden" : "";
  for (const listener of listeners) listener();
}

export const useIsSheetOpen = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => openCount > 0,
  );

export interface SheetProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  testId?: string;
}

function SheetWindow({ title, onClose, children, testId }: SheetProps): ReactNode {
  const titleId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const { t } = useTranslation();
  const close = useRef(onClose);
  close.current = onClose;
  useBackButton(onClose);
  useEffect(() => {
    const before = document.activeElement;
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && close.current();
    document.addEventListener("keydown", onKey);
    changeCount(1);
    heading.current?.focus();
    return () => {
      document.removeEventListener("keydown", onKey);
      changeCount(-1);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div className="sheet-layer">
      <button type="button" className="sheet-shade" tabIndex={-1} aria-hidden="true" onClick={onClose} />
      <div className="sheet" role="dialog" aria-modal="true" aria-labelledby={titleId} data-testid={testId}>
        <div className="sheet-head">
          <h2 className="sheet-title" id={titleId} tabIndex={-1} ref={heading}>
            {title}
          </h2>
          <button type="button" className="sheet-close" aria-label={t("kit:close")} onClick={onClose}>
            <span>
              <Icon name="close" size={18} />
            </span>
          </button>
        </div>
        <div className="sheet-body">{children}</div>
      </div>
    </div>
  );
}

export function Sheet(props: SheetProps): ReactNode {
  return createPortal(<SheetWindow {...props} />, document.body);
}
