import { createContext, useContext } from "react";
import type { World } from "../../protocol.ts";
import type { PhoneController } from "./phone/controller.ts";
import type { Language } from "./words/format.ts";
import type { PageWords } from "./words/page.ts";

export interface PageContextValue {
  world: World;
  language: Language;
  words: PageWords;
  setLanguage: (language: Language) => void;
  scheme: "light" | "dark";
  setScheme: (scheme: "light" | "dark") => void;
  /** The three phones, left to right. */
  phones: readonly PhoneController[];
  /** Where the caption of a played story stands, between the phones and the edge of the page. */
  captionSlot: HTMLElement | null;
  /** Brings one phone before the eyes: it glows, and on a narrow screen its tab opens. */
  showPhone: (personId: number) => void;
}

export const PageContext = createContext<PageContextValue | null>(null);

export function usePage(): PageContextValue {
  const value = useContext(PageContext);
  if (!value) throw new Error("usePage belongs inside the page");
  return value;
}
