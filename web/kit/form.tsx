/** Forms of one thumb: big fields, the right keyboard, errors beside what is wrong. */
import { type ReactNode, useId } from "react";
import { Icon } from "./icons.tsx";

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | null;
  placeholder?: string;
  /** Characters allowed; the rest is shown when it runs out. */
  max?: number;
  /** `few`: one line that grows with what is typed, and takes no line breaks. */
  lines?: "one" | "few" | "many";
  keyboard?: "text" | "decimal" | "numeric" | "search";
  isBig?: boolean;
  suffix?: string;
  autoFocus?: boolean;
  onBlur?: () => void;
  testId?: string;
}

export function Field(props: FieldProps): ReactNode {
  const id = useId();
  const errorId = `${id}-error`;
  const left = props.max === undefined ? null : props.max - props.value.length;
  const shared = {
    id,
    value: props.value,
    placeholder: props.placeholder,
    maxLength: props.max,
    className: props.isBig ? "field-input field-big" : "field-input",
    "aria-invalid": props.error ? true : undefined,
    "aria-describedby": props.error ? errorId : undefined,
    "data-testid": props.testId,
    onBlur: props.onBlur,
    autoComplete: "off",
  };
  return (
    <div className={props.error ? "field is-wrong" : "field"}>
      <label className="field-label" htmlFor={id}>
        {props.label}
        {left !== null && left <= 20 && props.value !== "" && (props.max ?? 0) >= 60 && (
          <span className="tabular">{left}</span>
        )}
      </label>
      <div className="field-row">
        {props.lines === "many" ? (
          <textarea {...shared} rows={3} onChange={(event) => props.onChange(event.target.value)} />
        ) : props.lines === "few" ? (
          <textarea
            {...shared}
            rows={1}
            onChange={(event) => props.onChange(event.target.value.replace(/\s*\n\s*/g, " "))}
          />
        ) : (
          <input
            {...shared}
            type="text"
            inputMode={props.keyboard ?? "text"}
            onChange={(event) => props.onChange(event.target.value)}
          />
        )}
        {props.suffix && <span className="hint field-suffix">{props.suffix}</span>}
      </div>
      {props.error && (
        <p className="field-error" id={errorId} role="alert">
          <Icon name="warning" size={18} />
          {props.error}
        </p>
      )}
    </div>
  );
}

export function Segmented<T extends string>(props: {
  label: string;
  value: T;
  options: readonly { value: T; text: string }[];
  onChange: (value: T) => void;
}): ReactNode {
  return (
    <div className="segmented" role="radiogroup" aria-label={props.label}>
      {props.options.map(({ value, text }) => (
        // biome-ignore lint/a11y/useSemanticElements: a segmented control is a row of buttons that act as radios.
        <button
          key={value}
          type="button"
          role="radio"
          aria-checked={value === props.value}
          onClick={() => props.onChange(value)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}

export function SearchField(props: {
  value: string;
  onChange: (value: string) => void;
  label: string;
  clearLabel: string;
}): ReactNode {
  return (
    <search className="search">
      <Icon name="search" size={20} />
      <input
        type="search"
        inputMode="search"
        enterKeyHint="search"
        value={props.value}
        placeholder={props.label}
        aria-label={props.label}
        maxLength={100}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {props.value && (
        <button
          type="button"
          className="icon-button"
          aria-label={props.clearLabel}
          onClick={() => props.onChange("")}
        >
          <Icon name="close" size={18} />
        </button>
      )}
    </search>
  );
}

/** Takes the reader to what is wrong, once it is marked. */
export function focusFirstError(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const wrong = document.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]');
      wrong?.focus();
      wrong?.scrollIntoView({ block: "center" });
    }),
  );
}
