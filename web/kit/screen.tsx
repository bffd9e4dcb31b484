/** A screen and its four states: loading in the shape of the content, empty with what fills it, error with what to do, ready. */
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "./button.tsx";
import { useWords, wordsOfError } from "./i18n.ts";
import { Icon, type IconName } from "./icons.tsx";
import type { Tone } from "./list.tsx";
import { ApiError } from "./problem.ts";
import { closeMiniApp, launch, useBackButton } from "./telegram.ts";

export interface ScreenProps {
  title: string;
  /** The title is read out and shown in the browser's tab, but the screen has its own head. */
  isTitleHidden?: boolean;
  lead?: ReactNode;
  /** At the right of the title. */
  action?: ReactNode;
  /** Null on the roots of the tabs. */
  onBack: (() => void) | null;
  hasTabs?: boolean;
  hasMainButton?: boolean;
  children: ReactNode;
}

export function Screen(props: ScreenProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const t = useWords();
  useBackButton(props.onBack);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  useEffect(() => {
    document.title = `${props.title} · Souk`;
  }, [props.title]);
  const needsBar = props.hasMainButton && !launch.isTelegram;
  const className = `screen${props.hasTabs ? " with-tabs" : ""}${needsBar ? " with-main-button" : ""}`;
  return (
    <main className={className}>
      {props.onBack && !launch.isTelegram && (
        <button type="button" className="browser-back" onClick={props.onBack}>
          <Icon name="back" size={22} />
          {t("kit:back")}
        </button>
      )}
      <div className={props.isTitleHidden ? "visually-hidden" : "screen-head"}>
        <h1 className="screen-title" tabIndex={-1} ref={heading}>
          {props.title}
        </h1>
        {props.action}
      </div>
      {props.lead && <p className="screen-lead">{props.lead}</p>}
      {props.children}
    </main>
  );
}

export function Placeholder(props: {
  icon: IconName;
  title: string;
  text?: ReactNode;
  tone?: Tone;
  action?: { text: string; onClick: () => void } | undefined;
}): ReactNode {
  return (
    <div className="placeholder" data-tone={props.tone}>
      <span className="placeholder-icon">
        <Icon name={props.icon} size={36} />
      </span>
      <h2 className="placeholder-title">{props.title}</h2>
      {props.text && <p className="placeholder-text">{props.text}</p>}
      {props.action && (
        <Button look="tinted" onClick={props.action.onClick}>
          {props.action.text}
        </Button>
      )}
    </div>
  );
}

/** What happened, whether money moved (it never does by a failed reading), and what to do. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }): ReactNode {
  const t = useWords();
  const kind = error instanceof ApiError ? error.kind : "bug";
  const isSignedOut = kind === "unauthenticated" && launch.isTelegram;
  const retry = isSignedOut
    ? { text: t("kit:closeApp"), onClick: closeMiniApp }
    : onRetry && { text: t("kit:retry"), onClick: onRetry };
  const requestId = error instanceof ApiError && kind === "bug" ? error.requestId : null;
  const titleKind = ["offline", "not_found", "unauthenticated", "limited", "unavailable"].includes(kind)
    ? kind
    : "bug";
  return (
    <div role="alert">
      <Placeholder
        icon={kind === "offline" ? "offline" : "warning"}
        tone={kind === "offline" ? "waiting" : "trouble"}
        title={t(`kit:failure.${titleKind}`)}
        text={
          <>
            {wordsOfError(t, error)}
            {requestId && <span className="request-id">{t("kit:requestId", { requestId })}</span>}
          </>
        }
        action={kind === "not_found" ? undefined : retry || undefined}
      />
    </div>
  );
}

export function SkeletonRows({ rows = 4, avatar = 40 }: { rows?: number; avatar?: number }): ReactNode {
  const t = useWords();
  return (
    <div className="section" aria-busy="true" role="status" aria-label={t("kit:loading")}>
      <div className="section-body">
        {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key, row) => (
          <div className="cell" key={key}>
            {avatar > 0 && (
              <span className="skeleton" style={{ width: avatar, height: avatar, borderRadius: avatar }} />
            )}
            <span className="cell-main">
              <span
                className="skeleton"
                style={{ display: "block", height: 16, width: `${70 - (row % 3) * 14}%` }}
              />
              <span
                className="skeleton"
                style={{ display: "block", height: 13, width: `${44 - (row % 2) * 12}%`, marginTop: 8 }}
              />
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}

/** Shows what a query has: old data stays on the screen while new data comes or fails to come. */
export function QueryView<T>(props: {
  query: { data: T | undefined; error: unknown; refetch: () => unknown };
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}): ReactNode {
  const { data, error, refetch } = props.query;
  if (data !== undefined) return props.children(data);
  if (error) return <Failure error={error} onRetry={() => refetch()} />;
  return props.skeleton ?? <SkeletonRows />;
}

/** Asks for the next page when it comes near the screen; it is also a button, for who goes by keyboard. */
export function More({ onSeen, isBusy }: { onSeen: () => void; isBusy: boolean }): ReactNode {
  const t = useWords();
  const element = useRef<HTMLButtonElement>(null);
  const latest = useRef(onSeen);
  latest.current = onSeen;
  useEffect(() => {
    if (!element.current || isBusy) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && latest.current(),
      { rootMargin: "400px" },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [isBusy]);
  return (
    <button
      type="button"
      className="button"
      data-look="plain"
      ref={element}
      onClick={onSeen}
      disabled={isBusy}
    >
      {isBusy ? <span className="spinner" aria-hidden="true" /> : null}
      {t("kit:more")}
    </button>
  );
}
