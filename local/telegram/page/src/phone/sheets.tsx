import { type ReactNode, useRef } from "react";
import { plural } from "../words/format.ts";
import { Avatar } from "./avatar.tsx";
import { usePhone } from "./context.ts";
import { useLayerFocus } from "./dialogs.tsx";
import { Icon } from "./icons.tsx";
import { InvoiceContent } from "./invoice.tsx";
import { PickerContent } from "./picker.tsx";
import { ShareContent } from "./share.tsx";
import type { ChannelSheet } from "./ui-state.ts";

/** A sheet that comes from below and takes as much height as it needs. */
function SheetFrame({ title, children }: { title: string; children: ReactNode }) {
  const { phone, words } = usePhone();
  const layer = useRef<HTMLDivElement>(null);
  useLayerFocus(layer, () => phone.closeSheet());
  return (
    <div className="layer sheet-layer" ref={layer}>
      <button
        type="button"
        className="scrim"
        tabIndex={-1}
        aria-label={words.close}
        onClick={() => phone.closeSheet()}
      />
      <div className="sheet" role="dialog" aria-modal="true" aria-label={title}>
        <header className="sheet-head">
          <b>{title}</b>
          <button
            type="button"
            className="round-button"
            aria-label={words.close}
            onClick={() => phone.closeSheet()}
          >
            <Icon name="close" size={18} weight={2.2} />
          </button>
        </header>
        {children}
      </div>
    </div>
  );
}

function JoinContent({ sheet }: { sheet: ChannelSheet }) {
  const { phone, words, language } = usePhone();
  const { channel } = sheet;
  const join = async () => {
    if (!(await phone.perform({ type: "joinChannel", channelId: channel.id }))) return;
    phone.finishSheet();
    phone.minimizeApp();
    phone.go({ kind: "chat", chatId: channel.id });
  };
  return (
    <div className="join">
      <Avatar id={channel.id} name={channel.title} url={channel.photoUrl} size={84} />
      <h2>{channel.title}</h2>
      <p className="hint">{plural(language, channel.memberCount, words.subscriber)}</p>
      <p>{channel.description}</p>
      <button type="button" className="wide-button" onClick={() => void join()}>
        {words.join}
      </button>
    </div>
  );
}

export function Sheets() {
  const { ui, words } = usePhone();
  const { sheet } = ui;
  if (!sheet) return null;
  if (sheet.kind === "picker") {
    return (
      <SheetFrame key={sheet.token} title={words.pickTitle}>
        <PickerContent sheet={sheet} />
      </SheetFrame>
    );
  }
  if (sheet.kind === "invoice") {
    return (
      <SheetFrame key={sheet.slug} title={words.invoiceTitle}>
        <InvoiceContent sheet={sheet} />
      </SheetFrame>
    );
  }
  if (sheet.kind === "share") {
    return (
      <SheetFrame key="share" title={words.shareTitle}>
        <ShareContent sheet={sheet} />
      </SheetFrame>
    );
  }
  return (
    <SheetFrame key={sheet.channel.id} title={words.channel}>
      <JoinContent sheet={sheet} />
    </SheetFrame>
  );
}
