/** Clouds of pills: one of several, or several of many. */
import { type ReactNode, useId } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import "../advertising.css";
import { haptics } from "../../../../../kit/telegram.ts";

interface PillsProps<T extends string> {
  header: string;
  footer?: ReactNode;
  error?: string | null | undefined;
  options: readonly T[];
  nameOf: (option: T) => string;
}

function Cloud(props: {
  header: string;
  footer?: ReactNode;
  error?: string | null | undefined;
  role: "radiogroup" | "group";
  children: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <section className="section">
      <h2 className="section-header" id={id}>
        {props.header}
      </h2>
      {props.role === "radiogroup" ? (
        <div className="pill-grid" role="radiogroup" aria-labelledby={id}>
          {props.children}
        </div>
      ) : (
        <fieldset className="pill-grid ad-fieldset" aria-labelledby={id}>
          {props.children}
        </fieldset>
      )}
      {props.error && (
        <p className="section-footer field-error" role="alert" tabIndex={-1}>
          <Icon name="warning" size={18} />
          {props.error}
        </p>
      )}
      {props.footer && <div className="section-footer">{props.footer}</div>}
    </section>
  );
}

/** A second press on the chosen one takes it back where `isOptional`. */
export function OnePill<T extends string>(
  props: PillsProps<T> & { chosen: T | null; isOptional?: boolean; onChange: (chosen: T | null) => void },
): ReactNode {
  return (
    <Cloud {...props} role="radiogroup">
      {props.options.map((one) => (
        // biome-ignore lint/a11y/useSemanticElements: a cloud of pills acts as radios.
        <button
          key={one}
          type="button"
          role="radio"
          className={one === props.chosen ? "pill is-on" : "pill"}
          aria-checked={one === props.chosen}
          onClick={() => {
            haptics.selection();
            props.onChange(props.isOptional && one === props.chosen ? null : one);
          }}
        >
          {props.nameOf(one)}
        </button>
      ))}
    </Cloud>
  );
}

export function ManyPills<T extends string>(
  props: PillsProps<T> & { chosen: readonly T[]; max?: number; onChange: (chosen: T[]) => void },
): ReactNode {
  const t = useWords();
  const { chosen, max = Number.POSITIVE_INFINITY } = props;
  const isFull = chosen.length >= max;
  const press = (one: T) => {
    haptics.selection();
    props.onChange(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]);
  };
  return (
    <Cloud
      {...props}
      role="group"
      footer={
        isFull && chosen.length < props.options.length ? t("ads:form.full", { count: max }) : props.footer
      }
    >
      {props.options.map((one) => (
        <button
          key={one}
          type="button"
          className={chosen.includes(one) ? "pill is-on" : "pill"}
          aria-pressed={chosen.includes(one)}
          disabled={isFull && !chosen.includes(one)}
          onClick={() => press(one)}
        >
          {props.nameOf(one)}
        </button>
      ))}
    </Cloud>
  );
}
