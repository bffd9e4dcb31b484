import type { Chat } from "../../../protocol.ts";
import { plural } from "../words/format.ts";
import { Avatar } from "./avatar.tsx";
import { ChannelAdmin } from "./channel-admin.tsx";
import { BackButton } from "./chat-screen.tsx";
import { chatById, usePhone } from "./context.ts";
import { Icon } from "./icons.tsx";
import { copy } from "./rich-text.tsx";

function Line({ label, value, onPress }: { label: string; value: string; onPress?: () => void }) {
  const content = (
    <>
      <small>{label}</small>
      <span>{value}</span>
    </>
  );
  if (!onPress) return <div className="info-line">{content}</div>;
  return (
    <button type="button" className="info-line" onClick={onPress}>
      {content}
    </button>
  );
}

function BotInfo() {
  const { phone, world, words, state } = usePhone();
  const link = `${world.linkBase}/${world.bot.username}`;
  const blocked = state.me.botBlocked;
  return (
    <>
      <div className="group">
        {world.bot.about ? <Line label={words.description} value={world.bot.about} /> : null}
        <Line
          label={words.username}
          value={`@${world.bot.username}`}
          onPress={() => void copy(link, phone, words.copied)}
        />
      </div>
      <div className="group">
        <button
          type="button"
          className="group-row accent"
          onClick={() => void phone.performAndFollow({ type: "openApp" })}
        >
          <Icon name="app" />
          {words.openApp}
        </button>
        <button
          type="button"
          className={blocked ? "group-row accent" : "group-row danger"}
          onClick={() => void phone.perform({ type: blocked ? "unblockBot" : "blockBot" })}
        >
          <Icon name={blocked ? "check" : "close"} />
          {blocked ? words.unblock : words.block}
        </button>
      </div>
    </>
  );
}

function ChannelInfo({ chat }: { chat: Chat }) {
  const { phone, world, words } = usePhone();
  const card = world.channels.find((channel) => channel.id === chat.id);
  if (!card || !chat.channel) return null;
  const staff = chat.channel.myStatus !== "member";
  return (
    <>
      <div className="group">
        {card.description ? <Line label={words.description} value={card.description} /> : null}
        {card.username ? (
          <Line
            label={words.username}
            value={`@${card.username}`}
            onPress={() => void copy(`${world.linkBase}/${card.username}`, phone, words.copied)}
          />
        ) : null}
      </div>
      {staff ? (
        <>
          <h3 className="group-title">{words.administrators}</h3>
          <ul className="group">
            {card.admins.map((admin) => (
              <li className="group-row" key={admin.userId}>
                <Avatar
                  id={admin.userId}
                  name={admin.name}
                  url={adminPicture(admin.userId, world)}
                  size={36}
                />
                <span className="grow">{admin.name}</span>
                <small>{admin.userId === card.ownerId ? words.owner : words.admin}</small>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {chat.channel.myStatus === "creator" ? <ChannelAdmin card={card} /> : null}
      {chat.channel.myStatus === "member" ? (
        <div className="group">
          <button
            type="button"
            className="group-row danger"
            onClick={() =>
              void phone
                .perform({ type: "leaveChannel", channelId: chat.id })
                .then(() => phone.go({ kind: "list" }))
            }
          >
            {words.leave}
          </button>
        </div>
      ) : null}
    </>
  );
}

function adminPicture(userId: number, world: ReturnType<typeof usePhone>["world"]): string {
  if (userId === world.bot.id) return world.bot.avatarUrl;
  return world.people.find((person) => person.id === userId)?.avatarUrl ?? "";
}

export function InfoScreen({ chatId }: { chatId: number }) {
  const { state, words, language } = usePhone();
  const chat = chatById(state, chatId);
  if (!chat) return null;
  const subtitle = chat.channel
    ? plural(language, chat.channel.memberCount, words.subscriber)
    : chat.kind === "bot"
      ? words.bot
      : words.online;
  return (
    <section className="screen info-screen" aria-label={`${words.info}: ${chat.title}`}>
      <header className="bar">
        <BackButton />
        <b className="bar-title">{words.info}</b>
        <span className="bar-button" />
      </header>
      <div className="info-scroll">
        <div className="info-head">
          <Avatar id={chat.id} name={chat.title} url={chat.avatarUrl} size={96} />
          <h2>{chat.title}</h2>
          <p>{subtitle}</p>
        </div>
        {chat.kind === "bot" ? <BotInfo /> : null}
        {chat.channel ? <ChannelInfo chat={chat} /> : null}
      </div>
    </section>
  );
}
