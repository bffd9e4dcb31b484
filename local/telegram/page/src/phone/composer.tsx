import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Chat } from "../../../protocol.ts";
import { usePhone } from "./context.ts";
import { Icon } from "./icons.tsx";
import { InlineResults } from "./inline-results.tsx";
import { useMuted } from "./muted.ts";
import { ReplyKeyboardPanel } from "./reply-keyboard.tsx";

/** What stands under the messages: START, the mute bar of a channel, or the text field. */
export function Composer({ chat }: { chat: Chat }) {
  const { phone, ui, state, words } = usePhone();
  const payload = chat.kind === "bot" ? ui.startPayload : null;
  if (chat.kind === "bot" && state.me.botBlocked) {
    const restart = async () => {
      await phone.perform({ type: "unblockBot" });
      await phone.perform({ type: "startBot" });
    };
    return <BottomButton text={words.restart} onPress={() => void restart()} />;
  }
  if (chat.kind === "bot" && (!chat.started || payload !== null)) {
    const start = async () => {
      await phone.perform(payload === null ? { type: "startBot" } : { type: "startBot", payload });
      phone.clearStart();
    };
    return <BottomButton text={words.start} strong onPress={() => void start()} />;
  }
  if (chat.channel && !chat.channel.canPost) return <MuteBar chatId={chat.id} />;
  return <TextField chat={chat} />;
}

function BottomButton({ text, strong, onPress }: { text: string; strong?: boolean; onPress: () => void }) {
  return (
    <div className="composer bottom-only">
      <button type="button" className={strong ? "bottom-button strong" : "bottom-button"} onClick={onPress}>
        {text}
      </button>
    </div>
  );
}

function MuteBar({ chatId }: { chatId: number }) {
  const { phone, words } = usePhone();
  const [muted, setMuted] = useMuted(phone.personId, chatId);
  return <BottomButton text={muted ? words.unmute : words.mute} onPress={() => setMuted(!muted)} />;
}

function CommandList({
  chat,
  filter,
  onPick,
}: {
  chat: Chat;
  filter: string;
  onPick: (command: string) => void;
}) {
  const { words } = usePhone();
  const fitting = chat.commands.filter(({ command }) => command.startsWith(filter));
  if (fitting.length === 0) return null;
  return (
    <ul className="command-list" aria-label={words.commands}>
      {fitting.map(({ command, description }) => (
        <li key={command}>
          <button type="button" onClick={() => onPick(`/${command}`)}>
            <b>/{command}</b>
            <span>{description}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function MenuButton({ chat, open, onToggle }: { chat: Chat; open: boolean; onToggle: () => void }) {
  const { phone, words } = usePhone();
  const { menuButton } = chat;
  if (menuButton?.type === "web_app") {
    return (
      <button
        type="button"
        className="menu-button"
        onClick={() => void phone.performAndFollow({ type: "openMenuButton" })}
      >
        <Icon name="app" size={18} weight={2} />
        {menuButton.text}
      </button>
    );
  }
  if (chat.commands.length === 0) return null;
  return (
    <button type="button" className="menu-button" aria-expanded={open} onClick={onToggle}>
      <Icon name={open ? "close" : "menu"} size={18} weight={2} />
      {words.menu}
    </button>
  );
}

function useGrowing(text: string) {
  const field = useRef<HTMLTextAreaElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "0";
    element.style.height = `${Math.min(element.scrollHeight, 120)}px`;
  }, [text]);
  return field;
}

function Draft({ chat, onSend, onEscape }: { chat: Chat; onSend: () => void; onEscape: () => void }) {
  const { phone, ui, words } = usePhone();
  const field = useGrowing(ui.draft);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onEscape();
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onSend();
  };
  return (
    <textarea
      ref={field}
      rows={1}
      value={ui.draft}
      placeholder={chat.replyKeyboard?.placeholder ?? (chat.channel ? words.broadcast : words.message)}
      aria-label={words.message}
      onChange={(event) => phone.setDraft(event.target.value)}
      onKeyDown={onKeyDown}
    />
  );
}

function TextField({ chat }: { chat: Chat }) {
  const { phone, ui, words, world } = usePhone();
  const [listOpen, setListOpen] = useState(false);
  // Which keyboard was put away; a newer one comes up by itself.
  const [closedKeyboard, setClosedKeyboard] = useState<number | null>(null);
  const { draft } = ui;
  const { replyKeyboard: keyboard } = chat;
  const keyboardOpen = keyboard !== null && keyboard.messageId !== closedKeyboard;
  const closeKeyboard = () => setClosedKeyboard(keyboard?.messageId ?? null);
  const commandFilter = /^\/(\w*)$/.exec(draft)?.[1];
  const query = new RegExp(`^@${world.bot.username} (.*)$`, "s").exec(draft)?.[1];
  const toggleList = () => setListOpen(!listOpen);

  const send = (text: string) => {
    const trimmed = text.trim();
    if (trimmed === "") return;
    phone.setDraft("");
    setListOpen(false);
    if (chat.channel) void phone.perform({ type: "post", channelId: chat.id, text: trimmed });
    else void phone.perform({ type: "sendText", chatId: chat.id, text: trimmed });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(draft);
  };

  return (
    <div className="composer">
      {query !== undefined ? <InlineResults chat={chat} query={query} /> : null}
      {listOpen || commandFilter !== undefined ? (
        <CommandList chat={chat} filter={commandFilter ?? ""} onPick={send} />
      ) : null}
      <form className="composer-row" onSubmit={submit}>
        {draft === "" ? <MenuButton chat={chat} open={listOpen} onToggle={toggleList} /> : null}
        <div className="field">
          <Draft chat={chat} onSend={() => send(draft)} onEscape={() => setListOpen(false)} />
          {chat.menuButton?.type === "web_app" && chat.commands.length > 0 && draft === "" ? (
            <IconToggle name="slash" label={words.commands} open={listOpen} onToggle={toggleList} />
          ) : null}
          {keyboard && draft === "" ? (
            <IconToggle
              name="keyboard"
              label={words.keyboard}
              open={keyboardOpen}
              onToggle={() => (keyboardOpen ? closeKeyboard() : setClosedKeyboard(null))}
            />
          ) : null}
        </div>
        <button type="submit" className="send" aria-label={words.send} disabled={draft.trim() === ""}>
          <Icon name="send" size={22} />
        </button>
      </form>
      {keyboardOpen ? <ReplyKeyboardPanel chat={chat} keyboard={keyboard} onUsed={closeKeyboard} /> : null}
    </div>
  );
}

interface ToggleProps {
  name: "slash" | "keyboard";
  label: string;
  open: boolean;
  onToggle: () => void;
}

function IconToggle({ name, label, open, onToggle }: ToggleProps) {
  return (
    <button type="button" className="field-icon" aria-label={label} aria-pressed={open} onClick={onToggle}>
      <Icon name={name} size={22} weight={1.6} />
    </button>
  );
}
