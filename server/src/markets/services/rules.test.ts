import { describe, expect, test } from "bun:test";
import { examples } from "./examples.ts";
import {
  boxAround,
  coarse,
  complaintReasons,
  distanceKm,
  dueAt,
  judge,
  normalContact,
  orderMs,
  refundedBy,
  respondBy,
  respondMs,
  type Standing,
  type Status,
  statusAt,
  type Verdict,
  type Who,
} from "./rules.ts";
import * as shapes from "./shapes.ts";

const created = new Date("2026-11-26T12:00:00Z");
const after = (ms: number): Date => new Date(created.getTime() + ms);
const minute = 60_000;
const order = (
  status: Status,
  takesCount = 0,
  firstTakenAfter: number | null = takesCount ? 0 : null,
): Standing => ({
  status,
  takesCount,
  expiresAt: after(orderMs),
  firstTakenAt: firstTakenAfter === null ? null : after(firstTakenAfter),
});

describe("time", () => {
  test("an order lives for 60 minutes to the millisecond", () => {
    expect(statusAt(order("active"), after(orderMs - 1))).toBe("active");
    expect(statusAt(order("active"), after(orderMs))).toBe("expired");
  });
  test("from the first take the customer has 15 minutes to the millisecond, and then it is closed", () => {
    for (const status of ["active", "taken"] as const) {
      const taken = order(status, status === "taken" ? 3 : 1, 5 * minute);
      expect(statusAt(taken, after(5 * minute + respondMs - 1))).toBe(status);
      expect(statusAt(taken, after(5 * minute + respondMs))).toBe("closed");
      expect(respondBy(taken)).toEqual(after(20 * minute));
    }
  });
  test("a take in the last quarter leaves time until the end of the hour, and then it is expired", () => {
    const late = order("active", 1, 50 * minute);
    expect(dueAt(late)).toEqual(after(orderMs));
    expect(statusAt(late, after(orderMs - 1))).toBe("active");
    expect(statusAt(late, after(orderMs))).toBe("expired");
  });
  test("what has ended stays as it ended", () => {
    for (const status of ["closed", "expired", "deleted"] as const)
      expect(statusAt(order(status, status === "closed" ? 1 : 0), after(10 * orderMs))).toBe(status);
  });
});

/** State × who: what take, respond, edit and delete say, in this order. */
const matrix: [name: string, order: Standing, now: number, isAnswered: boolean, Record<Who, Verdict[]>][] = [
  [
    "open",
    order("active"),
    1,
    false,
    {
      owner: ["own_order", "nobody_took", "yes", "yes"],
      taker: ["same", "order_not_found", "order_not_found", "order_not_found"],
      other: ["yes", "order_not_found", "order_not_found", "order_not_found"],
    },
  ],
  [
    "taken by one",
    order("active", 1),
    1,
    false,
    {
      owner: ["own_order", "yes", "order_taken", "order_taken"],
      taker: ["same", "order_not_found", "order_not_found", "order_not_found"],
      other: ["yes", "order_not_found", "order_not_found", "order_not_found"],
    },
  ],
  [
    "full",
    order("taken", 3),
    1,
    false,
    {
      owner: ["own_order", "yes", "order_taken", "order_taken"],
      taker: ["same", "order_not_found", "order_not_found", "order_not_found"],
      other: ["order_full", "order_not_found", "order_not_found", "order_not_found"],
    },
  ],
  [
    "full and due",
    order("taken", 3),
    respondMs,
    false,
    {
      owner: ["own_order", "order_over", "order_taken", "order_taken"],
      taker: ["same", "order_not_found", "order_not_found", "order_not_found"],
      other: ["order_over", "order_not_found", "order_not_found", "order_not_found"],
    },
  ],
  [
    "due, nobody took it",
    order("active"),
    orderMs,
    false,
    {
      owner: ["own_order", "order_over", "order_over", "order_over"],
      taker: ["same", "order_not_found", "order_not_found", "order_not_found"],
      other: ["order_over", "order_not_found", "order_not_found", "order_not_found"],
    },
  ],
  [
    "answered",
    order("closed", 1),
    1,
    true,
    {
      owner: ["own_order", "same", "order_taken", "order_taken"],
      taker: ["same", "order_not_found", "order_not_found", "order_not_found"],
      other: ["order_over", "order_not_found", "order_not_found", "order_not_found"],
    },
  ],
  [
    "closed in silence",
    order("closed", 1),
    respondMs,
    false,
    {
      owner: ["own_order", "order_over", "order_taken", "order_taken"],
      taker: ["same", "order_not_found", "order_not_found", "order_not_found"],
      other: ["order_over", "order_not_found", "order_not_found", "order_not_found"],
    },
  ],
  [
    "expired",
    order("expired"),
    orderMs,
    false,
    {
      owner: ["own_order", "order_over", "order_over", "order_over"],
      taker: ["same", "order_not_found", "order_not_found", "order_not_found"],
      other: ["order_over", "order_not_found", "order_not_found", "order_not_found"],
    },
  ],
  [
    "deleted",
    order("deleted"),
    1,
    false,
    {
      owner: ["own_order", "order_not_found", "order_not_found", "same"],
      taker: ["same", "order_not_found", "order_not_found", "order_not_found"],
      other: ["order_not_found", "order_not_found", "order_not_found", "order_not_found"],
    },
  ],
];

describe("who may do what", () => {
  test.each(matrix)("an order that is %s", (_name, standing, now, isAnswered, expected) => {
    for (const who of ["owner", "taker", "other"] as const)
      expect(
        (["take", "respond", "edit", "delete"] as const).map((action) =>
          judge(action, who, standing, after(now), isAnswered),
        ),
      ).toEqual(expected[who]);
  });
});

describe("contacts", () => {
  test.each([
    ["@Durov", "@durov"],
    ["  @some_body1 ", "@some_body1"],
    ["https://t.me/some_body", "@some_body"],
    ["t.me/Some_Body/", "@some_body"],
    ["@nick", "@nick"],
    ["+7 (916) 123-45-67", "+79161234567"],
    ["8 916 123 45 67", "+79161234567"],
    ["79161234567", "+79161234567"],
    ["9161234567", "+79161234567"],
    ["8 (843) 200-00-00", "+78432000000"],
  ])("%s is %s", (given, value) => {
    expect(normalContact(given)?.value).toBe(value);
  });
  test.each([
    "durov",
    "@abc",
    "@1abcde",
    "@some__body",
    "@somebody_",
    "@with-dash",
    `@${"a".repeat(33)}`,
    "https://example.com/durov",
    "+1 916 123 45 67",
    "+8 916 123 45 67",
    "+7 701 123 45 67",
    "916123456",
    "89161234567890",
    "call me 9161234567",
    "",
  ])("%p is refused", (given) => {
    expect(normalContact(given)).toBeNull();
  });
});

describe("places", () => {
  const moscow = { latitude: 55.7558, longitude: 37.6173 };
  test("distances are those of the globe", () => {
    expect(distanceKm(moscow, { latitude: 59.9391, longitude: 30.3159 })).toBeWithin(630, 640);
    expect(distanceKm(moscow, moscow)).toBe(0);
    expect(distanceKm({ latitude: 0, longitude: 179.9 }, { latitude: 0, longitude: -179.9 })).toBeWithin(
      22,
      23,
    );
  });
  test("what is shown of a place is within half a kilometre of it, and hides it", () => {
    const shown = coarse({ latitude: 55.75581, longitude: 37.61732 });
    expect(shown).toEqual({ latitude: 55.755, longitude: 37.615 });
    expect(distanceKm(shown, { latitude: 55.75581, longitude: 37.61732 })).toBeLessThan(0.5);
  });
  test("a box holds its circle, also at the date line and near the pole", () => {
    for (const [center, km] of [
      [moscow, 10],
      [{ latitude: 66, longitude: -179.9 }, 50],
      [{ latitude: 77, longitude: 100 }, 300],
    ] as const) {
      const { from, to } = boxAround(center, km);
      for (let angle = 0; angle < 360; angle += 15) {
        const bearing = (angle * Math.PI) / 180;
        const latitude = center.latitude + ((km * 0.99) / 111.2) * Math.cos(bearing);
        const longitude =
          center.longitude +
          ((km * 0.99) / (111.2 * Math.cos((latitude * Math.PI) / 180))) * Math.sin(bearing);
        const turned = longitude < -180 ? longitude + 360 : longitude;
        expect(latitude >= from.latitude && latitude <= to.latitude).toBe(true);
        expect(turned >= from.longitude && turned <= to.longitude).toBe(true);
      }
    }
  });
});

test("a complaint that is found true gives back what its reason says", () => {
  expect(complaintReasons.map(refundedBy)).toEqual([
    "everybody",
    "complainer",
    "nobody",
    "everybody",
    "nobody",
    "nobody",
  ]);
});

test("the examples in the API's description are of their shapes", () => {
  expect(shapes.orderList.parse(examples.list)).toEqual(examples.list);
  expect(shapes.createOrder.safeParse(examples.create).success).toBe(true);
  expect(shapes.putOrder.safeParse(examples.update).success).toBe(true);
  for (const one of [examples.order, examples.ownOrder, examples.takenOrder, examples.answeredOrder])
    expect(shapes.orderDetails.parse(one)).toEqual(one);
  expect(shapes.respond.safeParse(examples.respond).success).toBe(true);
  expect(shapes.executor.parse(examples.executor)).toEqual(examples.executor);
  expect(shapes.ownExecutor.parse(examples.ownExecutor)).toEqual(examples.ownExecutor);
  expect(shapes.reviewExecutor.safeParse(examples.review).success).toBe(true);
  expect(shapes.reviewed.parse(examples.reviewed)).toEqual(examples.reviewed);
  expect(shapes.complain.safeParse(examples.complain).success).toBe(true);
  expect(shapes.complained.parse(examples.complained)).toEqual(examples.complained);
  expect(shapes.cityList.parse(examples.cities)).toEqual(examples.cities);
});
