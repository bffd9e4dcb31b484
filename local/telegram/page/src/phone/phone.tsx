import { useEffect, useMemo } from "react";
import type { PersonState, World } from "../../../protocol.ts";
import { ChatList } from "./chat-list.tsx";
import { ChatScreen } from "./chat-screen.tsx";
import { PhoneContext, usePhone } from "./context.ts";
import type { PhoneController } from "./controller.ts";
import { Dialogs } from "./dialogs.tsx";
import { InfoScreen } from "./info-screen.tsx";
import { MiniApp } from "./mini-app.tsx";
import { Sheets } from "./sheets.tsx";
import { StatusBar } from "./status-bar.tsx";
import { bottomView, type Platform } from "./ui-state.ts";
import { WalletSheet } from "./wallet-sheet.tsx";

function Screen() {
  const { ui } = usePhone();
  const view = ui.stack.at(-1) ?? bottomView;
  if (view.kind === "chat") return <ChatScreen key={`chat-${view.chatId}`} chatId={view.chatId} />;
  if (view.kind === "info") return <InfoScreen key={`info-${view.chatId}`} chatId={view.chatId} />;
  return <ChatList />;
}

function hapticClass(ui: ReturnType<typeof usePhone>["ui"]): string {
  const feedback = ui.haptic?.feedback;
  if (!feedback) return "";
  if (feedback.type === "notification") return ` haptic-${feedback.kind}`;
  return feedback.type === "impact" && (feedback.style === "heavy" || feedback.style === "rigid")
    ? " haptic-heavy"
    : " haptic-light";
}

function Device() {
  const { ui, state, world, platform, language } = usePhone();
  return (
    <div
      className={`device${hapticClass(ui)}`}
      data-theme={state.me.theme}
      data-platform={platform}
      data-person={state.me.id}
      lang={language}
    >
      <div className="glass">
        <StatusBar clock={world.clock} />
        <div className="stage">
          <div className="behind" inert={(ui.app !== null && !ui.app.minimized) || ui.wallet !== null}>
            <Screen />
          </div>
          <MiniApp />
          <Sheets />
          <WalletSheet />
          <Dialogs />
        </div>
        <div className="home-line" aria-hidden="true" />
      </div>
    </div>
  );
}

interface Props {
  phone: PhoneController;
  world: World;
  state: PersonState;
  platform: Platform;
}

export function PhoneScreen({ phone, world, state, platform }: Props) {
  useEffect(() => phone.follow(world, state), [phone, world, state]);
  const value = useMemo(() => ({ phone, world, state, platform }), [phone, world, state, platform]);
  return (
    <PhoneContext value={value}>
      <Device />
    </PhoneContext>
  );
}
