import { useState } from "react";
import type { ChannelCard, PersonState } from "../../../protocol.ts";
import { usePage } from "../page-context.ts";
import { deleteChannel, renameChannel, transferChannel, writePost } from "../phone/channel-deeds.ts";
import type { PhoneController } from "../phone/controller.ts";
import { fill } from "../words/phone.ts";

/**
 * What happens in Telegram itself, done by the channel's owner. Questions come up on the owner's phone, because that is
 * where the owner would answer them.
 */
export function Outside({ states }: { states: ReadonlyMap<number, PersonState> }) {
  const { world, words, phones } = usePage();
  const owned = world.channels.filter((channel) =>
    phones.some(({ personId }) => personId === channel.ownerId),
  );
  const [chosen, setChosen] = useState<number | null>(null);
  const channel = owned.find(({ id }) => id === chosen) ?? owned[0];
  const owner = phones.find(({ personId }) => personId === channel?.ownerId);
  const nameOf = (id: number) => world.people.find((person) => person.id === id)?.firstName ?? String(id);
  return (
    <div className="outside">
      <p className="hint">{words.outsideHint}</p>
      <select
        aria-label={words.channel}
        value={channel?.id ?? ""}
        onChange={(event) => setChosen(Number(event.target.value))}
      >
        {owned.map(({ id, title, ownerId }) => (
          <option key={id} value={id}>
            {title} — {nameOf(ownerId)}
          </option>
        ))}
      </select>
      {channel && owner ? <Deeds channel={channel} owner={owner} nameOf={nameOf} /> : null}
      <Guards states={states} />
    </div>
  );
}

interface DeedsProps {
  channel: ChannelCard;
  owner: PhoneController;
  nameOf: (id: number) => string;
}

function Deeds({ channel, owner, nameOf }: DeedsProps) {
  const { words, phones, showPhone } = usePage();
  const onPhone = (deed: () => Promise<unknown>) => () => {
    showPhone(owner.personId);
    void deed();
  };
  const others = phones.filter((phone) => phone !== owner);
  return (
    <div className="deeds">
      {others.map((other) => (
        <button
          type="button"
          key={other.personId}
          onClick={onPhone(() => transferChannel(owner, channel, other.personId))}
        >
          {fill(words.transferTo, { name: nameOf(other.personId) })}
        </button>
      ))}
      <button
        type="button"
        onClick={onPhone(() =>
          owner.perform({ type: channel.botIsAdmin ? "kickBot" : "addBot", channelId: channel.id }),
        )}
      >
        {channel.botIsAdmin ? words.kickBot : words.addBot}
      </button>
      <button type="button" onClick={onPhone(() => renameChannel(owner, channel))}>
        {words.rename}
      </button>
      <button type="button" onClick={onPhone(() => writePost(owner, channel))}>
        {words.post}
      </button>
      {channel.username ? (
        <button
          type="button"
          onClick={onPhone(() =>
            owner.perform({ type: "editChannel", channelId: channel.id, username: null }),
          )}
        >
          {words.makePrivate}
        </button>
      ) : null}
      <button type="button" className="danger" onClick={onPhone(() => deleteChannel(owner, channel))}>
        {words.remove}
      </button>
    </div>
  );
}

/** Telegram refuses a transfer without a two-step password, or from a session that is too young. */
function Guards({ states }: { states: ReadonlyMap<number, PersonState> }) {
  const { words, phones } = usePage();
  const owners = phones.filter(({ personId }) => states.get(personId)?.me.role === "seller");
  return (
    <>
      {owners.map((owner) => {
        const me = states.get(owner.personId)?.me;
        if (!me) return null;
        return (
          <fieldset key={owner.personId} className="guards">
            <legend>{fill(words.guards, { name: me.firstName })}</legend>
            <label>
              <input
                type="checkbox"
                checked={me.twoStepPassword}
                onChange={(event) =>
                  void owner.perform({ type: "setTransferGuards", twoStepPassword: event.target.checked })
                }
              />
              {words.password}
            </label>
            <label>
              <input
                type="checkbox"
                checked={me.sessionOldEnough}
                onChange={(event) =>
                  void owner.perform({ type: "setTransferGuards", sessionOldEnough: event.target.checked })
                }
              />
              {words.session}
            </label>
          </fieldset>
        );
      })}
    </>
  );
}
