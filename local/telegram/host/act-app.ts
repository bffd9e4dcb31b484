/** Opening the Mini App, and what it asks of Telegram that only the server can do. */
import type { Action, ActResult } from "../protocol.ts";
import { writePrivate } from "../world/messages.ts";
import type { Person } from "../world/model.ts";
import { ClientRefusal } from "../world/refusal.ts";
import { customMethod } from "./cloud.ts";
import type { Host } from "./context.ts";
import { launch } from "./launch.ts";
import { resolveLink } from "./links.ts";

export type AppAction = Extract<
  Action,
  {
    type:
      | "openMenuButton"
      | "openApp"
      | "openLink"
      | "sendWebAppData"
      | "allowWriteAccess"
      | "shareContact"
      | "customMethod";
  }
>;

const DONE: ActResult = { type: "done" };

export function actApp(host: Host, person: Person, action: AppAction): ActResult {
  switch (action.type) {
    case "openMenuButton": {
      const button = host.world.botChat(person.id).menuButton ?? host.world.profile.menuButton;
      if (button.type !== "web_app")
        throw new ClientRefusal("BUTTON_INVALID", "The menu button opens no app.");
      host.session.maySendData.delete(person.id);
      return launch(host, person, { by: "button", url: button.web_app.url });
    }
    case "openApp":
      host.session.maySendData.delete(person.id);
      if (action.path === undefined)
        return launch(host, person, { by: "link", startParam: action.startParam ?? null });
      return launch(host, person, { by: "button", url: `${host.addresses.productOrigin}${action.path}` });
    case "openLink":
      return { type: "link", target: resolveLink(host, person, action.url) };
    case "sendWebAppData":
      return sendData(host, person, action.buttonText, action.data);
    case "allowWriteAccess":
      allowWriteAccess(host, person);
      return DONE;
    case "shareContact": {
      const { phoneNumber } = person;
      writePrivate(host.world, person.id, host.world.bot.id, {
        text: "",
        service: { type: "contact", phoneNumber },
      });
      return DONE;
    }
    case "customMethod":
      return customMethod(host, person, action.method, action.params);
  }
}

function sendData(host: Host, person: Person, buttonText: string, data: string): ActResult {
  if (host.session.maySendData.get(person.id) !== buttonText) {
    throw new ClientRefusal("QUERY_ID_INVALID", "Only a Mini App opened by a keyboard button may send data.");
  }
  host.session.maySendData.delete(person.id);
  const service = { type: "web_app_data", buttonText, data } as const;
  writePrivate(host.world, person.id, host.world.bot.id, { text: "", service });
  return DONE;
}

/** The bot is told once; a second permission changes nothing. It does not count as having started the bot. */
function allowWriteAccess(host: Host, person: Person): void {
  const chat = host.world.botChat(person.id);
  if (chat.mayWrite) return;
  const service = { type: "write_access_allowed", webAppName: null } as const;
  host.world.store.transact(() => {
    host.world.changeBotChat(person.id, { mayWrite: true, seen: true });
    writePrivate(host.world, person.id, host.world.bot.id, { text: "", service });
  });
}
