import { createContext, useContext, useSyncExternalStore } from "react";
import type { Chat, PersonState, World } from "../../../protocol.ts";
import { type Language, toLanguage } from "../words/format.ts";
import { type PhoneWords, phoneWords } from "../words/phone.ts";
import type { PhoneController } from "./controller.ts";
import type { PhoneUi, Platform } from "./ui-state.ts";

export interface PhoneContextValue {
  phone: PhoneController;
  world: World;
  state: PersonState;
  platform: Platform;
}

export const PhoneContext = createContext<PhoneContextValue | null>(null);

export interface PhoneView extends PhoneContextValue {
  ui: PhoneUi;
  language: Language;
  words: PhoneWords;
}

/** The phone that this component is drawn on. */
export function usePhone(): PhoneView {
  const value = useContext(PhoneContext);
  if (!value) throw new Error("usePhone belongs inside a phone");
  const ui = useSyncExternalStore(value.phone.subscribe, value.phone.getUi);
  const language = toLanguage(value.state.me.language);
  return { ...value, ui, language, words: phoneWords[language] };
}

export function chatById(state: PersonState, chatId: number): Chat | undefined {
  return state.chats.find((chat) => chat.id === chatId);
}
