/** The world as the page sees it: `World` and `PersonState` of the host API. */

import type * as P from "../protocol.ts";
import type { Channel, Person, StoredMenuButton, StoredMessage } from "../world/model.ts";
import { effectiveRights } from "../world/objects.ts";
import { starsOf } from "../world/stars.ts";
import { channelDialog, dialogParties, privateDialog } from "../world/world.ts";
import { type Host, MINI_APP } from "./context.ts";
import { inlineButtons, replyKeyboard, serviceView } from "./keyboards.ts";
import { viewsOf } from "./popularity.ts";
import { THEMES } from "./themes.ts";
import { trySteps } from "./try-steps.ts";

const MESSAGES_SHOWN = 100;

const avatarUrl = (word: string): string => `/host/avatars/${word}.png`;

export function personCard(person: Person): P.PersonCard {
  const { id, firstName, lastName, username, language, role } = person;
  return { id, firstName, lastName, username, language, role, avatarUrl: avatarUrl(`face_${id}`) };
}

export function channelCard(host: Host, channel: Channel): P.ChannelCard {
  const { world } = host;
  const members = world.memberships(channel.id).filter((m) => m.status !== "left" && m.status !== "kicked");
  const admins = members.filter((m) => m.status === "creator" || m.status === "administrator");
  return {
    id: channel.id,
    title: channel.title,
    username: channel.username,
    description: channel.description,
    photoUrl: avatarUrl(channel.emblem),
    memberCount: world.memberCount(channel),
    ownerId: channel.ownerId,
    linkedChatId: channel.linkedChatId,
    admins: admins.map(({ userId }) => ({
      userId,
      name: nameOf(host, userId),
      isBot: userId === world.bot.id,
    })),
    memberIds: members.map((m) => m.userId).filter((id) => id !== world.bot.id),
    botIsAdmin: world.membership(channel.id, world.bot.id).status === "administrator",
  };
}

export function nameOf(host: Host, id: number): string {
  const person = host.world.person(id);
  if (!person) return host.world.profile.name;
  return person.lastName === null ? person.firstName : `${person.firstName} ${person.lastName}`;
}

export function worldView(host: Host): P.World {
  const { world, addresses } = host;
  return {
    version: world.store.version,
    origin: addresses.origin,
    linkBase: addresses.linkBase,
    productOrigin: addresses.productOrigin,
    tonOrigin: addresses.tonOrigin,
    bot: {
      id: world.bot.id,
      username: world.bot.username,
      name: world.profile.name,
      about: world.profile.about,
      description: world.profile.description,
      avatarUrl: avatarUrl("bot"),
      miniApp: MINI_APP,
      menuButton: menuButton(world.profile.menuButton),
    },
    people: world.people().map(personCard),
    phones: [...addresses.phones].map(([personId, origin]) => ({ personId, origin })),
    channels: world.channels().map((channel) => channelCard(host, channel)),
    whatToTry: trySteps(world),
    clock: host.clock(),
    filling: host.filling.progress,
    themes: THEMES,
  };
}

function menuButton(button: StoredMenuButton): P.MenuButton {
  return button.type === "web_app" ? { type: "web_app", text: button.text } : { type: button.type };
}

export function personState(host: Host, person: Person): P.PersonState {
  const { world } = host;
  const chats = [botChat(host, person), ...peopleChats(host, person), ...channelChats(host, person)];
  return {
    version: world.store.version,
    me: {
      ...personCard(person),
      theme: person.theme,
      twoStepPassword: person.twoStepPassword,
      sessionOldEnough: person.sessionOldEnough,
      phoneNumber: person.phoneNumber,
      botBlocked: world.botChat(person.id).blocked,
      stars: starsOf(world, person.id),
    },
    chats: chats.sort((a, b) => b.lastDate - a.lastDate),
  };
}

function chatBase(
  host: Host,
  person: Person,
  messages: readonly StoredMessage[],
): Pick<
  P.Chat,
  | "unread"
  | "lastDate"
  | "messages"
  | "chatAction"
  | "started"
  | "menuButton"
  | "commands"
  | "replyKeyboard"
  | "channel"
> {
  const dialog = messages[0]?.dialog;
  const read = dialog ? (host.world.store.get("read", `${person.id}/${dialog}`) ?? 0) : 0;
  return {
    unread: messages.filter(
      (m) => m.id > read && m.authorId !== person.id && m.service?.type !== "channel_created",
    ).length,
    lastDate: messages.at(-1)?.date ?? 0,
    messages: messages.slice(-MESSAGES_SHOWN).map((message) => messageView(host, person.id, message)),
    chatAction: null,
    started: true,
    menuButton: null,
    commands: [],
    replyKeyboard: null,
    channel: null,
  };
}

function botChat(host: Host, person: Person): P.Chat {
  const { world, queries } = host;
  const chat = world.botChat(person.id);
  const { commands } = world.profile;
  const scopes = [`chat:${person.id}`, "all_private_chats", "default"];
  const keys = scopes.flatMap((scope) => [`${scope}:${person.language}`, `${scope}:`]);
  const key = keys.find((name) => commands[name]?.length);
  return {
    id: world.bot.id,
    kind: "bot",
    title: world.profile.name,
    username: world.bot.username,
    avatarUrl: avatarUrl("bot"),
    ...chatBase(host, person, world.messages(privateDialog(person.id, world.bot.id))),
    chatAction: queries.action(person.id),
    started: chat.started,
    menuButton: menuButton(chat.menuButton ?? world.profile.menuButton),
    commands: key ? (commands[key] ?? []) : [],
    replyKeyboard: chat.keyboard ? replyKeyboard(chat.keyboard) : null,
  };
}

function peopleChats(host: Host, person: Person): P.Chat[] {
  const { world } = host;
  return world.people().flatMap((other) => {
    const messages = world.messages(privateDialog(person.id, other.id));
    if (other.id === person.id || messages.length === 0) return [];
    return [personChat(host, person, other, messages)];
  });
}

function personChat(host: Host, person: Person, other: Person, messages: readonly StoredMessage[]): P.Chat {
  return {
    id: other.id,
    kind: "person",
    title: nameOf(host, other.id),
    username: other.username,
    avatarUrl: avatarUrl(`face_${other.id}`),
    ...chatBase(host, person, messages),
  };
}

function channelChats(host: Host, person: Person): P.Chat[] {
  const { world } = host;
  return world.channels().flatMap((channel) => {
    const me = world.membership(channel.id, person.id);
    if (me.status === "left" || me.status === "kicked") return [];
    return [
      {
        id: channel.id,
        kind: "channel",
        title: channel.title,
        username: channel.username,
        avatarUrl: avatarUrl(channel.emblem),
        ...chatBase(host, person, world.messages(channelDialog(channel.id))),
        channel: {
          memberCount: world.memberCount(channel),
          description: channel.description,
          myStatus: me.status,
          canPost: effectiveRights(me).can_post_messages === true,
        },
      } satisfies P.Chat,
    ];
  });
}

function invoiceCard(host: Host, slug: string | undefined): P.InvoiceCard | null {
  const invoice = slug === undefined ? undefined : host.world.store.get("invoice", slug);
  if (!invoice) return null;
  const { title, description, amount } = invoice;
  return { slug: invoice.slug, title, description, amount };
}

export function messageView(host: Host, personId: number, message: StoredMessage): P.Message {
  const { world } = host;
  const isPost = dialogParties(message.dialog) === null;
  const channel = isPost ? world.store.get("channel", message.dialog.slice(2)) : undefined;
  return {
    id: message.id,
    date: message.date,
    editDate: message.editDate,
    out: !isPost && message.authorId === personId,
    senderId: channel ? channel.id : message.authorId,
    senderName: channel ? channel.title : nameOf(host, message.authorId),
    text: message.text,
    entities: message.entities as readonly P.Entity[],
    photo: message.photo
      ? { url: `/host/files/${message.photo.file}`, width: message.photo.width, height: message.photo.height }
      : null,
    service: message.service ? serviceView(host, message.service) : null,
    inlineKeyboard: inlineButtons(message.keyboard),
    linkPreview: message.preview,
    views: channel ? viewsOf(host.world, channel, message) : null,
    viaBot: message.viaBot ? world.bot.username : null,
    protected: message.protected,
    invoice: invoiceCard(host, message.invoice),
  };
}
