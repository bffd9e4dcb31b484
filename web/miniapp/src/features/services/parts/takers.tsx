/** Who took the order, with what others say of them: to choose, and afterwards to rate. */
import { type ReactNode, useState } from "react";
import { Button } from "../../../../../kit/button.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Avatar, Chip, Section } from "../../../../../kit/list.tsx";
import { RatingText } from "../../../../../kit/stars.tsx";
import { haptics } from "../../../../../kit/telegram.ts";
import { DateText } from "../../../../../kit/time-left.tsx";
import { type OrderDetails, useRespond } from "../queries.ts";
import { RateSheet } from "./rate-sheet.tsx";

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
            <Button
              look={taker.isChosen ? "filled" : "tinted"}
              onClick={() => setRating(taker)}
              testId={`rate-${taker.user.id}`}
            >
              {t("orders:takers.rate")}
            </Button>
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
