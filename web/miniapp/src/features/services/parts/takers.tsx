/** Who took the order, with what others say of them: to choose, and afterwards to rate. */
import { type ReactNode, useState } from "react";
import { Button } from "../../../../../kit/button.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Avatar, Chip, Section } from "../../../../../kit/list.tsx";
import { RatingText, StarsInput } from "../../../../../kit/stars.tsx";
import { haptics } from "../../../../../kit/telegram.ts";
import { DateText } from "../../../../../kit/time-left.tsx";
import { type OrderDetails, useRespond } from "../queries.ts";
import { RateSheet, useRate } from "./rate-sheet.tsx";

type Taker = NonNullable<OrderDetails["takers"]>[number];

const nameOf = ({ user }: Taker): string => user.firstName;

export function Takers({ order, canChoose }: { order: OrderDetails; canChoose: boolean }): ReactNode {
  const t = useWords();
  const [rating, setRating] = useState<Taker | null>(null);
  const respond = useRespond(order.id, { onDone: haptics.success });
  const takers = order.takers ?? [];
  if (takers.length === 0) return null;
  return (
    <Section
      header={t("orders:takers.header")}
      footer={canChoose ? t("orders:takers.footer") : undefined}
      testId="takers"
    >
      {takers.map((taker) => (
        <TakerRow key={taker.user.id} taker={taker} isTimeShown={canChoose}>
          {canChoose ? (
            <Button
              look="tinted"
              isLoading={respond.isPending && isAbout(respond.variables, taker)}
              onClick={() => respond.mutate({ executorId: taker.user.id })}
              testId={`choose-${taker.user.id}`}
            >
              {t("orders:takers.choose")}
            </Button>
          ) : taker.isReviewed ? (
            <Chip tone="done">{t("orders:takers.rated")}</Chip>
          ) : (
            <OneTapRating orderId={order.id} taker={taker} onWords={() => setRating(taker)} />
          )}
        </TakerRow>
      ))}
      {rating && (
        <RateSheet
          orderId={order.id}
          executor={{ id: rating.user.id, name: nameOf(rating) }}
          onClose={() => setRating(null)}
        />
      )}
    </Section>
  );
}

/** A star is the whole review; who has more to say opens the sheet. */
function OneTapRating(props: { orderId: string; taker: Taker; onWords: () => void }): ReactNode {
  const t = useWords();
  const { orderId, taker, onWords } = props;
  const rate = useRate(orderId, taker.user.id, haptics.success);
  return (
    <div className="taker-rating" data-testid={`stars-${taker.user.id}`}>
      <StarsInput
        label={t("orders:takers.rateTitle", { name: nameOf(taker) })}
        value={rate.isPending ? rate.variables.stars : null}
        onChange={(stars) => rate.isPending || rate.mutate({ stars })}
      />
      <Button look="plain" onClick={onWords} testId={`rate-${taker.user.id}`}>
        {t("orders:takers.rate")}
      </Button>
    </div>
  );
}

const isAbout = (answer: unknown, { user }: Taker): boolean =>
  (answer as { executorId?: string } | undefined)?.executorId === user.id;

function TakerRow(props: { taker: Taker; isTimeShown: boolean; children: ReactNode }): ReactNode {
  const { taker, isTimeShown, children } = props;
  const t = useWords();
  return (
    <div className="taker">
      <Avatar name={nameOf(taker)} url={taker.user.photoUrl} size={44} />
      <span className="cell-main">
        <span className="cell-title">{nameOf(taker)}</span>
        <span className="cell-subtitle">
          {taker.isChosen ? <b>{t("orders:takers.chosen")} · </b> : null}
          <RatingText rating={{ sum: 0, ...(taker.rating ?? { average: null, count: 0 }) }} />
          {isTimeShown && (
            <>
              {" · "}
              <DateText at={taker.takenAt} />
            </>
          )}
        </span>
      </span>
      {children}
    </div>
  );
}
