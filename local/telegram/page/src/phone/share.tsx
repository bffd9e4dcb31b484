import { useState } from "react";
import { Avatar } from "./avatar.tsx";
import { usePhone } from "./context.ts";
import { Icon } from "./icons.tsx";
import { RichText } from "./rich-text.tsx";
import type { ShareSheet } from "./ui-state.ts";

/** A preview of what is shared, and the chats that it can go to. */
export function ShareContent({ sheet }: { sheet: ShareSheet }) {
  const { phone, words } = usePhone();
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const toggle = (chatId: number) =>
    setChosen(chosen.includes(chatId) ? chosen.filter((id) => id !== chatId) : [...chosen, chatId]);
  const send = async () => {
    if (!(await sheet.send(chosen))) return;
    phone.finishSheet();
    phone.toast(words.sent);
  };
  return (
    <div className="share">
      <div className="share-preview">
        <RichText text={sheet.preview.text} entities={sheet.preview.entities} />
      </div>
      <ul className="picker-list">
        {sheet.targets.map(({ chatId, title, avatarUrl }) => (
          <li key={chatId}>
            <button
              type="button"
              className="picker-row"
              aria-pressed={chosen.includes(chatId)}
              onClick={() => toggle(chatId)}
            >
              <Avatar id={chatId} name={title} url={avatarUrl} size={40} />
              <span className="grow">{title}</span>
              <span className={chosen.includes(chatId) ? "tick on" : "tick"}>
                <Icon name="check" size={14} weight={3} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="wide-button"
        disabled={chosen.length === 0}
        onClick={() => void send()}
      >
        {words.sendTo}
      </button>
    </div>
  );
}
