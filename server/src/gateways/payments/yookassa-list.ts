/**
 * YooKassa's books from the oldest to the newest. Its lists begin with the newest and can be cut only by time; so they are read a day at a
 * time, by the moment at which money came. Where nothing happened for long the next day with something in it is found by halving.
 */
import type { ListPage, Receipt } from "./port.ts";
import type { PaymentObject, RefundObject, YooKassaApi } from "./yookassa-api.ts";

const DAY_MS = 86_400_000;
/** The API is no older. */
const BEGINNING = Date.parse("2018-01-01T00:00:00.000Z");

/** The cursor is the moment from which to read on. */
export async function listYooKassa(
  api: YooKassaApi,
  cursor: string | null,
  receiptOf: (payment: PaymentObject) => Receipt,
  toMinor: (amount: RefundObject["amount"]) => bigint,
): Promise<ListPage> {
  const from = cursor === null ? BEGINNING : Date.parse(cursor);
  const start = await dayWithSomething(api, from);
  if (start === null) return { receipts: [], refunds: [], cursor: new Date(from).toISOString(), isEnd: true };
  const [payments, refunds] = await Promise.all([
    api.payments(captured(start, start + DAY_MS)),
    api.refunds(created(start, start + DAY_MS)),
  ]);
  const receipts = payments
    .map((one) => ({ ...receiptOf(one), isSure: true }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const back = refunds
    .map((one) => ({
      receiptId: one.payment_id,
      amount: toMinor(one.amount),
      at: new Date(one.created_at),
    }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const latest = Math.max(...[...receipts, ...back].map(({ at }) => at.getTime()));
  return { receipts, refunds: back, cursor: new Date(latest + 1).toISOString(), isEnd: false };
}

const iso = (ms: number): string => new Date(ms).toISOString();
type Filters = Record<string, string>;
const captured = (from: number, to: number | null): Filters => ({
  status: "succeeded",
  "captured_at.gte": iso(from),
  ...(to === null ? {} : { "captured_at.lt": iso(to) }),
});
const created = (from: number, to: number | null): Filters => ({
  status: "succeeded",
  "created_at.gte": iso(from),
  ...(to === null ? {} : { "created_at.lt": iso(to) }),
});

/** The beginning of the first day, counted from `from`, in which something came or went back; null when nothing did since. */
async function dayWithSomething(api: YooKassaApi, from: number): Promise<number | null> {
  const hasAny = async (start: number, end: number | null): Promise<boolean> =>
    (await api.payments(captured(start, end), 1)).length > 0 ||
    (await api.refunds(created(start, end), 1)).length > 0;
  if (await hasAny(from, from + DAY_MS)) return from;
  if (!(await hasAny(from, null))) return null;
  let length = DAY_MS;
  while (!(await hasAny(from, from + length))) length *= 2;
  let start = from;
  while (length > DAY_MS) {
    length /= 2;
    if (!(await hasAny(start, start + length))) start += length;
  }
  return start;
}
