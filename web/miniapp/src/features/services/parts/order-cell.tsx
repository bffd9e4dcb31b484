/** One order in a list: what for, how far, what is said of it, and how long it still lives. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useNow } from "../../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import type { Tone } from "../../../../../kit/list.tsx";
import { DateText, TimeLeft } from "../../../../../kit/time-left.tsx";
import type { Order } from "../queries.ts";
import "../services.css";
import { CategoryBadge } from "./category-icon.tsx";

const URGENT_MS = 15 * 60_000;

export const isOpen = ({ status }: Order): boolean => status === "active" || status === "taken";

export function distanceText(km: number, language: string): string {
  const format = (value: number, unit: string) =>
    new Intl.NumberFormat(language, {
      style: "unit",
      unit,
      maximumFractionDigits: value < 10 ? 1 : 0,
    }).format(value);
  return km < 1 ? format(Math.max(0.1, km), "kilometer") : format(km, "kilometer");
}

interface Props {
  order: Order;
  /** What is to be done about it, for one's own. */
  verb?: { text: string; tone: Tone; until: string | null };
}

export function OrderCell({ order, verb }: Props): ReactNode {
  const t = useWords();
  const language = useLanguage();
  return (
    <Link
      href={`/orders/${order.id}`}
      className="cell has-before order-cell"
      data-testid={`order-${order.id}`}
      style={{ "--before": "44px" } as object}
    >
      <span className="cell-before">
        <CategoryBadge category={order.category} />
      </span>
      <span className="cell-main">
        <span className="sum-row">
          <span className="cell-title" style={{ fontWeight: 600 }}>
            {t(`services:categories.${order.category}`)}
          </span>
          {order.distanceKm !== undefined && (
            <span className="note hint nowrap">{distanceText(order.distanceKm, language)}</span>
          )}
        </span>
        <span className="note order-text">{order.description}</span>
        {verb ? <VerbLine {...verb} /> : <OpenLine order={order} />}
      </span>
      <span className="chevron">
        <Icon name="next" size={18} />
      </span>
    </Link>
  );
}

function VerbLine({ text, tone, until }: { text: string; tone: Tone; until: string | null }): ReactNode {
  return (
    <span className="order-line" data-tone={tone}>
      <span className="order-verb">{text}</span>
      {until && <TimeLeft until={until} isQuiet />}
    </span>
  );
}

function OpenLine({ order }: { order: Order }): ReactNode {
  const t = useWords();
  const now = useNow();
  const isUrgent = Date.parse(order.expiresAt) - now < URGENT_MS;
  return (
    <span className="order-line" data-tone="trouble">
      <span>{order.city}</span>
      {isOpen(order) ? (
        <>
          <PlacesLeft order={order} />
          <span className={isUrgent ? "is-urgent tabular" : "tabular"}>
            <TimeLeft until={order.expiresAt} isQuiet />
          </span>
        </>
      ) : (
        <>
          <span>{t(`services:status.${order.status}`)}</span>
          <DateText at={order.createdAt} />
        </>
      )}
    </span>
  );
}

/** Three places, and how many of them are still free. */
export function PlacesLeft({ order }: { order: Order }): ReactNode {
  const t = useWords();
  const left = order.maxTakes - order.takesCount;
  return (
    <span className="places-left">
      <span aria-hidden="true" className="places-left">
        {Array.from({ length: order.maxTakes }, (_, place) => `place-${place}`).map((key, place) => (
          <i key={key} data-free={place < left ? "" : undefined} />
        ))}
      </span>
      {t("orders:placesLeft", { count: left })}
    </span>
  );
}
