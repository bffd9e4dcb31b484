import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Chat, Message } from "../../../protocol.ts";
import { useNow } from "../host/use-clock.ts";
import { formatDay, sameDay } from "../words/format.ts";
import { Bubble, ServiceLine } from "./bubble.tsx";
import { usePhone } from "./context.ts";
import { Icon } from "./icons.tsx";

/** Messages of one sender within ten minutes stand together, with one tail at the end. */
function together(a: Message | undefined, b: Message | undefined): boolean {
  if (!a || !b || a.service || b.service) return false;
  return (
    a.out === b.out && a.senderId === b.senderId && Math.abs(a.date - b.date) < 600 && sameDay(a.date, b.date)
  );
}

function useStickToEnd(chat: Chat) {
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const stick = useRef(true);
  const newest = chat.messages.at(-1);
  const toEnd = (behavior: ScrollBehavior) => {
    const element = scroller.current;
    element?.scrollTo({ top: element.scrollHeight, behavior });
  };
  const mark = `${newest?.id}-${newest?.editDate}-${chat.messages.length}`;
  const mine = newest?.out === true;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new or changed last message moves the list
  useLayoutEffect(() => {
    if (stick.current || mine) toEnd("instant");
  }, [mark, mine]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    // Photos and a growing keyboard change the height later; whoever reads the end stays at the end.
    const observer = new ResizeObserver(() => stick.current && toEnd("instant"));
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  });
  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const near = element.scrollHeight - element.scrollTop - element.clientHeight < 60;
    stick.current = near;
    setAtEnd(near);
  };
  return { scroller, atEnd, onScroll, toEnd };
}

/** Messages cut into days, so that each date stays on top only while its own messages pass. */
function byDay(messages: readonly Message[]): Message[][] {
  const days: Message[][] = [];
  for (const message of messages) {
    const day = days.at(-1);
    if (day?.[0] && sameDay(day[0].date, message.date)) day.push(message);
    else days.push([message]);
  }
  return days;
}

function Day({ chat, messages, now }: { chat: Chat; messages: Message[]; now: number }) {
  const { language } = usePhone();
  return (
    <div className="one-day">
      <div className="day">
        <span>{formatDay(language, messages[0]?.date ?? now, now)}</span>
      </div>
      {messages.map((message, index) => {
        if (message.service) return <ServiceLine key={message.id} service={message.service} />;
        const first = !together(messages[index - 1], message);
        const last = !together(message, messages[index + 1]);
        return <Bubble key={message.id} {...{ chat, message, first, last }} />;
      })}
    </div>
  );
}

export function MessageList({ chat }: { chat: Chat }) {
  const { words, world, phone, state } = usePhone();
  const now = useNow(world.clock, 60_000);
  const { scroller, atEnd, onScroll, toEnd } = useStickToEnd(chat);
  const unread = chat.unread;
  useEffect(() => {
    if (unread > 0 && !document.hidden) void phone.perform({ type: "readChat", chatId: chat.id });
  }, [unread, chat.id, phone]);

  return (
    <div className="messages-area">
      <div className="messages" ref={scroller} onScroll={onScroll}>
        {/* A log is read out as it grows, without stealing the focus. */}
        <div className="messages-inner" role="log" aria-label={`${chat.title}, ${state.me.firstName}`}>
          {chat.messages.length === 0 ? <Empty chat={chat} /> : null}
          {byDay(chat.messages).map((messages) => (
            <Day key={messages[0]?.id} {...{ chat, messages, now }} />
          ))}
        </div>
      </div>
      {atEnd ? null : (
        <button
          type="button"
          className="to-end"
          aria-label={words.newMessages}
          onClick={() => toEnd("smooth")}
        >
          <Icon name="down" size={22} />
          {unread > 0 ? <span className="badge">{unread}</span> : null}
        </button>
      )}
    </div>
  );
}

function Empty({ chat }: { chat: Chat }) {
  const { words, world } = usePhone();
  if (chat.kind !== "bot" || world.bot.description === "")
    return <div className="service-line">{words.noMessages}</div>;
  return (
    <div className="bot-intro">
      <b>{words.botStart}</b>
      <p>{world.bot.description}</p>
    </div>
  );
}
