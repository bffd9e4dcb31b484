import { useState } from "react";
import type { Chat, InlineButton, Message } from "../../../protocol.ts";
import { usePhone } from "./context.ts";
import { Icon, type IconName } from "./icons.tsx";
import { copy } from "./rich-text.tsx";

const corner: Partial<Record<InlineButton["action"], IconName>> = {
  url: "link",
  web_app: "app",
  copy: "copy",
  switch_inline: "share",
};

export function InlineKeyboard({ chat, message }: { chat: Chat; message: Message }) {
  return (
    <div className="inline-keyboard">
      {message.inlineKeyboard.map((buttons, row) => (
        // Rows have no identity of their own; the server names a button by its row and column too.
        // biome-ignore lint/suspicious/noArrayIndexKey: the position is the identity here
        <div className="inline-row" key={row}>
          {buttons.map((button, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the position is the identity here
            <Press key={`${column}-${button.text}`} {...{ chat, message, button, row, column }} />
          ))}
        </div>
      ))}
    </div>
  );
}

interface PressProps {
  chat: Chat;
  message: Message;
  button: InlineButton;
  row: number;
  column: number;
}

function Press({ chat, message, button, row, column }: PressProps) {
  const { phone, words } = usePhone();
  const [waiting, setWaiting] = useState(false);
  const press = async () => {
    if (button.action === "pay" && message.invoice) {
      await phone.openInvoice(message.invoice.slug);
      return;
    }
    if (button.action === "copy") return copy(button.value ?? "", phone, words.copied);
    if (button.action === "switch_inline") {
      return phone.setDraft(`@${phone.world.bot.username} ${button.value ?? ""}`);
    }
    setWaiting(true);
    await phone.performAndFollow({
      type: "pressInline",
      chatId: chat.id,
      messageId: message.id,
      row,
      column,
    });
    setWaiting(false);
  };
  const icon = corner[button.action];
  return (
    <button
      type="button"
      className={`inline-button${button.style ? ` style-${button.style}` : ""}${waiting ? " waiting" : ""}`}
      aria-busy={waiting}
      disabled={waiting}
      onClick={() => void press()}
    >
      <span>{button.text}</span>
      {icon ? <Icon name={icon} size={13} /> : null}
    </button>
  );
}
