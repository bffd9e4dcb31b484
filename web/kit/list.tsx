/** Grouped lists as on iOS and Android: a header, rows, and a footer that explains. */
import { type CSSProperties, type ReactNode, useId, useState } from "react";
import { Link } from "wouter";
import { Icon, type IconName } from "./icons.tsx";

export function Section(props: {
  header?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
  label?: string;
  testId?: string;
}): ReactNode {
  const headerId = useId();
  const name = props.header
    ? { "aria-labelledby": headerId }
    : props.label
      ? { "aria-label": props.label }
      : {};
  return (
    <section className="section" data-testid={props.testId} {...name}>
      {props.header && (
        <h2 className="section-header" id={headerId}>
          {props.header}
        </h2>
      )}
      <div className="section-body">{props.children}</div>
      {props.footer && <div className="section-footer">{props.footer}</div>}
    </section>
  );
}

export interface CellProps {
  title: ReactNode;
  subtitle?: ReactNode;
  before?: ReactNode;
  /** Width of `before`, for the separator; pixels. */
  beforeSize?: number;
  after?: ReactNode;
  isAfterStrong?: boolean;
  /** A path inside the Mini App. */
  to?: string;
  onClick?: () => void;
  look?: "row" | "action" | "danger";
  isOneLine?: boolean;
  label?: string;
  testId?: string;
  isDisabled?: boolean;
}

function CellInside({ title, subtitle, before, after, isAfterStrong, to, isOneLine }: CellProps): ReactNode {
  return (
    <>
      {before && <span className="cell-before">{before}</span>}
      <span className="cell-main">
        <span className={isOneLine ? "cell-title one-line" : "cell-title"}>{title}</span>
        {subtitle && <span className="cell-subtitle">{subtitle}</span>}
      </span>
      {after !== undefined && after !== null && (
        <span className={isAfterStrong ? "cell-after is-strong" : "cell-after"}>{after}</span>
      )}
      {to && (
        <span className="chevron">
          <Icon name="next" size={18} />
        </span>
      )}
    </>
  );
}

/** A row: a link with `to`, a button with `onClick`, else plain. */
export function Cell(props: CellProps): ReactNode {
  const { look = "row", to, onClick, before, beforeSize } = props;
  const className = `cell${before ? " has-before" : ""}${look === "row" ? "" : ` is-${look}`}`;
  const style = (beforeSize ? { "--before": `${beforeSize}px` } : {}) as CSSProperties;
  const shared = { className, style, "aria-label": props.label, "data-testid": props.testId };
  if (to)
    return (
      <Link href={to} {...shared}>
        <CellInside {...props} />
      </Link>
    );
  if (onClick)
    return (
      <button type="button" onClick={onClick} disabled={props.isDisabled} {...shared}>
        <CellInside {...props} />
      </button>
    );
  return (
    <div className={className} style={style} data-testid={props.testId}>
      <CellInside {...props} />
    </div>
  );
}

/** A row that is on or off. */
export function SwitchCell(props: {
  title: ReactNode;
  subtitle?: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  isDisabled?: boolean;
}): ReactNode {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={props.isOn}
      className="cell"
      disabled={props.isDisabled}
      onClick={() => props.onChange(!props.isOn)}
    >
      <span className="cell-main">
        <span className="cell-title">{props.title}</span>
        {props.subtitle && <span className="cell-subtitle">{props.subtitle}</span>}
      </span>
      <span className="switch" aria-hidden="true" />
    </button>
  );
}

/** One of several; stands in a `role="radiogroup"`. */
export function ChoiceCell(props: {
  title: ReactNode;
  subtitle?: ReactNode;
  before?: ReactNode;
  isChosen: boolean;
  onChoose: () => void;
}): ReactNode {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native radio cannot hold a row of two lines and an icon.
    <button
      type="button"
      role="radio"
      aria-checked={props.isChosen}
      className={props.before ? "cell has-before" : "cell"}
      onClick={props.onChoose}
    >
      {props.before && <span className="cell-before">{props.before}</span>}
      <span className="cell-main">
        <span className="cell-title">{props.title}</span>
        {props.subtitle && <span className="cell-subtitle">{props.subtitle}</span>}
      </span>
      <span className="check" style={{ visibility: props.isChosen ? "visible" : "hidden" }}>
        <Icon name="check" />
      </span>
    </button>
  );
}

/** A picture, or the first letters of the name. */
export function Avatar({
  name,
  url,
  size = 40,
}: {
  name: string;
  url: string | null;
  size?: number;
}): ReactNode {
  if (url)
    return (
      <img
        className="avatar"
        src={url}
        alt=""
        width={size}
        height={size}
        style={{ width: size, height: size }}
      />
    );
  const letters = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
  return (
    <span className="avatar" style={{ width: size, height: size, fontSize: size * 0.38 }} aria-hidden="true">
      {letters}
    </span>
  );
}

export type Tone = "waiting" | "safe" | "done" | "trouble" | "quiet";

export function Chip({ tone, children }: { tone: Tone; children: ReactNode }): ReactNode {
  return (
    <span className="chip" data-tone={tone}>
      {children}
    </span>
  );
}

/** A section of one row that opens what it names. */
export function Unfolding(props: {
  icon: IconName;
  title: ReactNode;
  subtitle: ReactNode;
  testId: string;
  children: ReactNode;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="section">
      <div className="section-body">
        <button
          type="button"
          className="cell has-before"
          aria-expanded={isOpen}
          data-testid={props.testId}
          onClick={() => setOpen(!isOpen)}
        >
          <span className="cell-before">
            <Icon name={props.icon} />
          </span>
          <span className="cell-main">
            <span className="cell-title">{props.title}</span>
            <span className="cell-subtitle">{props.subtitle}</span>
          </span>
          <span className="chevron" style={{ rotate: isOpen ? "-90deg" : "90deg" }}>
            <Icon name="next" size={18} />
          </span>
        </button>
        {isOpen && props.children}
      </div>
    </section>
  );
}
