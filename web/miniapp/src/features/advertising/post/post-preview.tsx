/** A post of a channel as Telegram renders it: on its wallpaper, with the album, the words, the buttons below, the time and the mark of an ad. */
import type { ReactNode } from "react";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { openOutside } from "../../../../../kit/telegram.ts";
import { previewUrlOf } from "../../../kernel/files/preview-url.ts";
import { albumRows } from "./blocks.ts";
import type { Content } from "./content.ts";
import "./post.css";
import { PostText } from "./post-text.tsx";

export interface PostButton {
  readonly text: string;
  readonly url: string;
}

export interface PostPicture {
  readonly id: string;
  /** Null of one that Telegram keeps and alone can show: here is its place. */
  readonly url: string | null;
}

export const picturesOf = (media: readonly { fileId: string }[]): PostPicture[] =>
  media.map(({ fileId }) => ({ id: fileId, url: previewUrlOf(fileId) }));

export interface PostPreviewProps {
  channel: { title: string };
  content: Content;
  pictures: readonly PostPicture[];
  buttons: readonly (readonly PostButton[])[];
  /** The line that the law on advertising asks for; null when there is none. */
  mark: string | null;
  /** ISO; when it goes out, or went. Null while it is not agreed. */
  at: string | null;
}

export function PostPreview(props: PostPreviewProps): ReactNode {
  const t = useWords();
  const { channel, content, pictures, buttons, mark } = props;
  const isEmpty = content.text === "" && pictures.length === 0;
  return (
    <figure className="post" aria-label={t("ads:post.label", { channel: channel.title })} data-testid="post">
      <div className="post-column">
        <div className={pictures.length > 0 ? "post-bubble has-album" : "post-bubble"}>
          <p className="post-channel">{channel.title}</p>
          {pictures.length > 0 && <Album pictures={pictures} />}
          <div className="post-words">
            {isEmpty ? (
              <p className="post-text hint">{t("ads:post.empty")}</p>
            ) : (
              <PostText content={content} />
            )}
            {mark && <p className="post-mark">{mark}</p>}
            <TimeOfPost at={props.at} />
          </div>
        </div>
        <Buttons rows={buttons} />
      </div>
    </figure>
  );
}

function TimeOfPost({ at }: { at: string | null }): ReactNode {
  const language = useLanguage();
  if (at === null) return null;
  const time = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(Date.parse(at));
  return (
    <time className="post-time tabular" dateTime={at}>
      {time}
    </time>
  );
}

function Album({ pictures }: { pictures: readonly PostPicture[] }): ReactNode {
  const t = useWords();
  let next = 0;
  const rows = albumRows(pictures.length).map((size) => {
    const row = pictures.slice(next, next + size);
    next += size;
    return row;
  });
  return (
    <div className="post-album">
      {rows.map((row) => (
        <div className="post-album-row" key={row[0]?.id}>
          {row.map(({ id, url }) => (
            <span className="post-picture" key={id}>
              {url ? (
                <img src={url} alt={t("ads:post.picture")} />
              ) : (
                <>
                  <Icon name="camera" />
                  <span className="visually-hidden">{t("ads:post.picture")}</span>
                </>
              )}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

function Buttons({ rows }: { rows: readonly (readonly PostButton[])[] }): ReactNode {
  const shown = rows.filter((row) => row.length > 0);
  if (shown.length === 0) return null;
  return (
    <div className="post-buttons">
      {shown.map((row) => (
        <div className="post-button-row" key={row.map(({ text, url }) => text + url).join()}>
          {row.map(({ text, url }) => (
            <button
              type="button"
              className="post-button"
              key={text + url}
              onClick={() => /^(https?|tg):/.test(url) && openOutside(url)}
            >
              <span>{text}</span>
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
