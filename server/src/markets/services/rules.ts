/** Pure rules of urgent services: how long things last, what state an order is in, and who may do what then. */

export const orderMs = 60 * 60_000;
export const respondMs = 15 * 60_000;
export const takesMax = 3;
export const ordersPerHour = 10;
export const photosMax = 5;
/** What reviews and complaints are about. */
export const subjectKind = "service_order";
/** A customer may rate, and an executor complain, for so long after the take. */
export const opinionMs = 30 * 24 * 60 * 60_000;

export type Status = "active" | "taken" | "closed" | "expired" | "deleted";

/** What is stored of an order that decides about it. `answeredAt`: the customer has responded. */
export type Standing = {
  status: Status;
  takesCount: number;
  expiresAt: Date;
  firstTakenAt: Date | null;
};

export const isOpen = (status: Status): boolean => status === "active" || status === "taken";

/** Until when the customer has to respond: a quarter of an hour from the first take, and never past the order's own end. */
export function respondBy({ firstTakenAt, expiresAt }: Standing): Date | null {
  if (firstTakenAt === null) return null;
  return new Date(Math.min(firstTakenAt.getTime() + respondMs, expiresAt.getTime()));
}

/** When an open order ends by itself. */
export const dueAt = (order: Standing): Date => respondBy(order) ?? order.expiresAt;

/**
 * What an order is at `now`, whether or not somebody has written it down yet: nobody took it, or it came to its own end, is
 * `expired`; taken and left without a response is `closed`. However late anybody looks, it ended as it had to.
 */
export function statusAt(order: Standing, now: Date): Status {
  if (!isOpen(order.status) || now < dueAt(order)) return order.status;
  return dueAt(order) < order.expiresAt ? "closed" : "expired";
}

/** As people are told: what has begun counts as whole. */
export const minutesUntil = (until: Date, now: Date): number =>
  Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 60_000));

export type Action = "edit" | "delete" | "take" | "respond";
export type Who = "owner" | "taker" | "other";
/** `same`: it has happened already, and the answer is the order as it stands. */
export type Verdict =
  | "yes"
  | "same"
  | "order_not_found"
  | "own_order"
  | "order_taken"
  | "order_full"
  | "order_over"
  | "nobody_took";

/** `isAnswered`: closed because the customer responded. The database's `services.take` says the same of takes. */
export function judge(action: Action, who: Who, order: Standing, now: Date, isAnswered: boolean): Verdict {
  const status = statusAt(order, now);
  if (action === "take") return judgeTake(who, status);
  if (who !== "owner") return "order_not_found";
  if (action === "delete" && status === "deleted") return "same";
  if (status === "deleted") return "order_not_found";
  if (action === "respond") {
    if (isAnswered) return "same";
    if (!isOpen(status)) return "order_over";
    return order.takesCount === 0 ? "nobody_took" : "yes";
  }
  if (!isOpen(status)) return order.takesCount > 0 ? "order_taken" : "order_over";
  return order.takesCount > 0 ? "order_taken" : "yes";
}

function judgeTake(who: Who, status: Status): Verdict {
  if (who === "owner") return "own_order";
  if (who === "taker") return "same";
  if (status === "deleted") return "order_not_found";
  if (status === "taken") return "order_full";
  return status === "active" ? "yes" : "order_over";
}

export const complaintReasons = [
  "fake_contact",
  "no_response",
  "rude",
  "spam",
  "wrong_category",
  "other",
] as const;
export type ComplaintReason = (typeof complaintReasons)[number];

/** Who gets the price back when staff finds a complaint true: a dead contact or an invented order was dead for everybody. */
export function refundedBy(reason: ComplaintReason): "everybody" | "complainer" | "nobody" {
  if (reason === "fake_contact" || reason === "spam") return "everybody";
  return reason === "no_response" ? "complainer" : "nobody";
}

/**
 * Telegram's usernames: 5 to 32 letters, digits and single underscores, a letter first, no underscore last (4 letters are sold
 * by auction, so they exist). Links to t.me count as well. Russian numbers: +7 and an area or mobile code of Russia (3, 4, 8, 9;
 * 6 and 7 are Kazakhstan's), also as 8… or without a prefix.
 */
export function normalContact(given: string): { kind: "telegram" | "phone"; value: string } | null {
  const typed = given.trim();
  const name = /^(?:@|(?:https?:\/\/)?t\.me\/)([A-Za-z][A-Za-z0-9_]{3,31})\/?$/.exec(typed)?.[1];
  if (name !== undefined)
    return /__|_$/.test(name) ? null : { kind: "telegram", value: `@${name.toLowerCase()}` };
  if (!/^\+?[\d\s().-]+$/.test(typed)) return null;
  const digits = typed.replace(/\D/g, "");
  const national =
    digits.length === 11 && (digits.startsWith("7") || (digits.startsWith("8") && !typed.startsWith("+")))
      ? digits.slice(1)
      : digits.length === 10 && !typed.startsWith("+")
        ? digits
        : null;
  return national !== null && /^[3489]\d{9}$/.test(national)
    ? { kind: "phone", value: `+7${national}` }
    : null;
}

export type Point = { latitude: number; longitude: number };

/** Where an order is shown to be: within half a kilometre or so, so that nobody learns an address without taking it. */
export function coarse({ latitude, longitude }: Point): Point {
  const round = (value: number): number => Math.round(value * 200) / 200;
  return { latitude: round(latitude), longitude: round(longitude) };
}

const earthKm = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance, in kilometres with one decimal. */
export function distanceKm(a: Point, b: Point): number {
  const [dLat, dLon] = [radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)];
  const h =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLon / 2) ** 2;
  return Math.round(2 * earthKm * Math.asin(Math.sqrt(Math.min(1, h))) * 10) / 10;
}

/** The smallest upright box around a circle, for an index to begin with. A circle over a pole or the date line takes the whole width. */
export function boxAround({ latitude, longitude }: Point, radiusKm: number): { from: Point; to: Point } {
  const dLat = (radiusKm / earthKm) * (180 / Math.PI);
  const scale = Math.cos(radians(Math.min(89, Math.abs(latitude) + dLat)));
  const dLon = dLat / scale;
  const isWhole = longitude - dLon < -180 || longitude + dLon > 180;
  return {
    from: { latitude: latitude - dLat, longitude: isWhole ? -180 : longitude - dLon },
    to: { latitude: latitude + dLat, longitude: isWhole ? 180 : longitude + dLon },
  };
}
