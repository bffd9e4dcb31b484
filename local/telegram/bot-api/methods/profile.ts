/** Methods about the bot itself: who it is, its texts, commands and menu button. */
import type { BotCommand, BotCommandScope, MenuButton, Opts, UserFromGetMe } from "grammy/types";
import type { StoredMenuButton } from "../../world/model.ts";
import { getMeUser } from "../../world/objects.ts";
import { badRequest } from "../../world/refusal.ts";
import { findChat } from "../chats.ts";
import type { BotApi, Call } from "../context.ts";
import { checkWebAppUrl } from "../markup.ts";

export function getMe({ api }: Call<object>): UserFromGetMe {
  return getMeUser(api.world);
}

function scopeKey(scope: BotCommandScope | undefined, language: string | undefined): string {
  const type = scope?.type ?? "default";
  const chat = scope && "chat_id" in scope ? `:${scope.chat_id}` : "";
  const user = scope && "user_id" in scope ? `:${scope.user_id}` : "";
  if (language && !/^[a-z]{2}$/.test(language)) throw badRequest("invalid language_code specified");
  return `${type}${chat}${user}:${language ?? ""}`;
}

export function setMyCommands({ api, params }: Call<Opts<"setMyCommands">>): true {
  if (params.commands.length > 100) throw badRequest("BOT_COMMANDS_TOO_MUCH");
  const commands = params.commands.map(checkCommand);
  const key = scopeKey(params.scope, params.language_code);
  api.world.changeProfile({ commands: { ...api.world.profile.commands, [key]: commands } });
  return true;
}

function checkCommand({ command, description }: BotCommand): BotCommand {
  const name = command.replace(/^\//, "");
  if (!/^[a-z0-9_]{1,32}$/.test(name)) throw badRequest("BOT_COMMAND_INVALID");
  if (description.length < 1 || description.length > 256) throw badRequest("BOT_COMMAND_DESCRIPTION_INVALID");
  return { command: name, description };
}

export function getMyCommands({ api, params }: Call<Opts<"getMyCommands">>): readonly BotCommand[] {
  return api.world.profile.commands[scopeKey(params.scope, params.language_code)] ?? [];
}

export function deleteMyCommands({ api, params }: Call<Opts<"deleteMyCommands">>): true {
  const { [scopeKey(params.scope, params.language_code)]: _gone, ...commands } = api.world.profile.commands;
  api.world.changeProfile({ commands });
  return true;
}

type TextField = "name" | "about" | "description";
const TEXT_LIMITS: Readonly<Record<TextField, number>> = { name: 64, about: 120, description: 512 };

function setText(api: BotApi, field: TextField, text: string, language: string | undefined): true {
  if (text.length > TEXT_LIMITS[field]) throw badRequest(`${field === "name" ? "NAME" : "TEXT"}_TOO_LONG`);
  const { texts } = api.world.profile;
  const isDefault = !language && !(field === "name" && text === "");
  api.world.changeProfile({
    texts: { ...texts, [`${field}:${language ?? ""}`]: text },
    ...(isDefault ? { [field]: text } : {}),
  });
  return true;
}

function getText(api: BotApi, field: TextField, language: string | undefined): string {
  const { profile } = api.world;
  return profile.texts[`${field}:${language ?? ""}`] || profile[field];
}

export function setMyName({ api, params }: Call<Opts<"setMyName">>): true {
  return setText(api, "name", params.name ?? "", params.language_code);
}
export function getMyName({ api, params }: Call<Opts<"getMyName">>): unknown {
  return { name: getText(api, "name", params.language_code) };
}
export function setMyDescription({ api, params }: Call<Opts<"setMyDescription">>): true {
  return setText(api, "description", params.description ?? "", params.language_code);
}
export function getMyDescription({ api, params }: Call<Opts<"getMyDescription">>): unknown {
  return { description: getText(api, "description", params.language_code) };
}
export function setMyShortDescription({ api, params }: Call<Opts<"setMyShortDescription">>): true {
  return setText(api, "about", params.short_description ?? "", params.language_code);
}
export function getMyShortDescription({ api, params }: Call<Opts<"getMyShortDescription">>): unknown {
  return { short_description: getText(api, "about", params.language_code) };
}

export function setChatMenuButton({ api, params }: Call<Opts<"setChatMenuButton">>): true {
  const button: StoredMenuButton = params.menu_button ?? { type: "default" };
  if (button.type === "web_app") {
    checkWebAppUrl(button.web_app.url, "menu button");
    if (button.text.trim() === "") throw badRequest("BUTTON_TEXT_INVALID");
  }
  if (params.chat_id === undefined) {
    api.world.changeProfile({ menuButton: button });
    return true;
  }
  api.world.changeBotChat(menuChat(api, params.chat_id), {
    menuButton: button.type === "default" ? null : button,
  });
  return true;
}

export function getChatMenuButton({ api, params }: Call<Opts<"getChatMenuButton">>): MenuButton {
  if (params.chat_id === undefined) return api.world.profile.menuButton;
  return api.world.botChat(menuChat(api, params.chat_id)).menuButton ?? api.world.profile.menuButton;
}

function menuChat(api: BotApi, chatId: number): number {
  const target = findChat(api.world, chatId);
  if (target.kind !== "private") throw badRequest("chat not found");
  return target.person.id;
}
