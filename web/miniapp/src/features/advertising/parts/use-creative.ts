/** What is being written in the editor of a post: the words, the buttons, and the pictures on their way. */
import { useState } from "react";
import { type Photos, usePhotos } from "../../../kernel/files/use-photos.ts";
import { type CreativeDraft, draftOfCreative, emptyCreative, PHOTOS_MAX } from "../drafts/creative-draft.ts";

export interface WrittenCreative {
  /** With a picture that is still being sent under its key; what may be sent is told by `isWhole`. */
  readonly draft: CreativeDraft;
  readonly photos: Photos;
  /** Every picture has arrived. */
  readonly isWhole: boolean;
  readonly isDirty: boolean;
  change(draft: CreativeDraft): void;
}

export function useCreative(before: Parameters<typeof draftOfCreative>[0] | null): WrittenCreative {
  const [first] = useState(() => (before ? draftOfCreative(before) : emptyCreative));
  const [typed, setTyped] = useState(first);
  const ids = first.media.map(({ fileId }) => fileId);
  const photos = usePhotos(PHOTOS_MAX, ids);
  const media = photos.items
    .filter(({ state }) => state !== "failed")
    .map(({ id, key }) => ({ type: "photo" as const, fileId: id ?? key }));
  return {
    draft: { ...typed, media },
    photos,
    isWhole: photos.items.every(({ state }) => state === "sent"),
    isDirty: typed !== first || photos.items.map(({ key }) => key).join() !== ids.join(),
    change: setTyped,
  };
}
