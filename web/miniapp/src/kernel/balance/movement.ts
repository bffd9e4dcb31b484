/** What a line of the history says and where it leads. Sums are exact: minor units, never a floating number. */
import type { Movement } from "../../../../../server/src/kernel/ledger/shapes.ts";
import type { Asset } from "../../../../../server/src/platform/shapes.ts";
import { formatAmount } from "../../../../kit/amount.ts";
import { hasWords, type Translate } from "../../../../kit/i18n.ts";
import type { IconName } from "../../../../kit/icons.tsx";

/** `+12.5 GRAM`, `−3 ★`. */
export function signedAmount(minor: string, asset: Asset, language: string): string {
  const isMinus = minor.startsWith("-");
  const sum = formatAmount({ amount: isMinus ? minor.slice(1) : minor, asset }, language);
  return minor === "0" ? sum : `${isMinus ? "−" : "+"}${sum}`;
}

/** The cause in the words of its own module, else what kind of movement it is. */
export function causeWords(t: Translate, { cause, kind }: Movement): string {
  const [module = "", event = ""] = cause.kind.split(".");
  const key = `${module}:causes.${event}`;
  return hasWords(key) ? t(key) : t(`ledger:kinds.${kind}`);
}

/** The screen of what caused it; null where there is none. */
export function causePath({ cause }: Movement): string | null {
  if (!/^[0-9a-f-]{36}$/.test(cause.id)) return null;
  if (cause.kind.startsWith("payments.") && cause.kind !== "payments.claimed") return `/payments/${cause.id}`;
  return cause.kind.startsWith("deals.") ? `/deals/${cause.id}` : null;
}

export function movementIcon({ amount, heldChange, kind }: Movement): IconName {
  if (kind === "conversion") return "swap";
  if (amount === "0") return heldChange.startsWith("-") ? "refresh" : "lock";
  return amount.startsWith("-") ? "share" : "download";
}

/** Movements by the day on which they happened, in their order. `dayOf` names a day. */
export function byDay(
  movements: readonly Movement[],
  dayOf: (at: string) => string,
): { day: string; items: Movement[] }[] {
  const days: { day: string; items: Movement[] }[] = [];
  for (const one of movements) {
    const day = dayOf(one.at);
    const last = days.at(-1);
    if (last?.day === day) last.items.push(one);
    else days.push({ day, items: [one] });
  }
  return days;
}

/** What came and what went, in minor units. */
export function turnover(movements: readonly Movement[]): { in: string; out: string } {
  const sum = (isOut: boolean): string =>
    movements
      .map(({ amount }) => BigInt(amount))
      .filter((amount) => amount < 0n === isOut)
      .reduce((total, amount) => total + (isOut ? -amount : amount), 0n)
      .toString();
  return { in: sum(false), out: sum(true) };
}
