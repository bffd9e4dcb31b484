/** A day, or a day with its minute, by the phone's own picker and on the reader's own clock. */
import { type ReactNode, useId } from "react";
import { Icon } from "../../../../../kit/icons.tsx";

export function WhenField(props: {
  kind: "date" | "datetime-local" | "time";
  label: string;
  value: string;
  min?: string;
  error?: string | null | undefined;
  onChange: (value: string) => void;
  testId?: string;
}): ReactNode {
  const id = useId();
  return (
    <div className={props.error ? "field is-wrong" : "field"}>
      <label className="field-label" htmlFor={id}>
        {props.label}
      </label>
      <input
        id={id}
        type={props.kind}
        className="field-input"
        value={props.value}
        min={props.min}
        aria-invalid={props.error ? true : undefined}
        aria-describedby={props.error ? `${id}-error` : undefined}
        data-testid={props.testId}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {props.error && (
        <p className="field-error" id={`${id}-error`} role="alert">
          <Icon name="warning" size={18} />
          {props.error}
        </p>
      )}
    </div>
  );
}
