/** Does what a person does. The union of actions is split by what it is about: the bot, the Mini App, and what happens outside. */
import type { Action, ActResult } from "../protocol.ts";
import type { Person } from "../world/model.ts";
import { ClientRefusal } from "../world/refusal.ts";
import { dialogParties, privateDialog } from "../world/world.ts";
import { type AppAction, actApp } from "./act-app.ts";
import { actBot, type BotAction } from "./act-bot.ts";
import { actOutside } from "./act-outside.ts";
import { actPrepared, type PreparedAction } from "./act-prepared.ts";
import { actStars, type StarsAction } from "./act-stars.ts";
import type { Host } from "./context.ts";
import { dialogOf } from "./dialogs.ts";

/** @throws ClientRefusal when Telegram would refuse. */
export async function act(host: Host, personId: number, action: Action): Promise<ActResult> {
  const person = host.world.person(personId);
  if (!person) throw new ClientRefusal("USER_ID_INVALID", "There is no such person.");
  if (isBot(action)) return actBot(host, person, action);
  if (isApp(action)) return actApp(host, person, action);
  if (isStars(action)) return actStars(host, person, action);
  if (isPrepared(action)) return actPrepared(host, person, action);
  switch (action.type) {
    case "readChat":
      readChat(host, person, action.chatId);
      return { type: "done" };
    case "setTheme":
      host.world.store.put("person", person.id, { ...person, theme: action.theme });
      return { type: "done" };
    case "setLanguage":
      host.world.store.put("person", person.id, { ...person, language: action.language });
      return { type: "done" };
    default:
      return actOutside(host, person, action);
  }
}

const BOT: readonly string[] = [
  "startBot",
  "sendText",
  "pressInline",
  "pressReplyButton",
  "chooseChat",
  "chooseNewChat",
  "blockBot",
  "unblockBot",
] satisfies BotAction["type"][];
const APP: readonly string[] = [
  "openMenuButton",
  "openApp",
  "openLink",
  "sendWebAppData",
  "allowWriteAccess",
  "shareContact",
  "customMethod",
] satisfies AppAction["type"][];
const STARS: readonly string[] = [
  "openInvoice",
  "payInvoice",
  "topUpStars",
  "setSubscription",
] satisfies StarsAction["type"][];
const PREPARED: readonly string[] = [
  "openPreparedButton",
  "openPreparedMessage",
  "sharePrepared",
  "inlineQuery",
  "sendInlineResult",
] satisfies PreparedAction["type"][];

const isBot = (action: Action): action is BotAction => BOT.includes(action.type);
const isStars = (action: Action): action is StarsAction => STARS.includes(action.type);
const isApp = (action: Action): action is AppAction => APP.includes(action.type);
const isPrepared = (action: Action): action is PreparedAction => PREPARED.includes(action.type);

function readChat(host: Host, person: Person, chatId: number): void {
  const { world } = host;
  const dialog =
    chatId === world.bot.id ? privateDialog(person.id, chatId) : dialogOf(world, person.id, chatId);
  if (dialogParties(dialog) === null && !world.isIn(chatId, person.id)) return;
  const last = world.messages(dialog).at(-1)?.id ?? 0;
  const key = `${person.id}/${dialog}`;
  if ((world.store.get("read", key) ?? 0) < last) world.store.put("read", key, last);
}
