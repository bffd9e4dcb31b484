import type { KeyValue, PhonePort } from "../bridge/port.ts";
import type { PhoneController } from "./controller.ts";

/** Joins the web bridge to one phone. */

/** Kept in this browser, apart for each person; clearing touches only that person's keys. */
function browserStore(prefix: string): KeyValue {
  return {
    get: (key) => localStorage.getItem(prefix + key),
    set: (key, value) =>
      value === null ? localStorage.removeItem(prefix + key) : localStorage.setItem(prefix + key, value),
    clear: () => {
      for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
    },
  };
}

async function readClipboard(phone: PhoneController): Promise<string | null> {
  if (!(await phone.confirm(phone.say(phone.words.clipboard), phone.words.yes, { no: phone.words.no })))
    return null;
  try {
    return await navigator.clipboard.readText();
  } catch {
    return null;
  }
}

async function requestChat(phone: PhoneController, preparedId: string): Promise<void> {
  const result = await phone.perform({ type: "openPreparedButton", preparedId });
  if (result?.type !== "requestChat") throw new Error("BUTTON_NOT_FOUND");
  if (!(await phone.pickChat(result))) throw new Error("USER_DECLINED");
}

async function sharePrepared(phone: PhoneController, preparedId: string): Promise<void> {
  const result = await phone.perform({ type: "openPreparedMessage", preparedId });
  if (result?.type !== "share") throw new Error("MESSAGE_EXPIRED");
  const { preview, targets } = result;
  const send = async (chatIds: readonly number[]) =>
    (await phone.perform({ type: "sharePrepared", preparedId, chatIds })) !== undefined;
  if (!(await phone.share({ preview, targets, send }))) throw new Error("USER_DECLINED");
}

async function grant(phone: PhoneController, question: string, deed: "allowWriteAccess" | "shareContact") {
  if (!(await phone.confirm(phone.say(question), phone.words.yes, { no: phone.words.no }))) return false;
  return (await phone.perform({ type: deed })) !== undefined;
}

async function sendData(phone: PhoneController, data: string): Promise<void> {
  const { app } = phone.getUi();
  if (!app?.queryless || app.buttonText === null) return;
  await phone.perform({ type: "sendWebAppData", buttonText: app.buttonText, data });
  phone.closeApp();
}

export function createPort(
  phone: PhoneController,
  frame: {
    theme: () => Record<string, string>;
    viewport: () => { width: number; height: number };
    refused: (what: string, why: string) => void;
  },
): PhonePort {
  return {
    ...frame,
    close: () => phone.closeApp(),
    popup: async ({ title, message, buttons }) => {
      const answer = await phone.ask(message, buttons, { title });
      return answer?.button;
    },
    openLink: (url) => phone.openExternal(url),
    openTelegramLink: (path) => void phone.openLink(`https://t.me${path}`),
    openInvoice: (slug) => phone.openInvoice(slug),
    clipboard: () => readClipboard(phone),
    requestChat: (preparedId) => requestChat(phone, preparedId),
    sharePrepared: (preparedId) => sharePrepared(phone, preparedId),
    switchInline: (query) => {
      phone.openBot();
      phone.setDraft(`@${phone.world.bot.username} ${query}`);
    },
    askWriteAccess: () => grant(phone, phone.words.writeAccess, "allowWriteAccess"),
    askPhone: () => grant(phone, phone.words.sharePhone, "shareContact"),
    sendData: (data) => void sendData(phone, data),
    haptic: (feedback) => phone.haptic(feedback),
    store: (kind) => browserStore(`tg:${kind}:${phone.personId}:`),
    customMethod: async (method, params) => {
      const result = await phone.perform({ type: "customMethod", method, params });
      return result?.type === "custom" ? result : { result: null, error: "INTERNAL" };
    },
  };
}
