/** Pictures that somebody sent: small in a row, whole in a sheet. */
import { type ReactNode, useState } from "react";
import { useWords } from "../../../../kit/i18n.ts";
import { Sheet } from "../../../../kit/sheet.tsx";
import "./photos.css";

export function PhotoStrip({ ids }: { ids: readonly string[] }): ReactNode {
  const t = useWords();
  const [opened, setOpened] = useState<number | null>(null);
  if (ids.length === 0) return null;
  const id = opened === null ? null : ids[opened];
  return (
    <>
      <ul className="photo-row" aria-label={t("photos:label")}>
        {ids.map((one, at) => (
          <li className="photo-tile" key={one}>
            <button
              type="button"
              aria-label={t("photos:open", { place: at + 1 })}
              onClick={() => setOpened(at)}
            >
              <img src={`/api/files/${one}/preview`} alt="" loading="lazy" />
            </button>
          </li>
        ))}
      </ul>
      {id && (
        <Sheet title={t("photos:photo", { place: (opened ?? 0) + 1 })} onClose={() => setOpened(null)}>
          <img
            className="photo-whole"
            src={`/api/files/${id}`}
            alt={t("photos:photo", { place: (opened ?? 0) + 1 })}
          />
        </Sheet>
      )}
    </>
  );
}
