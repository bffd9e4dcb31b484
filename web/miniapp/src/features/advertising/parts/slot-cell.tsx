/** A place for one post: how long it stays, when it may begin, what it costs. */
import type { ReactNode } from "react";
import { formatAmount } from "../../../../../kit/amount.ts";
import { serverNow } from "../../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Cell, Chip } from "../../../../../kit/list.tsx";
import { AmountText } from "../../../../../kit/money.tsx";
import { roundedCost } from "../figures.ts";
import { hoursText, longFormat, shortFormat } from "../names.ts";
import type { Slot } from "../queries.ts";

export function SlotCell({ slot, to }: { slot: Slot; to: string }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  return (
    <Cell
      to={to}
      testId={`slot-${slot.id}`}
      title={
        <span className="sum-line">
          <span>{shortFormat(slot.format)}</span>
          <AmountText value={slot.price} />
        </span>
      }
      subtitle={
        <>
          <span className="listing-line">{longFormat(t, slot.format, language)}</span>
          <span className="listing-line">{slotTimes(t, slot, language)}</span>
          {slot.costPerThousand && (
            <span className="listing-line">
              {t("ads:slots.perThousand", {
                price: formatAmount(roundedCost(slot.costPerThousand), language),
              })}
            </span>
          )}
          {slot.forbiddenTopics.length > 0 && (
            <span className="listing-line">
              {t("ads:slots.forbidden", {
                topics: slot.forbiddenTopics.map((one) => t(`ads:topic.${one}`)).join(", "),
              })}
            </span>
          )}
          {slot.note && <span className="listing-line">{slot.note}</span>}
          <SlotState slot={slot} />
        </>
      }
    />
  );
}

/** Working hours and how early to book. */
function slotTimes(t: ReturnType<typeof useWords>, slot: Slot, language: string): string {
  const { from, to, timeZone } = slot.hours;
  const when =
    from === to
      ? t("ads:slots.allDay")
      : t("ads:slots.between", { from, to, zone: zoneName(timeZone, language) });
  return `${when} · ${t("ads:slots.lead", { hours: hoursText(slot.leadHours, language) })}`;
}

/** `Moscow time`, by the language's own name of the zone. */
export function zoneName(timeZone: string, language: string): string {
  try {
    const parts = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: "longGeneric" }).formatToParts(
      serverNow(),
    );
    const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
    // A zone without a name of its own is told by its distance, which its own letters say better: UTC.
    return name.startsWith("GMT") ? timeZone : name;
  } catch {
    return timeZone;
  }
}

/** Why it cannot be booked, where that is so; and that only a code opens it. */
function SlotState({ slot }: { slot: Slot }): ReactNode {
  const t = useWords();
  const isPrivate = slot.visibility === "private";
  const pausedBy = slot.status === "active" ? slot.pausedBy : (slot.pausedBy ?? "publisher");
  if (!pausedBy && !isPrivate) return null;
  return (
    <span className="chips">
      {pausedBy && (
        <Chip tone={pausedBy === "publisher" || pausedBy === "sale" ? "quiet" : "trouble"}>
          {t(`ads:slots.paused.${pausedBy}`)}
        </Chip>
      )}
      {isPrivate && <Chip tone="quiet">{t("ads:slots.private")}</Chip>}
    </span>
  );
}
