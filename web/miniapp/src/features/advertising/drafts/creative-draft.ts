/** A post while it is written, and what Telegram would refuse in it. Pure. Words: `ads:problem.<name>`. */
import type { z } from "zod";
import type {
  creativeDraft,
  CreativeDraft as Sent,
} from "../../../../../../server/src/markets/channels/placements/shapes.ts";
import { randomId } from "../../../../../kit/api.ts";
import { type Content, linkOf, nested, tidy } from "../post/content.ts";

/** `key` keeps a field its own while others come and go. */
export interface TypedButton {
  readonly key: string;
  readonly text: string;
  readonly url: string;
}
export interface CreativeDraft {
  content: Content;
  media: Sent["media"];
  /** As typed. */
  buttons: readonly (readonly TypedButton[])[];
}

export const emptyCreative: CreativeDraft = { content: { text: "", entities: [] }, media: [], buttons: [] };

export const TEXT_MAX = 4096;
export const CAPTION_MAX = 1024;
export const BUTTON_ROWS_MAX = 12;
export const PHOTOS_MAX = 10;

export const textMax = (draft: Pick<CreativeDraft, "media">): number =>
  draft.media.length > 0 ? CAPTION_MAX : TEXT_MAX;

type Kept = Pick<z.input<typeof creativeDraft>, "text" | "entities" | "media" | "buttons">;

export const draftOfCreative = ({ text, entities = [], media = [], buttons = [] }: Kept): CreativeDraft => ({
  content: tidy({ text, entities }),
  media,
  buttons: buttons.map((row) => row.map((one) => ({ ...one, key: randomId() }))),
});

export interface CreativeProblems {
  text?: "creativeEmpty" | "creativeLong";
  buttons?: "buttonsAlbum" | "buttonsPublisher";
  /** By the button's key. */
  button: Readonly<Record<string, { text?: "buttonText"; url?: "buttonUrl" }>>;
}

export function creativeProblems(draft: CreativeDraft, postedBy: "bot" | "publisher"): CreativeProblems {
  const { content, media, buttons } = draft;
  const rows = buttons.flatMap((row) =>
    row.map(({ key, text, url }) => {
      const wrong = {
        ...(text.trim() === "" ? { text: "buttonText" as const } : {}),
        ...(linkOf(url) === null ? { url: "buttonUrl" as const } : {}),
      };
      return [key, wrong] as const;
    }),
  );
  const isEmpty = content.text.trim() === "" && media.length === 0;
  const isLong = content.text.length > textMax(draft);
  return {
    ...(isEmpty ? { text: "creativeEmpty" } : isLong ? { text: "creativeLong" } : {}),
    ...(buttons.length > 0 && media.length > 1
      ? { buttons: "buttonsAlbum" }
      : buttons.length > 0 && postedBy === "publisher"
        ? { buttons: "buttonsPublisher" }
        : {}),
    button: Object.fromEntries(rows.filter(([, wrong]) => Object.keys(wrong).length > 0)),
  };
}

export const hasProblems = ({ text, buttons, button }: CreativeProblems): boolean =>
  text !== undefined || buttons !== undefined || Object.keys(button).length > 0;

/** As the API takes it; only of a draft without problems. */
export function creativeOf({ content, media, buttons }: CreativeDraft): Kept {
  const { text, entities } = nested(content);
  return {
    text,
    entities: entities.map(({ type, offset, length, url }) => ({
      type,
      offset,
      length,
      ...(url === undefined ? {} : { url }),
    })),
    media,
    buttons: buttons.map((row) => row.map((one) => ({ text: one.text.trim(), url: linkOf(one.url) ?? "" }))),
  };
}
