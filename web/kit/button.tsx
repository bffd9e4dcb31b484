/** Buttons, and the one main button of a screen: Telegram's own, or a bar of ours in a plain browser. */
import type { ReactNode } from "react";
import { useIsSheetOpen } from "./sheet.tsx";
import { haptics, launch, type MainButtonState, useTelegramMainButton } from "./telegram.ts";

export interface ButtonProps {
  children: ReactNode;
  onClick: () => void;
  look?: "filled" | "tinted" | "plain" | "danger";
  isLoading?: boolean;
  isDisabled?: boolean;
  testId?: string;
}

export function Button({
  children,
  onClick,
  look = "filled",
  isLoading,
  isDisabled,
  testId,
}: ButtonProps): ReactNode {
  return (
    <button
      type="button"
      className="button"
      data-look={look}
      data-testid={testId}
      aria-busy={isLoading || undefined}
      disabled={isDisabled || isLoading}
      onClick={() => {
        haptics.tap();
        onClick();
      }}
    >
      {isLoading && <span className="spinner" aria-hidden="true" />}
      {children}
    </button>
  );
}

/** The primary action of a screen. Hidden while a sheet is open, whose own buttons come first then. */
export function MainButton(props: MainButtonState): ReactNode {
  const isSheetOpen = useIsSheetOpen();
  useTelegramMainButton(isSheetOpen ? null : props);
  if (launch.isTelegram || isSheetOpen) return null;
  return (
    <div className="main-button-bar">
      <div>
        <Button
          onClick={props.onClick}
          isDisabled={props.isEnabled === false}
          isLoading={props.isLoading ?? false}
        >
          {props.text}
        </Button>
      </div>
    </div>
  );
}
