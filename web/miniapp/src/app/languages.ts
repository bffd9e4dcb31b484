/** One lazy file per language, with the words of the screens and those of the server's modules. */
import type { Language } from "../../../../server/src/platform/shapes.ts";
import type { Words } from "../../../kit/i18n.ts";

export const loadLanguage = async (language: Language): Promise<Words> =>
  language === "ru" ? (await import("./language.ru.ts")).default : (await import("./language.en.ts")).default;
