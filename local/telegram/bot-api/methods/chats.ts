/** Methods that look at chats and their members. */
import type { ChatFullInfo, ChatInviteLink, ChatMember, Opts } from "grammy/types";
import { changeMember } from "../../world/channels.ts";
import { fileId, fileName, fileUniqueId } from "../../world/files.ts";
import {
  avatarFile,
  avatarSizes,
  botUser,
  channelChat,
  memberObject,
  personAvatar,
  privateChat,
  userObject,
} from "../../world/objects.ts";
import { badRequest } from "../../world/refusal.ts";
import { findChat, has, needMemberList, needMembership, needReadAccess } from "../chats.ts";
import type { BotApi, Call } from "../context.ts";

const ACCEPTED_GIFTS = {
  unlimited_gifts: true,
  limited_gifts: true,
  unique_gifts: true,
  premium_subscription: false,
  gifts_from_channels: true,
} as const;

export function getChat({ api, params }: Call<Opts<"getChat">>): ChatFullInfo {
  const target = findChat(api.world, params.chat_id);
  needReadAccess(target);
  const common = { max_reaction_count: 11, accepted_gift_types: ACCEPTED_GIFTS };
  if (target.kind === "private") {
    const { person } = target;
    return {
      ...privateChat(person),
      ...common,
      accent_color_id: person.id % 7,
      photo: chatPhoto(personAvatar(person.id)),
      ...(person.username === null ? {} : { active_usernames: [person.username] }),
    } as ChatFullInfo;
  }
  const { channel } = target;
  return {
    ...channelChat(channel),
    ...common,
    accent_color_id: Math.abs(channel.id) % 7,
    photo: chatPhoto(channel.emblem),
    has_visible_history: true,
    can_send_paid_media: true,
    ...(channel.username === null ? {} : { active_usernames: [channel.username] }),
    ...(channel.description === "" ? {} : { description: channel.description }),
    ...(channel.linkedChatId === null ? {} : { linked_chat_id: channel.linkedChatId }),
    ...(has(target.me, "can_invite_users") ? { invite_link: `${api.linkBase}/+${channel.inviteHash}` } : {}),
  } as unknown as ChatFullInfo;
}

function chatPhoto(word: string): NonNullable<ChatFullInfo["photo"]> {
  const [small, big] = [avatarFile(word, false), avatarFile(word, true)];
  return {
    small_file_id: fileId(small),
    small_file_unique_id: fileUniqueId(small),
    big_file_id: fileId(big),
    big_file_unique_id: fileUniqueId(big),
  };
}

/** An account that the bot has met: in its chat, or as somebody of a channel where it is. */
function isKnownUser(api: BotApi, userId: number): boolean {
  if (userId === api.world.bot.id) return true;
  if (!api.world.person(userId)) return false;
  if (api.world.botChat(userId).seen) return true;
  return api.world
    .channels()
    .some(
      (c) => api.world.isIn(c.id, api.world.bot.id) && api.world.membership(c.id, userId).status !== "left",
    );
}

export function getChatMember({ api, params }: Call<Opts<"getChatMember">>): ChatMember {
  if (params.user_id <= 0) throw badRequest("invalid user_id specified");
  const target = needMemberList(findChat(api.world, params.chat_id));
  if (!isKnownUser(api, params.user_id)) throw badRequest("user not found");
  return memberObject(api.world, api.world.membership(target.channel.id, params.user_id));
}

/** Bots other than oneself are left out, as in Telegram. */
export function getChatAdministrators({ api, params }: Call<Opts<"getChatAdministrators">>): ChatMember[] {
  const target = needMemberList(findChat(api.world, params.chat_id));
  return api.world
    .memberships(target.channel.id)
    .filter((member) => member.status === "creator" || member.status === "administrator")
    .sort((a, b) => Number(b.status === "creator") - Number(a.status === "creator"))
    .map((member) => memberObject(api.world, member));
}

export function getChatMemberCount({ api, params }: Call<Opts<"getChatMemberCount">>): number {
  const target = findChat(api.world, params.chat_id);
  needReadAccess(target);
  return target.kind === "private" ? 2 : api.world.memberCount(target.channel);
}

export function leaveChat({ api, params }: Call<Opts<"leaveChat">>): true {
  const target = findChat(api.world, params.chat_id);
  if (target.kind === "private") throw badRequest("chat member status can't be changed in private chats");
  needMembership(target);
  changeMember(api.world, target.channel, api.world.bot.id, { status: "left" }, api.world.bot.id);
  return true;
}

export function exportChatInviteLink({ api, params }: Call<Opts<"exportChatInviteLink">>): string {
  const link = newLink(api, params.chat_id, null, true);
  return link.invite_link;
}

export function createChatInviteLink({ api, params }: Call<Opts<"createChatInviteLink">>): ChatInviteLink {
  if ((params.name ?? "").length > 32) throw badRequest("INVITE_NAME_TOO_LONG");
  if (params.creates_join_request || params.member_limit || params.expire_date) {
    throw badRequest("Local Telegram pretends invite links without limits only");
  }
  return newLink(api, params.chat_id, params.name ?? null, false);
}

function newLink(
  api: BotApi,
  chatId: number | string,
  name: string | null,
  primary: boolean,
): ChatInviteLink {
  const { world } = api;
  const target = findChat(world, chatId);
  if (target.kind === "private") throw badRequest("can't manage invite links in the private chat");
  needMembership(target);
  if (!has(target.me, "can_invite_users")) throw badRequest("not enough rights to manage chat invite link");
  const hash = world.token();
  const { channel } = target;
  world.store.transact(() => {
    world.store.put("invite", hash, { hash, chatId: channel.id, name, creatorId: world.bot.id, primary });
    if (primary) {
      world.store.delete("invite", channel.inviteHash);
      world.store.put("channel", channel.id, { ...channel, inviteHash: hash });
    }
  });
  return {
    invite_link: `${api.linkBase}/+${hash}`,
    creator: botUser(world),
    creates_join_request: false,
    is_primary: primary,
    is_revoked: false,
    ...(name === null ? {} : { name }),
  };
}

export function getUserProfilePhotos({ api, params }: Call<Opts<"getUserProfilePhotos">>): unknown {
  const { world } = api;
  if (!world.person(params.user_id) && params.user_id !== world.bot.id) throw badRequest("user not found");
  if (!isKnownUser(api, params.user_id)) throw badRequest("user not found");
  const { is_bot: isBot } = userObject(world, params.user_id);
  const skip = (params.offset ?? 0) > 0;
  return {
    total_count: 1,
    photos: skip ? [] : [avatarSizes(world, isBot ? "bot" : personAvatar(params.user_id))],
  };
}

export function getFile({ api, params }: Call<Opts<"getFile">>): unknown {
  const name = fileName(params.file_id);
  const bytes = name === null ? undefined : api.world.files.read(name);
  if (name === null || !bytes) throw badRequest("wrong file_id or the file is temporarily unavailable");
  return {
    file_id: params.file_id,
    file_unique_id: fileUniqueId(name),
    file_size: bytes.length,
    file_path: `photos/${name}`,
  };
}
