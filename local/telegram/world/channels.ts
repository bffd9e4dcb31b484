/** What people do to channels, with Telegram's rules, and what the bot is told of it. */
import type { ChatMemberUpdated } from "grammy/types";
import { EMBLEM_NAMES } from "./avatars.ts";
import { postService } from "./messages.ts";
import type { Channel, MemberStatus, Membership, RightName, Rights } from "./model.ts";
import { RIGHT_NAMES } from "./model.ts";
import { channelChat, effectiveRights, memberObject, personUser } from "./objects.ts";
import { ClientRefusal } from "./refusal.ts";
import { ALL_RIGHTS } from "./seed.ts";
import type { World } from "./world.ts";

const USERNAME = /^[a-z][a-z0-9_]{3,30}[a-z0-9]$/i;
const SESSION_WAIT_SECONDS = 86_400;

export function needChannel(world: World, id: number): Channel {
  const channel = world.channel(id);
  if (!channel) throw new ClientRefusal("CHANNEL_INVALID", "There is no such channel.");
  return channel;
}

export function needRight(world: World, channelId: number, userId: number, right: RightName): void {
  if (effectiveRights(world.membership(channelId, userId))[right]) return;
  throw new ClientRefusal("CHAT_ADMIN_REQUIRED", "This person is not an administrator with that right here.");
}

function needOwner(world: World, channel: Channel, userId: number): void {
  if (world.membership(channel.id, userId).status === "creator") return;
  throw new ClientRefusal("CHAT_ADMIN_REQUIRED", "Only the owner of the channel may do this.");
}

export function botIsAdmin(world: World, channelId: number): boolean {
  return world.membership(channelId, world.bot.id).status === "administrator";
}

interface NewStanding {
  readonly status: MemberStatus;
  readonly rights?: Rights;
  readonly promotedBy?: number | null;
}

/** Changes one account's standing in a channel and tells the bot what Telegram would tell it. */
export function changeMember(
  world: World,
  channel: Channel,
  userId: number,
  standing: NewStanding,
  by: number,
): void {
  const before = world.membership(channel.id, userId);
  const after: Membership = {
    chatId: channel.id,
    userId,
    status: standing.status,
    rights: standing.rights ?? {},
    promotedBy: standing.promotedBy ?? null,
  };
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  const sawItAsAdmin = botIsAdmin(world, channel.id);
  world.store.put("member", `${channel.id}/${userId}`, after);
  if (userId === world.bot.id) world.store.put("channel", channel.id, { ...channel, knownToBot: true });
  const performer = world.person(by);
  const update: ChatMemberUpdated = {
    chat: channelChat(channel),
    from: performer ? personUser(performer) : memberObject(world, before).user,
    date: world.clock.now(),
    old_chat_member: memberObject(world, before),
    new_chat_member: memberObject(world, after),
  };
  if (userId === world.bot.id) world.updates.push("my_chat_member", update);
  else if (sawItAsAdmin) world.updates.push("chat_member", update);
}

export function createChannel(
  world: World,
  ownerId: number,
  spec: { readonly title: string; readonly username?: string; readonly description?: string },
): Channel {
  const title = needTitle(spec.title);
  const username = spec.username ? needUsername(world, spec.username, null) : null;
  return world.store.transact(() => {
    const serial = world.store.next("channel", 2_300_000_000);
    const id = Number(`-100${serial}`);
    const hash = world.token();
    const channel: Channel = {
      id,
      title,
      username,
      description: (spec.description ?? "").slice(0, 255),
      emblem: `${EMBLEM_NAMES[serial % EMBLEM_NAMES.length] ?? "gem"}_${serial % 8}`,
      crowd: 0,
      ownerId,
      linkedChatId: null,
      createdAt: world.clock.now(),
      nextMessageId: 1,
      knownToBot: false,
      deleted: false,
      inviteHash: hash,
    };
    world.store.put("channel", id, channel);
    world.store.put("invite", hash, { hash, chatId: id, name: null, creatorId: ownerId, primary: true });
    changeMember(world, channel, ownerId, { status: "creator", rights: ALL_RIGHTS }, ownerId);
    postService(world, id, ownerId, { type: "channel_created", title });
    return channel;
  });
}

/** Telegram's transfer of ownership, with what it demands of the owner's account. */
export function transferChannel(world: World, by: number, channelId: number, to: number): void {
  const channel = needChannel(world, channelId);
  needOwner(world, channel, by);
  const owner = world.person(by);
  const heir = world.person(to);
  if (!heir || to === by) throw new ClientRefusal("USER_ID_INVALID", "The new owner must be somebody else.");
  if (!owner?.twoStepPassword) {
    throw new ClientRefusal("PASSWORD_MISSING", "The owner has no two-step password; Telegram demands one.");
  }
  if (!owner.sessionOldEnough) {
    throw new ClientRefusal(
      `SESSION_TOO_FRESH_${SESSION_WAIT_SECONDS}`,
      "The owner has signed in on this device too recently; Telegram lets them transfer in 24 hours.",
    );
  }
  world.store.transact(() => {
    if (!world.isIn(channelId, to)) changeMember(world, channel, to, { status: "member" }, to);
    if (world.membership(channelId, to).status !== "administrator") {
      changeMember(world, channel, to, { status: "administrator", rights: ALL_RIGHTS, promotedBy: by }, by);
    }
    const now = needChannel(world, channelId);
    world.store.put("channel", channelId, { ...now, ownerId: to });
    const former = { status: "administrator", rights: ALL_RIGHTS, promotedBy: to } as const;
    changeMember(world, { ...now, ownerId: to }, by, former, by);
    changeMember(world, { ...now, ownerId: to }, to, { status: "creator", rights: ALL_RIGHTS }, by);
    world.reached(`transferred:${owner.role ?? "other"}`);
  });
}

/** Gives or takes administrator rights. `rights: null` takes them; a bot cannot stay as a plain member and leaves. */
export function setAdmin(
  world: World,
  by: number,
  channelId: number,
  userId: number,
  rights: Readonly<Record<string, boolean>> | null,
): void {
  const channel = needChannel(world, channelId);
  needRight(world, channelId, by, "can_promote_members");
  const before = world.membership(channelId, userId);
  if (before.status === "creator") throw new ClientRefusal("USER_CREATOR", "This is the owner.");
  if (userId !== world.bot.id && !world.person(userId)) {
    throw new ClientRefusal("USER_ID_INVALID", "There is no such account.");
  }
  if (rights === null) {
    if (before.status !== "administrator") return;
    needPower(world, channel, by, before);
    changeMember(world, channel, userId, { status: userId === world.bot.id ? "left" : "member" }, by);
    return;
  }
  const unknown = Object.keys(rights).find((name) => !(RIGHT_NAMES as readonly string[]).includes(name));
  if (unknown) throw new ClientRefusal("RIGHT_INVALID", `There is no right "${unknown}" in channels.`);
  const mine = effectiveRights(world.membership(channelId, by));
  const beyond = RIGHT_NAMES.find((name) => rights[name] && name !== "is_anonymous" && !mine[name]);
  if (beyond) throw new ClientRefusal("RIGHT_FORBIDDEN", `This person has no "${beyond}" to give.`);
  if (before.status === "administrator") needPower(world, channel, by, before);
  if (userId !== world.bot.id && !world.isIn(channelId, userId)) {
    throw new ClientRefusal("USER_NOT_PARTICIPANT", "This person is not in the channel yet.");
  }
  const granted: Rights = { can_manage_chat: true, ...onlyTrue(rights) };
  changeMember(world, channel, userId, { status: "administrator", rights: granted, promotedBy: by }, by);
}

/** An administrator may change another one only when they appointed them; the owner may change all. */
function needPower(world: World, channel: Channel, by: number, whom: Membership): void {
  if (world.membership(channel.id, by).status === "creator" || whom.promotedBy === by) return;
  throw new ClientRefusal("CHAT_ADMIN_REQUIRED", "Only the owner, or who appointed them, may do this.");
}

export function onlyTrue(rights: Readonly<Record<string, boolean>>): Rights {
  return Object.fromEntries(RIGHT_NAMES.filter((name) => rights[name]).map((name) => [name, true]));
}

export function kick(world: World, by: number, channelId: number, userId: number): void {
  const channel = needChannel(world, channelId);
  needRight(world, channelId, by, "can_restrict_members");
  const before = world.membership(channelId, userId);
  if (before.status === "creator") throw new ClientRefusal("USER_CREATOR", "This is the owner.");
  if (!world.isIn(channelId, userId)) {
    throw new ClientRefusal("USER_NOT_PARTICIPANT", "This account is not in the channel.");
  }
  if (before.status === "administrator") needPower(world, channel, by, before);
  changeMember(world, channel, userId, { status: "kicked" }, by);
}

/** @param invited whether the person holds an invite link; a private channel cannot be entered without. */
export function joinChannel(world: World, userId: number, channelId: number, invited = false): void {
  const channel = needChannel(world, channelId);
  if (world.isIn(channelId, userId)) return;
  if (world.membership(channelId, userId).status === "kicked") {
    throw new ClientRefusal("USER_BANNED_IN_CHANNEL", "This person was removed from the channel.");
  }
  if (channel.username === null && !invited) {
    throw new ClientRefusal("CHANNEL_PRIVATE", "The channel is private: an invite link is needed.");
  }
  changeMember(world, channel, userId, { status: "member" }, userId);
}

export function leaveChannel(world: World, userId: number, channelId: number): void {
  const channel = needChannel(world, channelId);
  if (!world.isIn(channelId, userId)) {
    throw new ClientRefusal("USER_NOT_PARTICIPANT", "This person is not in the channel.");
  }
  if (world.membership(channelId, userId).status === "creator") {
    throw new ClientRefusal(
      "USER_CREATOR",
      "The owner cannot leave: transfer or delete the channel instead.",
    );
  }
  changeMember(world, channel, userId, { status: "left" }, userId);
}

export function editChannel(
  world: World,
  by: number,
  channelId: number,
  change: { readonly title?: string; readonly description?: string; readonly username?: string | null },
): void {
  const channel = needChannel(world, channelId);
  needRight(world, channelId, by, "can_change_info");
  if (change.username !== undefined) needOwner(world, channel, by);
  const title = change.title === undefined ? channel.title : needTitle(change.title);
  const wanted = change.username === undefined ? channel.username : change.username;
  const username = wanted === null ? null : needUsername(world, wanted, channelId);
  const description = (change.description ?? channel.description).slice(0, 255);
  world.store.transact(() => {
    world.store.put("channel", channelId, { ...channel, title, username, description });
    if (title !== channel.title) postService(world, channelId, by, { type: "new_title", title });
  });
}

export function deleteChannel(world: World, by: number, channelId: number): void {
  const channel = needChannel(world, channelId);
  needOwner(world, channel, by);
  world.store.transact(() => {
    if (world.isIn(channelId, world.bot.id)) {
      changeMember(world, channel, world.bot.id, { status: "kicked" }, by);
    }
    const now = needChannel(world, channelId);
    world.store.put("channel", channelId, { ...now, deleted: true, username: null });
  });
}

function needTitle(title: string): string {
  const trimmed = title.trim();
  if (trimmed === "" || trimmed.length > 128) {
    throw new ClientRefusal("CHAT_TITLE_EMPTY", "A title has 1 to 128 characters.");
  }
  return trimmed;
}

function needUsername(world: World, username: string, channelId: number | null): string {
  const wanted = username.replace(/^@/, "");
  if (!USERNAME.test(wanted)) {
    throw new ClientRefusal(
      "USERNAME_INVALID",
      "A username has 5 to 32 Latin letters, digits and underscores.",
    );
  }
  const channel = world.channelByUsername(wanted);
  const taken = (channel && channel.id !== channelId) || world.personByUsername(wanted);
  if (taken || wanted.toLowerCase() === world.bot.username.toLowerCase()) {
    throw new ClientRefusal("USERNAME_OCCUPIED", "This username is taken.");
  }
  return wanted;
}
