/** Everything that moved, newest first, by days; more comes as one scrolls. */
import { type ReactNode, useEffect, useRef } from "react";
import type { Movement } from "../../../../../server/src/kernel/ledger/shapes.ts";
import type { Asset } from "../../../../../server/src/platform/shapes.ts";
import { assetNames, formatAmount } from "../../../../kit/amount.ts";
import { Button } from "../../../../kit/button.tsx";
import { serverNow } from "../../../../kit/clock.ts";
import { useLanguage, useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../kit/list.tsx";
import { Placeholder, QueryView, SkeletonRows } from "../../../../kit/screen.tsx";
import { dayTitle, timeOfDay } from "./days.ts";
import { byDay, causePath, causeWords, movementIcon, signedAmount } from "./movement.ts";
import { useHistory } from "./requests.ts";

export function History(props: {
  assets: readonly Asset[];
  asset: Asset | null;
  onAsset: (asset: Asset | null) => void;
}): ReactNode {
  const t = useWords();
  const query = useHistory(props.asset);
  return (
    <section aria-label={t("balance:history.title")} data-testid="history">
      <h2 className="section-header history-title">{t("balance:history.title")}</h2>
      {props.assets.length > 1 && <AssetPills {...props} />}
      <QueryView
        query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
        skeleton={<SkeletonRows rows={5} avatar={28} />}
      >
        {(items) =>
          items.length === 0 ? (
            <Placeholder
              icon="clock"
              title={t("balance:history.empty")}
              text={t("balance:history.emptyText")}
            />
          ) : (
            <Days items={items} />
          )
        }
      </QueryView>
      {query.hasNextPage && (
        <NextPage
          isLoading={query.isFetchingNextPage}
          error={query.isFetchNextPageError ? query.error : null}
          onNeeded={() => void query.fetchNextPage()}
        />
      )}
    </section>
  );
}

function AssetPills(props: {
  assets: readonly Asset[];
  asset: Asset | null;
  onAsset: (asset: Asset | null) => void;
}): ReactNode {
  const t = useWords();
  const pill = (asset: Asset | null, text: string) => (
    <button
      key={asset ?? "all"}
      type="button"
      className="pill"
      aria-pressed={props.asset === asset}
      onClick={() => props.onAsset(asset)}
    >
      {text}
    </button>
  );
  return (
    <fieldset className="pills plain-fieldset">
      <legend className="visually-hidden">{t("balance:history.filter")}</legend>
      {pill(null, t("balance:history.all"))}
      {props.assets.map((asset) => pill(asset, asset === "XTR" ? "Stars" : assetNames[asset]))}
    </fieldset>
  );
}

function Days({ items }: { items: readonly Movement[] }): ReactNode {
  const language = useLanguage();
  return byDay(items, (at) => dayTitle(at, serverNow(), language)).map(({ day, items: moved }) => (
    <Section key={day} header={<span className="day">{day}</span>}>
      {moved.map((one) => (
        <MovementCell key={`${one.id}/${one.asset}`} movement={one} />
      ))}
    </Section>
  ));
}

function MovementCell({ movement }: { movement: Movement }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { amount, asset, heldChange, balanceAfter } = movement;
  const path = causePath(movement);
  const held = heldChange.replace("-", "");
  const isOnlyHeld = amount === "0";
  return (
    <Cell
      before={<Icon name={movementIcon(movement)} />}
      title={
        <span className="sum-row">
          <span>{causeWords(t, movement)}</span>
          {!isOnlyHeld && (
            <span className="sum" data-sign={amount.startsWith("-") ? "minus" : "plus"}>
              {signedAmount(amount, asset, language)}
            </span>
          )}
        </span>
      }
      subtitle={
        <span className="timeline-meta">
          <time dateTime={movement.at}>{timeOfDay(movement.at, language)}</time>
          {isOnlyHeld && (
            <span>
              {t(`balance:history.${heldChange.startsWith("-") ? "heldLess" : "heldMore"}`, {
                sum: formatAmount({ amount: held, asset }, language),
              })}
            </span>
          )}
          {!isOnlyHeld && (
            <span>
              {t("balance:history.after", { sum: formatAmount({ amount: balanceAfter, asset }, language) })}
            </span>
          )}
        </span>
      }
      {...(path ? { to: path } : {})}
    />
  );
}

/** Asks for more when it comes near the screen; a button for who does not scroll, and for trying again. */
function NextPage(props: { isLoading: boolean; error: unknown; onNeeded: () => void }): ReactNode {
  const t = useWords();
  const mark = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    const observer = new IntersectionObserver(
      ([entry]) => {
        const { isLoading, error, onNeeded } = latest.current;
        if (entry?.isIntersecting && !isLoading && !error) onNeeded();
      },
      { rootMargin: "400px" },
    );
    if (mark.current) observer.observe(mark.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={mark}>
      {Boolean(props.error) && (
        <p className="section-footer" role="alert">
          {t("balance:history.failed")} {wordsOfError(t, props.error)}
        </p>
      )}
      <Button look="plain" isLoading={props.isLoading} onClick={props.onNeeded}>
        {props.isLoading ? t("balance:history.loading") : t("kit:more")}
      </Button>
    </div>
  );
}
