/** A row of pictures with a place to add more. */
import { type ReactNode, useRef } from "react";
import { useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import type { Photos, PickedPhoto } from "./use-photos.ts";
import "./photos.css";

export function PhotoPicker({ photos, max }: { photos: Photos; max: number }): ReactNode {
  const t = useWords();
  const input = useRef<HTMLInputElement>(null);
  const failed = photos.items.find(({ state }) => state === "failed");
  return (
    <div>
      <ul className="photo-row is-open" aria-label={t("photos:label")}>
        {photos.items.map((photo, place) => (
          <PhotoTile key={photo.key} photo={photo} place={place + 1} photos={photos} />
        ))}
        {photos.items.length < max && (
          <li>
            <button type="button" className="photo-add" onClick={() => input.current?.click()}>
              <Icon name="camera" />
              <span>{t("photos:add")}</span>
            </button>
          </li>
        )}
      </ul>
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png,image/webp,image/avif"
        multiple
        hidden
        data-testid="photo-input"
        onChange={(event) => {
          photos.add([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      {failed && (
        <p className="photo-error" role="alert">
          <Icon name="warning" size={18} />
          {wordsOfError(t, failed.error)}
        </p>
      )}
    </div>
  );
}

function PhotoTile({
  photo,
  place,
  photos,
}: {
  photo: PickedPhoto;
  place: number;
  photos: Photos;
}): ReactNode {
  const t = useWords();
  const percent = Math.round(photo.part * 100);
  return (
    <li className="photo-tile" data-state={photo.state}>
      {photo.previewUrl ? (
        <img src={photo.previewUrl} alt={t("photos:photo", { place })} />
      ) : (
        <span className="photo-unseen">
          <Icon name="camera" />
          <span className="visually-hidden">{t("photos:photo", { place })}</span>
        </span>
      )}
      {photo.state === "sending" && (
        <span
          className="photo-veil"
          role="progressbar"
          aria-valuenow={percent}
          aria-label={t("photos:sending", { place })}
        >
          <span className="tabular">{percent} %</span>
        </span>
      )}
      {photo.state === "failed" && (
        <button
          type="button"
          className="photo-veil"
          aria-label={t("photos:retry", { place })}
          onClick={() => photos.retry(photo.key)}
        >
          <Icon name="refresh" />
        </button>
      )}
      <button
        type="button"
        className="photo-remove"
        aria-label={t("photos:remove", { place })}
        onClick={() => photos.remove(photo.key)}
      >
        <span>
          <Icon name="close" size={16} />
        </span>
      </button>
    </li>
  );
}
