import type { Chat, Message, ServiceMessage } from "../../../protocol.ts";
import { formatTime, formatViews } from "../words/format.ts";
import { fill, type PhoneWords } from "../words/phone.ts";
import { editPost } from "./channel-deeds.ts";
import { usePhone } from "./context.ts";
import { Icon } from "./icons.tsx";
import { InlineKeyboard } from "./inline-keyboard.tsx";
import { InvoiceBubble } from "./invoice.tsx";
import { RichText } from "./rich-text.tsx";

export function serviceText(service: ServiceMessage, words: PhoneWords): string {
  switch (service.type) {
    case "chat_shared":
      return fill(words.chatShared, { title: service.title });
    case "web_app_data":
      return fill(words.webAppData, { title: service.buttonText });
    case "write_access_allowed":
      return words.writeAllowed;
    case "contact":
      return words.contactShared;
    case "channel_created":
      return fill(words.channelCreated, { title: service.title });
    case "new_title":
      return fill(words.newTitle, { title: service.title });
    case "pinned":
      return words.pinned;
    case "successful_payment":
      return fill(words.starsSent, { title: service.title, amount: String(service.amount) });
    case "refunded_payment":
      return fill(words.starsBack, { amount: String(service.amount) });
  }
}

export function ServiceLine({ service }: { service: ServiceMessage }) {
  const { words } = usePhone();
  return <div className="service-line">{serviceText(service, words)}</div>;
}

function Meta({ message }: { message: Message }) {
  const { words } = usePhone();
  return (
    <span className="meta">
      {message.views === null ? null : (
        <>
          <Icon name="eye" size={14} />
          {formatViews(message.views)}{" "}
        </>
      )}
      {message.editDate ? `${words.edited} ` : ""}
      <time dateTime={new Date(message.date * 1000).toISOString()}>{formatTime(message.date)}</time>
      {message.out ? <Ticks /> : null}
    </span>
  );
}

/** Delivered and read: the local bot reads at once. */
function Ticks() {
  return (
    <svg
      className="ticks"
      width="17"
      height="11"
      viewBox="0 0 17 11"
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
    >
      <path d="m1 6 3.5 4L11.5 1M6.5 9.2l.8.8L15.5 1" strokeWidth="1.5" strokeLinecap="round" />
    </svg>
  );
}

function LinkPreview({ preview }: { preview: NonNullable<Message["linkPreview"]> }) {
  const { phone } = usePhone();
  return (
    <button type="button" className="link-preview" onClick={() => void phone.openLink(preview.url)}>
      <b>{preview.title}</b>
      <span>{preview.text}</span>
    </button>
  );
}

/** What an author can do with a post: change it or take it away. */
function PostMenu({ chat, message }: { chat: Chat; message: Message }) {
  const { phone, words } = usePhone();
  const ask = async () => {
    const answer = await phone.ask("", [
      { id: "edit", kind: "default", text: words.editPost },
      { id: "delete", kind: "destructive", text: words.deletePost },
      { id: "no", kind: "cancel", text: "" },
    ]);
    if (answer?.button === "edit") await editPost(phone, chat.id, message.id, message.text);
    if (answer?.button === "delete") {
      await phone.perform({ type: "deletePost", channelId: chat.id, messageId: message.id });
    }
  };
  return (
    <button type="button" className="post-menu" aria-label={words.more} onClick={() => void ask()}>
      <Icon name="dots" size={18} />
    </button>
  );
}

export function Bubble({
  chat,
  message,
  first,
  last,
}: {
  chat: Chat;
  message: Message;
  first: boolean;
  last: boolean;
}) {
  const { photo, text } = message;
  const keyboard = message.inlineKeyboard.length > 0;
  const classes = ["bubble", message.out ? "out" : "in", first ? "first" : "", last ? "last" : ""];
  if (photo) classes.push("with-photo");
  return (
    <div className={`message ${message.out ? "out" : "in"}${keyboard ? " with-keyboard" : ""}`}>
      <div className={classes.join(" ")}>
        {chat.kind === "channel" && first ? <div className="sender">{chat.title}</div> : null}
        {chat.channel?.canPost ? <PostMenu chat={chat} message={message} /> : null}
        {photo ? (
          <div className="photo" style={{ aspectRatio: `${photo.width} / ${photo.height}` }}>
            <img src={photo.url} alt="" draggable={false} />
          </div>
        ) : null}
        <div className={`text${text === "" && !message.invoice ? " empty" : ""}`}>
          {message.viaBot ? <span className="via">via @{message.viaBot}</span> : null}
          {message.invoice ? <InvoiceBubble invoice={message.invoice} /> : null}
          {text === "" ? null : <RichText text={text} entities={message.entities} />}
          {message.linkPreview ? <LinkPreview preview={message.linkPreview} /> : null}
          <Meta message={message} />
        </div>
      </div>
      {keyboard ? <InlineKeyboard chat={chat} message={message} /> : null}
    </div>
  );
}
