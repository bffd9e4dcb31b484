/** Finding a chat that the bot names, and whether the bot may see it or write to it — with Telegram's distinctions. */
import type { BotChat, Channel, Dialog, Membership, Person, RightName } from "../world/model.ts";
import { badRequest, forbidden } from "../world/refusal.ts";
import { channelDialog, privateDialog, type World } from "../world/world.ts";

export type Target =
  | { readonly kind: "private"; readonly person: Person; readonly chat: BotChat; readonly dialog: Dialog }
  | { readonly kind: "channel"; readonly channel: Channel; readonly me: Membership; readonly dialog: Dialog };

/** @throws Refusal 400 "chat not found" for everything that the bot has never met. */
export function findChat(world: World, chatId: number | string): Target {
  const id = typeof chatId === "string" && /^-?\d+$/.test(chatId) ? Number(chatId) : chatId;
  if (typeof id === "string") return findByUsername(world, id);
  if (id > 0) {
    const person = world.person(id);
    const chat = world.botChat(id);
    if (!person || !chat.seen) throw badRequest("chat not found");
    return { kind: "private", person, chat, dialog: privateDialog(id, world.bot.id) };
  }
  const channel = world.store.get("channel", id);
  if (!channel?.knownToBot) throw badRequest("chat not found");
  return channelTarget(world, channel);
}

function findByUsername(world: World, username: string): Target {
  const channel = username.startsWith("@") ? world.channelByUsername(username) : undefined;
  if (!channel) throw badRequest("chat not found");
  if (!channel.knownToBot) world.store.put("channel", channel.id, { ...channel, knownToBot: true });
  return channelTarget(world, channel);
}

function channelTarget(world: World, channel: Channel): Target {
  const me = world.membership(channel.id, world.bot.id);
  return { kind: "channel", channel, me, dialog: channelDialog(channel.id) };
}

/** Reading a channel's profile or member list: allowed to everybody while it is public. */
export function needReadAccess(target: Target): void {
  if (target.kind === "private") return;
  if (target.me.status === "kicked") throw forbidden("bot was kicked from the channel chat");
  if (target.me.status === "left" && target.channel.username === null) {
    throw forbidden("bot is not a member of the channel chat");
  }
}

/** Changing something in a channel takes membership, public or not. */
export function needMembership(target: Target): void {
  needReadAccess(target);
  if (target.kind === "channel" && target.me.status === "left") {
    throw forbidden("bot is not a member of the channel chat");
  }
}

/** Only administrators see who is in a channel. */
export function needMemberList(target: Target): Extract<Target, { kind: "channel" }> {
  if (target.kind === "private") throw badRequest("there are no administrators in the private chat");
  needReadAccess(target);
  if (target.me.status !== "administrator") throw badRequest("member list is inaccessible");
  return target;
}

/** Whether the bot may send to the chat. */
export function needWriteAccess(target: Target): void {
  if (target.kind === "private") {
    if (target.chat.blocked) throw forbidden("bot was blocked by the user");
    if (!target.chat.mayWrite) throw forbidden("bot can't initiate conversation with a user");
    return;
  }
  needMembership(target);
  if (!has(target.me, "can_post_messages")) throw badRequest("need administrator rights in the channel chat");
}

export function has(member: Membership, right: RightName): boolean {
  return member.status === "creator" || (member.status === "administrator" && member.rights[right] === true);
}
