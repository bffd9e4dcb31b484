/** What was typed into a field, as the API takes it. Pure; `undefined` is "not understood", null is "left empty". */
import { parseAmount, scales, typedAmount } from "../../../../../kit/amount.ts";

/** Minor units of TON. */
export function typedPrice(typed: string): string | null | undefined {
  if (typed.trim() === "") return null;
  const minor = parseAmount(typed, scales.TON);
  return minor === null || minor === "0" ? undefined : minor;
}

/** A whole number, with any spaces and points between its groups. */
export function typedCount(typed: string): number | null | undefined {
  const digits = typed.replace(/[\s\u00a0\u202f.,]/g, "");
  if (digits === "") return null;
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}

/** As it would be typed, for a form that begins with what is there. */
export const priceTyped = (minor: string | null | undefined, language: string): string =>
  minor === null || minor === undefined ? "" : typedAmount(minor, scales.TON, language);

export const countTyped = (value: number | null): string => (value === null ? "" : String(value));

const two = (value: number): string => String(value).padStart(2, "0");

/** An instant as a field for date and time takes it, on the reader's own clock. */
export function localOf(instant: string | number): string {
  const at = new Date(instant);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The instant of such a field, to the minute; null when it is none. */
export function instantOf(local: string): string | null {
  const at = new Date(local);
  return local === "" || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** The next whole hour that is at least so far away. */
export function soonest(nowMs: number, hoursAhead: number): number {
  const hour = 3_600_000;
  return Math.ceil((nowMs + hoursAhead * hour) / hour) * hour;
}
