/** Records of the world as objects of the Bot API. */
import type {
  Chat,
  ChatAdministratorRights,
  ChatMember,
  Message,
  PhotoSize,
  User,
  UserFromGetMe,
} from "grammy/types";
import { fileId, fileUniqueId } from "./files.ts";
import type {
  Channel,
  Membership,
  Person,
  Rights,
  StoredMessage,
  StoredPhoto,
  StoredService,
} from "./model.ts";
import { RIGHT_NAMES } from "./model.ts";
import { ALL_RIGHTS } from "./seed.ts";
import { dialogParties, type World } from "./world.ts";

export function botUser(world: World): User {
  return { id: world.bot.id, is_bot: true, first_name: world.profile.name, username: world.bot.username };
}

export function getMeUser(world: World): UserFromGetMe {
  return {
    ...botUser(world),
    is_bot: true,
    username: world.bot.username,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: true,
    can_connect_to_business: false,
    has_main_web_app: true,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  };
}

export function personUser(person: Person): User {
  return {
    id: person.id,
    is_bot: false,
    first_name: person.firstName,
    ...(person.lastName === null ? {} : { last_name: person.lastName }),
    ...(person.username === null ? {} : { username: person.username }),
    language_code: person.language,
  };
}

/** The account behind an id. Inside other people's records Telegram leaves `language_code` out. */
export function userObject(world: World, id: number): User {
  if (id === world.bot.id) return botUser(world);
  const person = world.person(id);
  if (!person) throw new Error(`no account ${id}`);
  const { language_code: _language, ...user } = personUser(person);
  return user;
}

export function privateChat(person: Person): Chat.PrivateChat {
  return {
    id: person.id,
    type: "private",
    first_name: person.firstName,
    ...(person.lastName === null ? {} : { last_name: person.lastName }),
    ...(person.username === null ? {} : { username: person.username }),
  };
}

export function channelChat(channel: Channel): Chat.ChannelChat {
  return {
    id: channel.id,
    type: "channel",
    title: channel.title,
    ...(channel.username === null ? {} : { username: channel.username }),
  };
}

export function chatOfMessage(world: World, message: StoredMessage): Chat {
  const parties = dialogParties(message.dialog);
  if (!parties) {
    const channel = world.store.get("channel", message.dialog.slice(2));
    if (!channel) throw new Error(`no channel for ${message.dialog}`);
    return channelChat(channel);
  }
  const person = world.person(parties[0] === world.bot.id ? parties[1] : parties[0]);
  if (!person) throw new Error(`no person for ${message.dialog}`);
  return privateChat(person);
}

export function avatarFile(word: string, big: boolean): string {
  return `avatar-${word}-${big ? 320 : 160}.png`;
}

export const personAvatar = (id: number): string => `face_${id}`;

export function avatarSizes(world: World, word: string): PhotoSize[] {
  return [false, true].map((big) => {
    const name = avatarFile(word, big);
    const size = big ? 320 : 160;
    return photoSize({ file: name, width: size, height: size, size: world.files.read(name)?.length ?? 0 });
  });
}

export function photoSize(photo: StoredPhoto): PhotoSize {
  return {
    file_id: fileId(photo.file),
    file_unique_id: fileUniqueId(photo.file),
    width: photo.width,
    height: photo.height,
    file_size: photo.size,
  };
}

/** All rights of a channel administrator, written out; the ones of groups are left away, as Telegram does. */
export function rightsObject(rights: Rights): ChatAdministratorRights {
  const all = Object.fromEntries(RIGHT_NAMES.map((name) => [name, rights[name] === true]));
  return all as unknown as ChatAdministratorRights;
}

export function memberObject(world: World, member: Membership): ChatMember {
  const user = userObject(world, member.userId);
  switch (member.status) {
    case "creator":
      return { status: "creator", user, is_anonymous: false };
    case "administrator":
      return {
        status: "administrator",
        user,
        can_be_edited: member.promotedBy === world.bot.id,
        ...rightsObject(member.rights),
      };
    case "member":
      return { status: "member", user };
    case "left":
      return { status: "left", user };
    case "kicked":
      return { status: "kicked", user, until_date: 0 };
  }
}

/** The rights that a member of the channel has; an owner has all. */
export function effectiveRights(member: Membership): Rights {
  if (member.status === "creator") return ALL_RIGHTS;
  return member.status === "administrator" ? member.rights : {};
}

type Mutable = { -readonly [K in keyof Message]?: Message[K] };

/** A message as the bot sees it. */
export function messageObject(world: World, message: StoredMessage, depth = 0): Message {
  const chat = chatOfMessage(world, message);
  const out: Mutable = { message_id: message.id, date: message.date, chat };
  if (chat.type === "channel") out.sender_chat = chat;
  else out.from = authorUser(world, message.authorId);
  if (message.editDate !== null) out.edit_date = message.editDate;
  if (message.viaBot) out.via_bot = botUser(world);
  if (message.protected) out.has_protected_content = true;
  if (message.album !== undefined) out.media_group_id = message.album;
  if (message.forwarded) addOrigin(world, message.forwarded, out);
  if (message.photo) {
    out.photo = [photoSize(message.photo)];
    if (message.text !== "") out.caption = message.text;
    if (message.entities.length > 0) out.caption_entities = [...message.entities];
  } else if (message.invoice !== undefined) {
    addInvoice(world, message.invoice, out);
  } else if (!message.service) {
    out.text = message.text;
    if (message.entities.length > 0) out.entities = [...message.entities];
  }
  if (message.keyboard) out.reply_markup = message.keyboard;
  if (message.replyTo !== null && depth === 0) {
    const original = world.message(message.dialog, message.replyTo);
    if (original) {
      out.reply_to_message = messageObject(world, original, 1) as NonNullable<Message["reply_to_message"]>;
    }
  }
  addService(world, message, out);
  return out as Message;
}

function addOrigin(world: World, from: NonNullable<StoredMessage["forwarded"]>, out: Mutable): void {
  const channel = world.store.get("channel", from.chatId);
  if (!channel) return;
  const chat = channelChat(channel);
  out.forward_origin = { type: "channel", chat, message_id: from.messageId, date: from.date };
}

function authorUser(world: World, id: number): User {
  const person = world.person(id);
  return person ? personUser(person) : botUser(world);
}

function addInvoice(world: World, slug: string, out: Mutable): void {
  const invoice = world.store.get("invoice", slug);
  if (!invoice) return;
  const { title, description, amount } = invoice;
  out.invoice = { title, description, start_parameter: "", currency: "XTR", total_amount: amount };
}

function addPayment(service: StoredService, out: Mutable): void {
  if (service.type !== "successful_payment" && service.type !== "refunded_payment") return;
  const common = {
    currency: "XTR",
    total_amount: service.amount,
    invoice_payload: service.payload,
    telegram_payment_charge_id: service.chargeId,
  };
  if (service.type === "refunded_payment") {
    out.refunded_payment = { ...common, provider_payment_charge_id: "" };
    return;
  }
  const recurring =
    service.until === null
      ? {}
      : {
          subscription_expiration_date: service.until,
          is_recurring: true as const,
          ...(service.isFirst ? { is_first_recurring: true as const } : {}),
        };
  out.successful_payment = { ...common, provider_payment_charge_id: "", ...recurring };
}

function addService(world: World, message: StoredMessage, out: Mutable): void {
  const service = message.service;
  if (service?.type === "chat_shared") {
    const channel = world.store.get("channel", service.chatId);
    out.chat_shared = {
      request_id: service.requestId,
      chat_id: service.chatId,
      ...(service.ask.title ? { title: service.title } : {}),
      ...(service.ask.username && channel?.username ? { username: channel.username } : {}),
      ...(service.ask.photo && channel ? { photo: avatarSizes(world, channel.emblem) } : {}),
    };
  } else if (service?.type === "web_app_data") {
    out.web_app_data = { button_text: service.buttonText, data: service.data };
  } else if (service?.type === "write_access_allowed") {
    out.write_access_allowed = service.webAppName
      ? { web_app_name: service.webAppName }
      : { from_request: true };
  } else if (service?.type === "contact") {
    const person = world.person(message.authorId);
    out.contact = {
      phone_number: service.phoneNumber,
      first_name: person?.firstName ?? "",
      user_id: message.authorId,
    };
  } else if (service?.type === "successful_payment" || service?.type === "refunded_payment") {
    addPayment(service, out);
  } else if (service?.type === "new_title") {
    out.new_chat_title = service.title;
  } else if (service?.type === "channel_created") {
    out.channel_chat_created = true;
  }
}
