import { useState } from "react";
import type { Chat, Message } from "../../../protocol.ts";
import { useNow } from "../host/use-clock.ts";
import { formatRowDate } from "../words/format.ts";
import { Avatar } from "./avatar.tsx";
import { serviceText } from "./bubble.tsx";
import { usePhone } from "./context.ts";
import { Icon } from "./icons.tsx";
import { isMuted } from "./muted.ts";

function Preview({ chat, message }: { chat: Chat; message: Message | undefined }) {
  const { words, world } = usePhone();
  if (chat.chatAction) return <span className="active">{words.typing}…</span>;
  if (!message) return <span>{chat.kind === "bot" ? world.bot.about : words.noMessages}</span>;
  if (message.service) return <span>{serviceText(message.service, words)}</span>;
  return <span>{message.text.replace(/\s+/g, " ") || "…"}</span>;
}

function Row({ chat }: { chat: Chat }) {
  const { phone, language, world } = usePhone();
  const now = useNow(world.clock, 60_000);
  return (
    <li>
      <button type="button" className="chat-row" onClick={() => phone.go({ kind: "chat", chatId: chat.id })}>
        <Avatar id={chat.id} name={chat.title} url={chat.avatarUrl} size={54} />
        <span className="chat-row-main">
          <span className="chat-row-top">
            <b>
              {chat.kind === "channel" ? <Icon name="channel" size={15} weight={2} /> : null}
              {chat.title}
            </b>
            {chat.lastDate > 0 ? <time>{formatRowDate(language, chat.lastDate, now)}</time> : null}
          </span>
          <span className="chat-row-bottom">
            <Preview chat={chat} message={chat.messages.at(-1)} />
            {chat.unread > 0 ? (
              <span className={isMuted(phone.personId, chat.id) ? "badge muted" : "badge"}>
                {chat.unread}
              </span>
            ) : null}
          </span>
        </span>
      </button>
    </li>
  );
}

export function ChatList() {
  const { state, words } = usePhone();
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  // The bot is what this phone is here for: its chat is pinned, as most people would pin it.
  const ordered = [...state.chats].sort((a, b) => Number(b.kind === "bot") - Number(a.kind === "bot"));
  const shown = ordered.filter(
    (chat) =>
      chat.title.toLowerCase().includes(wanted) || (chat.username ?? "").toLowerCase().includes(wanted),
  );
  return (
    <section className="screen list-screen" aria-label={words.chats}>
      <header className="bar list-bar">
        <h2>{words.chats}</h2>
      </header>
      <label className="search">
        <Icon name="search" size={18} />
        <input
          type="search"
          placeholder={words.search}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </label>
      <ul className="chat-rows">
        {shown.map((chat) => (
          <Row key={chat.id} chat={chat} />
        ))}
        {shown.length === 0 ? <li className="nothing">{words.nothingFound}</li> : null}
      </ul>
    </section>
  );
}
