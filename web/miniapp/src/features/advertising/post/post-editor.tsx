/** The words of a post with a row of looks, as Telegram's own editor has them. What it will look like is shown by the preview beside it. */
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { Button } from "../../../../../kit/button.tsx";
import { Field } from "../../../../../kit/form.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Section } from "../../../../../kit/list.tsx";
import { Sheet } from "../../../../../kit/sheet.tsx";
import { haptics } from "../../../../../kit/telegram.ts";
import {
  afterTyping,
  type Content,
  type EntityKind,
  kindsAt,
  linkAt,
  linkOf,
  type Range,
  toggle,
  unlinked,
  wordAt,
} from "./content.ts";

const looks: readonly { kind: EntityKind; glyph: ReactNode }[] = [
  { kind: "bold", glyph: <b>B</b> },
  { kind: "italic", glyph: <i>I</i> },
  { kind: "underline", glyph: <u>U</u> },
  { kind: "strikethrough", glyph: <s>S</s> },
  { kind: "spoiler", glyph: <span className="editor-spoiler">Aa</span> },
  { kind: "code", glyph: <code>{"</>"}</code> },
  { kind: "blockquote", glyph: <b>”</b> },
];

export interface PostEditorProps {
  label: string;
  content: Content;
  max: number;
  placeholder: string;
  error: string | null;
  onChange: (content: Content) => void;
}

/** What is selected; `keep` holds on to it over a press on a look, which would lose it. */
function useSelection() {
  const area = useRef<HTMLTextAreaElement>(null);
  const [range, setRange] = useState<Range>({ start: 0, end: 0 });
  const kept = useRef<Range | null>(null);
  useLayoutEffect(() => {
    if (!kept.current || !area.current) return;
    area.current.focus();
    area.current.setSelectionRange(kept.current.start, kept.current.end);
    kept.current = null;
  });
  const keep = () => {
    kept.current = range;
  };
  return { area, range, setRange, keep };
}

export function PostEditor(props: PostEditorProps): ReactNode {
  const { content, onChange } = props;
  const id = useId();
  const { area, range, setRange, keep } = useSelection();
  const [isLinking, setLinking] = useState(false);
  const at = range.start === range.end ? wordAt(content.text, range.start) : range;
  const active = kindsAt(content, range);
  const apply = (next: Content) => {
    haptics.selection();
    keep();
    onChange(next);
  };
  const link = (url: string | null) => {
    setLinking(false);
    apply(url === null ? unlinked(content, at) : toggle(content, at, "text_link", url));
  };
  const left = props.max - content.text.length;
  return (
    <div className={props.error ? "field is-wrong" : "field"}>
      <label className="field-label" htmlFor={id}>
        {props.label}
        {left <= 100 && <span className="tabular">{left}</span>}
      </label>
      <textarea
        id={id}
        ref={area}
        rows={3}
        className="field-input editor-input"
        value={content.text}
        placeholder={props.placeholder}
        maxLength={props.max}
        aria-invalid={props.error ? true : undefined}
        aria-describedby={props.error ? `${id}-error` : undefined}
        data-testid="post-editor"
        onSelect={({ currentTarget: { selectionStart, selectionEnd } }) =>
          setRange({ start: selectionStart, end: selectionEnd })
        }
        onChange={({ target }) => onChange(afterTyping(content, target.value, target.selectionStart))}
      />
      <Toolbar
        areaId={id}
        active={active}
        isIdle={at.start === at.end}
        onLook={(kind) => apply(toggle(content, at, kind))}
        onLink={() => setLinking(true)}
      />
      {props.error && (
        <p className="field-error" id={`${id}-error`} role="alert">
          <Icon name="warning" size={18} />
          {props.error}
        </p>
      )}
      {isLinking && (
        <LinkSheet
          words={content.text.slice(at.start, at.end)}
          url={linkAt(content, at)?.url ?? ""}
          onClose={() => setLinking(false)}
          onSet={link}
        />
      )}
    </div>
  );
}

function Toolbar(props: {
  areaId: string;
  active: ReadonlySet<EntityKind>;
  /** Nothing is chosen, and the cursor is in no word. */
  isIdle: boolean;
  onLook: (kind: EntityKind) => void;
  onLink: () => void;
}): ReactNode {
  const t = useWords();
  const button = (kind: EntityKind, glyph: ReactNode, onClick: () => void) => (
    <button
      key={kind}
      type="button"
      className="editor-button"
      aria-pressed={props.active.has(kind)}
      aria-label={t(`ads:editor.${kind}`)}
      disabled={props.isIdle}
      onClick={onClick}
    >
      {glyph}
    </button>
  );
  return (
    <div
      className="editor-bar"
      role="toolbar"
      aria-label={t("ads:editor.looks")}
      aria-controls={props.areaId}
    >
      {looks.map(({ kind, glyph }) => button(kind, glyph, () => props.onLook(kind)))}
      {button("text_link", <Icon name="link" size={20} />, props.onLink)}
    </div>
  );
}

function LinkSheet(props: {
  words: string;
  url: string;
  onSet: (url: string | null) => void;
  onClose: () => void;
}): ReactNode {
  const t = useWords();
  const [typed, setTyped] = useState(props.url);
  const [isChecked, setChecked] = useState(false);
  const url = linkOf(typed);
  const set = () => {
    setChecked(true);
    if (url) props.onSet(url);
    else haptics.error();
  };
  return (
    <Sheet title={t("ads:editor.linkTitle")} onClose={props.onClose} testId="link-sheet">
      <Section footer={t("ads:editor.linkFooter", { words: props.words })}>
        <Field
          label={t("ads:editor.linkField")}
          placeholder="https://"
          value={typed}
          max={512}
          onChange={setTyped}
          error={isChecked && !url ? t("ads:editor.linkWrong") : null}
        />
      </Section>
      <div className="sheet-actions">
        <Button onClick={set}>{t("ads:editor.linkSet")}</Button>
        {props.url !== "" && (
          <Button look="danger" onClick={() => props.onSet(null)}>
            {t("ads:editor.linkOff")}
          </Button>
        )}
      </div>
    </Sheet>
  );
}
