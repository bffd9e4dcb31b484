import type { Chat, ReplyButton, ReplyKeyboard } from "../../../protocol.ts";
import { usePhone } from "./context.ts";
import { Icon, type IconName } from "./icons.tsx";

const corner: Partial<Record<ReplyButton["action"], IconName>> = { web_app: "app", request_chat: "channel" };

export function ReplyKeyboardPanel(props: { chat: Chat; keyboard: ReplyKeyboard; onUsed: () => void }) {
  const { chat, keyboard, onUsed } = props;
  const { phone, words } = usePhone();
  const press = async (button: ReplyButton, row: number, column: number) => {
    if (button.action === "request_contact" && !(await phone.confirm(phone.say(words.sharePhone), words.yes)))
      return;
    if (keyboard.oneTime) onUsed();
    await phone.performAndFollow({ type: "pressReplyButton", chatId: chat.id, row, column });
  };
  return (
    <div className={keyboard.resize ? "reply-keyboard" : "reply-keyboard tall"}>
      {keyboard.rows.map((buttons, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the position is the identity here
        <div className="reply-row" key={row}>
          {buttons.map((button, column) => {
            const icon = corner[button.action];
            return (
              <button
                type="button"
                // biome-ignore lint/suspicious/noArrayIndexKey: the position is the identity here
                key={`${column}-${button.text}`}
                className={`reply-button${button.style ? ` style-${button.style}` : ""}`}
                onClick={() => void press(button, row, column)}
              >
                <span>{button.text}</span>
                {icon ? <Icon name={icon} size={13} /> : null}
              </button>
            );
          })}
        </div>
      ))}
    </div>
  );
}
