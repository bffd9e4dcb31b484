import { useState } from "react";
import type { ChannelCard } from "../../../protocol.ts";
import { plural } from "../words/format.ts";
import { rightNames } from "../words/phone.ts";
import { Avatar } from "./avatar.tsx";
import { usePhone } from "./context.ts";
import { Icon } from "./icons.tsx";
import type { PickerSheet } from "./ui-state.ts";

/** The picker behind a `request_chat` button: only channels that fit, and what the bot will be allowed to do. */
export function PickerContent({ sheet }: { sheet: PickerSheet }) {
  const { phone, words, language } = usePhone();
  const [creating, setCreating] = useState(false);
  const choose = async (channel: ChannelCard) => {
    const rights = sheet.botRights.map((right) => rightNames[language][right] ?? right);
    if (rights.length > 0) {
      const question = `${phone.say(words.pickRights, { channel: channel.title })}\n\n${rights.map((name) => `• ${name}`).join("\n")}`;
      if (!(await phone.confirm(question, words.yes))) return;
    }
    if (await phone.perform({ type: "chooseChat", token: sheet.token, chatId: channel.id }))
      phone.finishSheet();
  };
  if (creating) return <NewChannel sheet={sheet} />;
  return (
    <div className="picker">
      {sheet.channels.length === 0 ? <p className="hint centered">{words.pickEmpty}</p> : null}
      <ul className="picker-list">
        {sheet.channels.map((channel) => (
          <li key={channel.id}>
            <button type="button" className="picker-row" onClick={() => void choose(channel)}>
              <Avatar id={channel.id} name={channel.title} url={channel.photoUrl} size={44} />
              <span>
                <b>{channel.title}</b>
                <small>{plural(language, channel.memberCount, words.subscriber)}</small>
              </span>
            </button>
          </li>
        ))}
        {sheet.canCreate ? (
          <li>
            <button type="button" className="picker-row accent" onClick={() => setCreating(true)}>
              <span className="picker-plus">
                <Icon name="plus" size={22} weight={2} />
              </span>
              <span>{words.pickNew}</span>
            </button>
          </li>
        ) : null}
      </ul>
      <p className="hint">{words.pickHint}</p>
    </div>
  );
}

function NewChannel({ sheet }: { sheet: PickerSheet }) {
  const { phone, words } = usePhone();
  const [title, setTitle] = useState("");
  const [username, setUsername] = useState("");
  const create = async () => {
    const link = username.trim().replace(/^@/, "");
    const done = await phone.perform({
      type: "chooseNewChat",
      token: sheet.token,
      title: title.trim(),
      ...(link === "" ? {} : { username: link }),
    });
    if (done) phone.finishSheet();
  };
  return (
    <form
      className="new-channel"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <input
        data-autofocus
        placeholder={words.channelName}
        aria-label={words.channelName}
        value={title}
        maxLength={128}
        onChange={(event) => setTitle(event.target.value)}
      />
      <input
        placeholder={words.channelLink}
        aria-label={words.channelLink}
        value={username}
        maxLength={32}
        onChange={(event) => setUsername(event.target.value)}
      />
      <button type="submit" className="wide-button" disabled={title.trim() === ""}>
        {words.create}
      </button>
    </form>
  );
}
