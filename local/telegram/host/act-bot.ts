/** What a person does in chats: start and block the bot, write, press buttons, answer a picker of channels. */
import type { CallbackQuery, KeyboardButton, Update } from "grammy/types";
import type { Action, ActResult } from "../protocol.ts";
import { createChannel } from "../world/channels.ts";
import { callbackMessage, needText, post, writePrivate } from "../world/messages.ts";
import type { Person } from "../world/model.ts";
import { botUser, memberObject, personUser, privateChat } from "../world/objects.ts";
import { ClientRefusal } from "../world/refusal.ts";
import { grantBot, requestChat, shareChat } from "./chat-request.ts";
import type { Host } from "./context.ts";
import { dialogOf } from "./dialogs.ts";
import { launch } from "./launch.ts";
import { resolveLink } from "./links.ts";

export type BotAction = Extract<
  Action,
  {
    type:
      | "startBot"
      | "sendText"
      | "pressInline"
      | "pressReplyButton"
      | "chooseChat"
      | "chooseNewChat"
      | "blockBot"
      | "unblockBot";
  }
>;

const DONE: ActResult = { type: "done" };

export async function actBot(host: Host, person: Person, action: BotAction): Promise<ActResult> {
  switch (action.type) {
    case "startBot":
      return startBot(host, person, action.payload ?? "");
    case "sendText":
      return sendText(host, person, action.chatId, action.text);
    case "pressInline":
      return pressInline(host, person, action);
    case "pressReplyButton":
      return pressReplyButton(host, person, action);
    case "chooseChat":
      return chooseChat(host, person, action.token, action.chatId);
    case "chooseNewChat": {
      needRequest(host, person, action.token);
      const { title, username } = action;
      const channel = createChannel(host.world, person.id, { title, ...(username ? { username } : {}) });
      return chooseChat(host, person, action.token, channel.id);
    }
    case "blockBot":
      setBlocked(host, person, true);
      return DONE;
    case "unblockBot":
      setBlocked(host, person, false);
      return DONE;
  }
}

function startBot(host: Host, person: Person, payload: string): ActResult {
  host.world.store.transact(() => {
    setBlocked(host, person, false);
    writePrivate(host.world, person.id, host.world.bot.id, { text: `/start ${payload}`.trim() });
    host.world.reached(`started:${person.role ?? "other"}`);
  });
  return DONE;
}

function sendText(host: Host, person: Person, chatId: number, text: string): ActResult {
  const { world } = host;
  dialogOf(world, person.id, chatId);
  if (chatId < 0) {
    const message = post(world, person.id, chatId, { text });
    return { type: "post", channelId: chatId, messageId: message.id };
  }
  writePrivate(world, person.id, chatId, { text: needText(text) });
  return DONE;
}

/** Blocking is told to the bot as its own membership of the private chat, as Telegram does. */
function setBlocked(host: Host, person: Person, blocked: boolean): void {
  const { world } = host;
  const before = world.botChat(person.id);
  if (before.blocked === blocked) return;
  world.store.transact(() => {
    world.changeBotChat(person.id, { blocked });
    const standing = (kicked: boolean) =>
      memberObject(world, {
        chatId: person.id,
        userId: botUser(world).id,
        status: kicked ? "kicked" : "member",
        rights: {},
        promotedBy: null,
      });
    world.updates.push("my_chat_member", {
      chat: privateChat(person),
      from: personUser(person),
      date: world.clock.now(),
      old_chat_member: standing(!blocked),
      new_chat_member: standing(blocked),
    });
  });
}

async function pressInline(
  host: Host,
  person: Person,
  action: Extract<Action, { type: "pressInline" }>,
): Promise<ActResult> {
  const { world } = host;
  const message = world.message(dialogOf(world, person.id, action.chatId), action.messageId);
  const button = message?.keyboard?.inline_keyboard[action.row]?.[action.column];
  if (!message || !button) throw new ClientRefusal("BUTTON_INVALID", "There is no such button any more.");
  if ("url" in button) return { type: "link", target: resolveLink(host, person, button.url) };
  if ("web_app" in button) return launch(host, person, { by: "button", url: button.web_app.url });
  if (!("callback_data" in button))
    throw new ClientRefusal("BUTTON_TYPE_INVALID", "The client does this itself.");
  const id = String(BigInt(`0x${Buffer.from(world.token(7), "base64url").toString("hex")}`));
  const query: CallbackQuery = {
    id,
    from: personUser(person),
    message: callbackMessage(world, message),
    chat_instance: String(-7_000_000_000 - person.id),
    data: button.callback_data,
  };
  const answered = host.queries.callbacks.ask(id);
  world.updates.push("callback_query", query as NonNullable<Update["callback_query"]>);
  const answer = await answered;
  return {
    type: "callbackAnswer",
    answered: answer !== null,
    text: answer?.text ?? "",
    alert: answer?.alert ?? false,
    url: answer?.url ?? null,
  };
}

function pressReplyButton(
  host: Host,
  person: Person,
  action: Extract<Action, { type: "pressReplyButton" }>,
): ActResult {
  const { world } = host;
  const { keyboard } = world.botChat(person.id);
  const button: KeyboardButton | undefined = keyboard?.rows[action.row]?.[action.column];
  if (action.chatId !== world.bot.id || !keyboard || button === undefined) {
    throw new ClientRefusal("BUTTON_INVALID", "There is no such button any more.");
  }
  const label = typeof button === "string" ? button : button.text;
  if (typeof button === "object" && "request_chat" in button) {
    return requestChat(host, person, label, button.request_chat);
  }
  if (typeof button === "object" && "web_app" in button) {
    host.session.maySendData.set(person.id, label);
    return launch(host, person, { by: "keyboard", url: button.web_app.url, buttonText: label });
  }
  world.store.transact(() => {
    if (typeof button === "object" && "request_contact" in button) {
      writePrivate(world, person.id, world.bot.id, {
        text: "",
        service: { type: "contact", phoneNumber: person.phoneNumber },
      });
    } else {
      writePrivate(world, person.id, world.bot.id, { text: label });
    }
    if (keyboard.oneTime) world.changeBotChat(person.id, { keyboard: null });
  });
  return DONE;
}

function needRequest(host: Host, person: Person, token: string) {
  const request = host.session.chatRequests.get(token);
  if (request?.personId !== person.id) {
    throw new ClientRefusal("REQUEST_INVALID", "This picker is closed: press the button again.");
  }
  return request;
}

function chooseChat(host: Host, person: Person, token: string, channelId: number): ActResult {
  const request = needRequest(host, person, token);
  host.world.store.transact(() => {
    grantBot(host, person, channelId, request.ask);
    shareChat(host, person, channelId, request.ask);
    const { keyboard } = host.world.botChat(person.id);
    const isFromKeyboard = keyboard?.rows.flat().some((b) => typeof b === "object" && "request_chat" in b);
    if (keyboard?.oneTime && isFromKeyboard) host.world.changeBotChat(person.id, { keyboard: null });
    host.world.reached(`shared:${person.role ?? "other"}`);
  });
  host.session.chatRequests.delete(token);
  return DONE;
}
