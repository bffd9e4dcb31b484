/** Writing a post: words with their looks, buttons, and beside it what Telegram will make of it. */
import type { ReactNode } from "react";
import { randomId } from "../../../../../kit/api.ts";
import { Field } from "../../../../../kit/form.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { PhotoPicker } from "../../../kernel/files/photo-picker.tsx";
import {
  BUTTON_ROWS_MAX,
  type CreativeDraft,
  type CreativeProblems,
  PHOTOS_MAX,
  type TypedButton,
  textMax,
} from "../drafts/creative-draft.ts";
import { linkOf } from "../post/content.ts";
import { PostEditor } from "../post/post-editor.tsx";
import { PostPreview } from "../post/post-preview.tsx";
import type { WrittenCreative } from "./use-creative.ts";

export function CreativeForm(props: {
  creative: WrittenCreative;
  /** Null before the first try to send. */
  problems: CreativeProblems | null;
  channel: { title: string };
  mark: string | null;
  at: string | null;
}): ReactNode {
  const { creative, problems } = props;
  const { draft, photos, change: onChange } = creative;
  const t = useWords();
  const previews = new Map(photos.items.map(({ id, key, previewUrl }) => [id ?? key, previewUrl]));
  return (
    <>
      <Section footer={t("ads:editor.footer")}>
        <PostEditor
          label={t("ads:editor.text")}
          placeholder={t("ads:editor.placeholder")}
          content={draft.content}
          max={textMax(draft)}
          error={problems?.text ? t(`ads:problem.${problems.text}`, { max: textMax(draft) }) : null}
          onChange={(content) => onChange({ ...draft, content })}
        />
        <PhotoPicker photos={photos} max={PHOTOS_MAX} />
      </Section>
      <Buttons draft={draft} problems={problems} onChange={(buttons) => onChange({ ...draft, buttons })} />
      <h2 className="section-header ad-header">{t("ads:editor.preview")}</h2>
      <PostPreview
        channel={props.channel}
        content={draft.content}
        pictures={draft.media.map(({ fileId }) => ({ id: fileId, url: previews.get(fileId) ?? null }))}
        buttons={draft.buttons.map((row) =>
          row
            .filter(({ text }) => text.trim() !== "")
            .map(({ text, url }) => ({ text, url: linkOf(url) ?? "" })),
        )}
        mark={props.mark}
        at={props.at}
      />
    </>
  );
}

function Buttons(props: {
  draft: CreativeDraft;
  problems: CreativeProblems | null;
  onChange: (buttons: CreativeDraft["buttons"]) => void;
}): ReactNode {
  const { draft, problems, onChange } = props;
  const t = useWords();
  const { buttons } = draft;
  const numbers = new Map(buttons.flat().map(({ key }, place) => [key, place + 1]));
  const put = (key: string, part: Partial<TypedButton>) =>
    onChange(buttons.map((row) => row.map((one) => (one.key === key ? { ...one, ...part } : one))));
  const remove = (key: string) =>
    onChange(buttons.map((row) => row.filter((one) => one.key !== key)).filter((row) => row.length > 0));
  const wrong = problems?.buttons;
  return (
    <Section
      header={t("ads:editor.buttons")}
      footer={
        wrong ? (
          <span className="field-error" role="alert">
            {t(`ads:problem.${wrong}`)}
          </span>
        ) : (
          t("ads:editor.buttonsFooter")
        )
      }
    >
      {buttons.flat().map((button) => (
        <ButtonFields
          key={button.key}
          button={button}
          number={numbers.get(button.key) ?? 0}
          wrong={problems?.button[button.key]}
          onChange={(part) => put(button.key, part)}
          onRemove={() => remove(button.key)}
        />
      ))}
      {buttons.length < BUTTON_ROWS_MAX && (
        <Cell
          look="action"
          before={<Icon name="plus" />}
          title={t("ads:editor.addButton")}
          onClick={() => onChange([...buttons, [{ key: randomId(), text: "", url: "" }]])}
        />
      )}
    </Section>
  );
}

function ButtonFields(props: {
  button: TypedButton;
  number: number;
  wrong: CreativeProblems["button"][string] | undefined;
  onChange: (part: Partial<TypedButton>) => void;
  onRemove: () => void;
}): ReactNode {
  const { button, number, wrong, onChange } = props;
  const t = useWords();
  return (
    <fieldset className="editor-pair">
      <legend className="visually-hidden">{t("ads:editor.button", { number })}</legend>
      <div className="editor-pair-fields">
        <Field
          label={t("ads:editor.buttonText", { number })}
          value={button.text}
          max={64}
          onChange={(text) => onChange({ text })}
          error={wrong?.text ? t(`ads:problem.${wrong.text}`) : null}
        />
        <Field
          label={t("ads:editor.buttonUrl")}
          placeholder="https://"
          value={button.url}
          max={512}
          onChange={(url) => onChange({ url })}
          error={wrong?.url ? t(`ads:problem.${wrong.url}`) : null}
        />
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label={t("ads:editor.removeButton", { number })}
        onClick={props.onRemove}
      >
        <Icon name="close" size={20} />
      </button>
    </fieldset>
  );
}
