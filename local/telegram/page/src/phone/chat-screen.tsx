import type { Chat } from "../../../protocol.ts";
import { plural } from "../words/format.ts";
import { Avatar } from "./avatar.tsx";
import { Composer } from "./composer.tsx";
import { chatById, usePhone } from "./context.ts";
import { Icon } from "./icons.tsx";
import { MessageList } from "./message-list.tsx";

function Subtitle({ chat }: { chat: Chat }) {
  const { words, language } = usePhone();
  if (chat.chatAction) {
    return (
      <span className="subtitle active">
        {words.typing}
        <span className="typing" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
      </span>
    );
  }
  if (chat.channel)
    return <span className="subtitle">{plural(language, chat.channel.memberCount, words.subscriber)}</span>;
  return <span className="subtitle">{chat.kind === "bot" ? words.bot : words.online}</span>;
}

export function BackButton({ unread = 0 }: { unread?: number }) {
  const { phone, platform, words } = usePhone();
  return (
    <button type="button" className="bar-button back" aria-label={words.back} onClick={() => phone.back()}>
      <Icon name={platform === "ios" ? "back" : "arrowLeft"} weight={2} />
      {unread > 0 ? <span className="badge">{unread}</span> : null}
    </button>
  );
}

export function ChatScreen({ chatId }: { chatId: number }) {
  const { phone, state, words } = usePhone();
  const chat = chatById(state, chatId);
  const elsewhere = state.chats.reduce((sum, other) => sum + (other.id === chatId ? 0 : other.unread), 0);
  if (!chat) {
    return (
      <section className="screen">
        <header className="bar">
          <BackButton />
        </header>
        <p className="service-line">{words.nothingFound}</p>
      </section>
    );
  }
  return (
    <section className="screen chat-screen" aria-label={chat.title}>
      <header className="bar">
        <BackButton unread={elsewhere} />
        <button type="button" className="bar-title" onClick={() => phone.go({ kind: "info", chatId })}>
          <b>{chat.title}</b>
          <Subtitle chat={chat} />
        </button>
        <button
          type="button"
          className="bar-avatar"
          aria-label={words.info}
          onClick={() => phone.go({ kind: "info", chatId })}
        >
          <Avatar id={chat.id} name={chat.title} url={chat.avatarUrl} size={38} />
        </button>
      </header>
      <MessageList key={chat.id} chat={chat} />
      <Composer key={`composer-${chat.id}`} chat={chat} />
    </section>
  );
}
