/** `request_chat` buttons: which channels fit, what the bot is given, and the message that tells it. */
import type { KeyboardButtonRequestChat } from "grammy/types";
import type { ActResult } from "../protocol.ts";
import { changeMember, needChannel, onlyTrue } from "../world/channels.ts";
import { writePrivate } from "../world/messages.ts";
import { type Channel, type Person, RIGHT_NAMES } from "../world/model.ts";
import { effectiveRights } from "../world/objects.ts";
import { ClientRefusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import type { Host } from "./context.ts";
import { channelCard } from "./views.ts";

/** Opens the picker. */
export function requestChat(
  host: Host,
  person: Person,
  buttonText: string,
  ask: KeyboardButtonRequestChat,
): ActResult {
  const token = host.world.token();
  host.session.chatRequests.set(token, { personId: person.id, buttonText, ask });
  const fitting = host.world.channels().filter((channel) => fits(host.world, person, channel, ask));
  const rights = ask.bot_administrator_rights;
  return {
    type: "requestChat",
    token,
    buttonText,
    channels: fitting.map((channel) => channelCard(host, channel)),
    canCreate: ask.chat_is_channel && ask.bot_is_member !== true,
    botRights: RIGHT_NAMES.filter((name) => rights?.[name] === true),
  };
}

/** Telegram shows only chats that satisfy all criteria; there are no groups in the local world. */
function fits(world: World, person: Person, channel: Channel, ask: KeyboardButtonRequestChat): boolean {
  if (!ask.chat_is_channel || ask.chat_is_forum) return false;
  if (!world.isIn(channel.id, person.id)) return false;
  const me = world.membership(channel.id, person.id);
  const botIsIn = world.isIn(channel.id, world.bot.id);
  if (ask.chat_is_created && me.status !== "creator") return false;
  if (ask.chat_has_username !== undefined && ask.chat_has_username !== (channel.username !== null))
    return false;
  if (ask.bot_is_member && !botIsIn) return false;
  const mine = effectiveRights(me);
  const lacks = (wanted: KeyboardButtonRequestChat["user_administrator_rights"]): boolean =>
    RIGHT_NAMES.some((name) => wanted?.[name] === true && name !== "is_anonymous" && mine[name] !== true);
  if (ask.user_administrator_rights && me.status !== "creator" && lacks(ask.user_administrator_rights))
    return false;
  if (ask.bot_administrator_rights) {
    const hasThem = botHas(world, channel.id, ask.bot_administrator_rights);
    if (!hasThem && (mine.can_promote_members !== true || lacks(ask.bot_administrator_rights))) return false;
  }
  return true;
}

type RightsAsked = NonNullable<KeyboardButtonRequestChat["bot_administrator_rights"]>;

function botHas(world: World, channelId: number, asked: RightsAsked): boolean {
  const rights = effectiveRights(world.membership(channelId, world.bot.id));
  return RIGHT_NAMES.every((name) => !asked[name] || rights[name] === true);
}

/** Makes the bot an administrator with what the button asks for; rights that it has stay. @throws ClientRefusal for a channel that does not fit. */
export function grantBot(
  host: Host,
  person: Person,
  channelId: number,
  ask: KeyboardButtonRequestChat,
): void {
  const { world } = host;
  const channel = needChannel(world, channelId);
  if (!fits(world, person, channel, ask)) {
    throw new ClientRefusal("CHANNEL_INVALID", "This channel does not fit what the bot asks for.");
  }
  const asked = ask.bot_administrator_rights;
  if (!asked || botHas(world, channelId, asked)) return;
  const before = effectiveRights(world.membership(channelId, world.bot.id));
  const wanted = Object.fromEntries(
    RIGHT_NAMES.map((name) => [name, asked[name] === true || before[name] === true]),
  );
  const rights = { can_manage_chat: true, ...onlyTrue(wanted) };
  changeMember(
    world,
    channel,
    world.bot.id,
    { status: "administrator", rights, promotedBy: person.id },
    person.id,
  );
}

export function shareChat(
  host: Host,
  person: Person,
  channelId: number,
  ask: KeyboardButtonRequestChat,
): void {
  const { title } = needChannel(host.world, channelId);
  writePrivate(host.world, person.id, host.world.bot.id, {
    text: "",
    service: {
      type: "chat_shared",
      title,
      requestId: ask.request_id,
      chatId: channelId,
      ask: {
        title: ask.request_title === true,
        username: ask.request_username === true,
        photo: ask.request_photo === true,
      },
    },
  });
}
