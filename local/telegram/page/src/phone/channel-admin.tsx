import type { ChannelCard } from "../../../protocol.ts";
import {
  deleteChannel,
  describeChannel,
  relinkChannel,
  renameChannel,
  transferChannel,
} from "./channel-deeds.ts";
import { usePhone } from "./context.ts";
import { Icon, type IconName } from "./icons.tsx";

interface RowProps {
  icon: IconName;
  text: string;
  danger?: boolean;
  onPress: () => void;
}

function Row({ icon, text, danger, onPress }: RowProps) {
  return (
    <button type="button" className={danger ? "group-row danger" : "group-row accent"} onClick={onPress}>
      <Icon name={icon} />
      {text}
    </button>
  );
}

/** The owner's tools, as on a channel's page in Telegram. */
export function ChannelAdmin({ card }: { card: ChannelCard }) {
  const { phone, world, words } = usePhone();
  const others = world.phones.filter(({ personId }) => personId !== card.ownerId);
  const nameOf = (id: number) => world.people.find((person) => person.id === id)?.firstName ?? String(id);
  return (
    <>
      <h3 className="group-title">{words.administration}</h3>
      <div className="group">
        <Row icon="pencil" text={words.rename} onPress={() => void renameChannel(phone, card)} />
        <Row icon="info" text={words.editDescription} onPress={() => void describeChannel(phone, card)} />
        <Row icon="link" text={words.editLink} onPress={() => void relinkChannel(phone, card)} />
        {card.botIsAdmin ? (
          <Row
            icon="close"
            text={phone.say(words.kickBot)}
            danger
            onPress={() => void phone.perform({ type: "kickBot", channelId: card.id })}
          />
        ) : (
          <Row
            icon="plus"
            text={phone.say(words.addBot)}
            onPress={() => void phone.perform({ type: "addBot", channelId: card.id })}
          />
        )}
      </div>
      <div className="group">
        {others.map(({ personId }) => (
          <Row
            key={personId}
            icon="swap"
            text={phone.say(words.transfer, { name: nameOf(personId) })}
            onPress={() => void transferChannel(phone, card, personId)}
          />
        ))}
      </div>
      <div className="group">
        <Row icon="trash" text={words.deleteChannel} danger onPress={() => void deleteChannel(phone, card)} />
      </div>
    </>
  );
}
