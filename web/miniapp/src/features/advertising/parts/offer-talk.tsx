/** What the two have said to each other: each proposal with its terms, what it changed marked, and the words beside it. */
import type { ReactNode } from "react";
import { formatAmount } from "../../../../../kit/amount.ts";
import { serverNow } from "../../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { dateTime } from "../../../../../kit/time.ts";
import { DateText } from "../../../../../kit/time-left.tsx";
import { shortFormat } from "../names.ts";
import type { OfferTold } from "../queries.ts";

type Event = OfferTold["history"][number];
type Terms = Event["terms"];

export function OfferTalk({ offer }: { offer: OfferTold }): ReactNode {
  const t = useWords();
  return (
    <section aria-label={t("ads:offer.talk")}>
      <h2 className="section-header ad-header">{t("ads:offer.talk")}</h2>
      <ol className="said" data-testid="offer-talk">
        {offer.history.map((event, place) => (
          <Said
            key={`${event.at}-${event.kind}`}
            offer={offer}
            event={event}
            before={offer.history.slice(0, place).findLast(isProposal)?.terms ?? null}
          />
        ))}
      </ol>
    </section>
  );
}

const isProposal = ({ kind }: Event): boolean =>
  kind === "offered" || kind === "countered" || kind === "booked";

function Said({ offer, event, before }: { offer: OfferTold; event: Event; before: Terms | null }): ReactNode {
  const t = useWords();
  const isMine = event.by === offer.role;
  const who =
    event.by === "system"
      ? t("ads:offer.by.system")
      : isMine
        ? t("ads:offer.by.you")
        : (event.by === "publisher" ? offer.publisher : offer.advertiser).firstName;
  if (event.by === "system" || (!isProposal(event) && event.message === ""))
    return (
      <li className="said-one is-system">
        {t(`ads:offer.said.${event.kind}`, { who })} · <DateText at={event.at} />
      </li>
    );
  return (
    <li className={isMine ? "said-one is-mine" : "said-one"}>
      <p className="said-head">{t(`ads:offer.said.${event.kind}`, { who })}</p>
      {isProposal(event) && <TermsOf terms={event.terms} before={before} />}
      {event.message && <p className="said-text">{event.message}</p>}
      <p className="said-at">
        <DateText at={event.at} />
      </p>
    </li>
  );
}

function TermsOf({ terms, before }: { terms: Terms; before: Terms | null }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const when = (at: string) => dateTime(at, serverNow(), language);
  const rows = [
    {
      name: "price",
      now: formatAmount(terms.price, language),
      was: before && formatAmount(before.price, language),
    },
    { name: "format", now: shortFormat(terms.format), was: before && shortFormat(before.format) },
    { name: "postAt", now: when(terms.postAt), was: before && when(before.postAt) },
    {
      name: "by",
      now: t(`ads:terms.postedBy.${terms.postedBy}`),
      was: before && t(`ads:terms.postedBy.${before.postedBy}`),
    },
    {
      name: "top",
      now: t(`ads:terms.top.${terms.isTopOfFeed}`),
      was: before && t(`ads:terms.top.${before.isTopOfFeed}`),
    },
  ] as const;
  // The first proposal names everything, a later one what it changes.
  const shown = before === null ? rows : rows.filter(({ now, was }) => now !== was);
  if (shown.length === 0) return <p className="said-terms hint">{t("ads:offer.sameTerms")}</p>;
  return (
    <dl className="said-terms">
      {shown.map(({ name, now, was }) => (
        <div key={name}>
          <dt>{t(`ads:terms.short.${name}`)}</dt>
          <dd className={was === null ? "tabular" : "tabular said-changed"}>
            {was !== null && (
              <>
                <span className="visually-hidden">{t("ads:offer.was")}</span>
                <s className="said-was">{was}</s>{" "}
              </>
            )}
            {now}
          </dd>
        </div>
      ))}
    </dl>
  );
}
