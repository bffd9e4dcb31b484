/** The next page of a list: asked for when it comes near the screen; a button for who goes by keyboard, and for trying again. */
import { type ReactNode, useEffect, useRef } from "react";
import { useWords, wordsOfError } from "../../../../../kit/i18n.ts";

export interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  error: unknown;
  fetchNextPage: () => unknown;
}

export function More({ query }: { query: Pages }): ReactNode {
  const t = useWords();
  const element = useRef<HTMLButtonElement>(null);
  const latest = useRef(query);
  latest.current = query;
  const { hasNextPage, isFetchingNextPage: isBusy } = query;
  useEffect(() => {
    if (!hasNextPage || isBusy) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const { error, fetchNextPage } = latest.current;
        if (entries.some((entry) => entry.isIntersecting) && !error) fetchNextPage();
      },
      { rootMargin: "400px" },
    );
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, [hasNextPage, isBusy]);
  if (!hasNextPage) return null;
  return (
    <>
      {Boolean(query.error) && (
        <p className="section-footer" role="alert">
          {wordsOfError(t, query.error)}
        </p>
      )}
      <button
        type="button"
        className="button"
        data-look="plain"
        ref={element}
        disabled={isBusy}
        onClick={() => query.fetchNextPage()}
      >
        {isBusy && <span className="spinner" aria-hidden="true" />}
        {t("kit:more")}
      </button>
    </>
  );
}
