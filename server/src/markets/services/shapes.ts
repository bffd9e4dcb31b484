/** What urgent services take and give over HTTP. Pure: the web imports this file at run time. */
import { z } from "zod";
import { publicUser } from "../../kernel/identity/shapes.ts";
import { complaintState, writtenReview } from "../../kernel/reviews/shapes.ts";
import { amount, instant, secret, telegramId, text, uuid } from "../../platform/shapes.ts";
import { complaintReasons, photosMax } from "./rules.ts";

export const category = z.enum([
  "plumbing",
  "electricity",
  "locks",
  "cleaning",
  "moving",
  "appliances",
  "computers",
  "car_help",
  "courier",
  "tutoring",
  "beauty",
  "pets",
  "other",
]);
export type Category = z.infer<typeof category>;

/**
 * - `active`: open and listed. `taken`: all places are gone, the customer has still to respond.
 * - `closed`: the customer responded, or did not in time (`outcome`). `expired`: the hour is over. `deleted`: by its owner.
 */
export const orderStatus = z.enum(["active", "taken", "closed", "expired", "deleted"]);
export type OrderStatus = z.infer<typeof orderStatus>;

export const point = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
export type Point = z.infer<typeof point>;

const description = text(20, 1000);
/** A city's name; of two with one name, the region in brackets too: `Киров (Калужская область)`. Unknown ones are refused with suggestions. */
const city = text(2, 100);
/** `@username` or a Russian telephone number, in any usual writing. */
const contact = secret(text(4, 64));
/** Ids of pictures that were uploaded before. */
const photos = z.array(uuid).max(photosMax);

export const createOrder = z.strictObject({
  category,
  description,
  city,
  contact,
  /** Shown exactly to those who took the order; to others only roughly, as a distance. */
  location: secret(point).optional(),
  photos: photos.optional(),
});

/** Fields that are left out stay as they are; `location: null` takes it away. `city` may be given, but not changed. */
export const putOrder = z.strictObject({
  category: category.optional(),
  description: description.optional(),
  city: city.optional(),
  contact: contact.optional(),
  location: secret(point).nullable().optional(),
  photos: photos.optional(),
});

/** One who took an order, as its customer sees them. */
export const taker = z.object({
  user: publicUser,
  takenAt: instant,
  /** Average of 1 to 5 with two decimals, and of how many; null without any. */
  rating: z.object({ average: z.number(), count: z.number().int() }).nullable(),
  /** The customer said that this is whom they chose. */
  isChosen: z.boolean(),
  /** The customer has rated this executor for this order. */
  isReviewed: z.boolean(),
});
export type Taker = z.infer<typeof taker>;

/** What became of the money of one's own take: `held` until the customer responds, then `paid`, or `refunded`. */
export const ownTake = z.object({
  takenAt: instant,
  price: amount,
  state: z.enum(["held", "paid", "refunded"]),
  isChosen: z.boolean(),
  hasComplained: z.boolean(),
});
export type OwnTake = z.infer<typeof ownTake>;

export const order = z.object({
  id: uuid,
  category,
  description: z.string(),
  city: z.string(),
  status: orderStatus,
  createdAt: instant,
  expiresAt: instant,
  takesCount: z.number().int(),
  maxTakes: z.number().int(),
  /** From `near`, when it was given; to the middle of the city where the order has no location. */
  distanceKm: z.number().optional(),
  /** `@username` or `+7…`; null unless one took the order, or it is one's own. */
  contact: z.string().nullable(),
  isMine: z.boolean(),
  isTaken: z.boolean(),
  photos: z.array(uuid),
  /** What a take costs now. */
  price: amount,
  /** Until when the customer has to respond; null before the first take and after the end. */
  respondBy: instant.nullable(),
  /** Of an ended order that was taken: `answered` by the customer, or `silent`; `removed` by staff. */
  outcome: z.enum(["answered", "silent", "removed"]).nullable(),
});
export type Order = z.infer<typeof order>;

/** One order by itself, with what only those see whom it concerns. */
export const orderDetails = order.extend({
  serverTime: instant,
  /** Exact; null unless one took the order, or it is one's own, or none was given. */
  location: point.nullable(),
  /** For the customer: who took it, earliest first. Null for others. */
  takers: z.array(taker).nullable(),
  /** For who took it. Null for others. */
  take: ownTake.nullable(),
});
export type OrderDetails = z.infer<typeof orderDetails>;

/** `55.7558,37.6173`: latitude, longitude. */
const near = z
  .string()
  .regex(/^-?\d{1,2}(\.\d{1,8})?,-?\d{1,3}(\.\d{1,8})?$/, "not_a_place")
  .transform((value) => {
    const [latitude = 0, longitude = 0] = value.split(",").map(Number);
    return { latitude, longitude };
  })
  .pipe(point);

/** `near` and `radiusKm` (10 when left out) go together. `cursor` is the last answer's `next`; `offset` is for small lists. */
export const orderQuery = z.strictObject({
  category: category.optional(),
  city: city.optional(),
  near: near.optional(),
  radiusKm: z.coerce.number().min(0.5).max(300).optional(),
  q: text(2, 60).optional(),
  /** `mine`: the orders that I wrote; `taken`: that I took. In all states, newest first. */
  scope: z.enum(["mine", "taken"]).optional(),
  cursor: z.string().max(200).optional(),
  offset: z.coerce.number().int().min(0).max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** Nothing found is exactly `{"orders":[],"total":0}`; the other fields come with orders. */
export const orderList = z.object({
  orders: z.array(order),
  total: z.number().int(),
  /** There are more than `total`, which is then 1000. */
  totalIsCapped: z.literal(true).optional(),
  /** The cursor of what follows; absent at the end. */
  next: z.string().optional(),
  serverTime: instant.optional(),
});
export type OrderList = z.infer<typeof orderList>;

export const orderParams = z.object({ id: uuid });

/** The customer chose one of those who took the order, or says that they were called and it is settled. */
export const respond = z.union([
  z.strictObject({ executorId: telegramId }),
  z.strictObject({ called: z.literal(true) }),
]);

/** The customer rates one who took the order. */
export const reviewExecutor = writtenReview.extend({ orderId: uuid, executorId: telegramId });
export const reviewed = z.object({ reviewId: uuid });
export const complaintReason = z.enum(complaintReasons);
/** Who took an order complains of it. */
export const complain = z.strictObject({
  orderId: uuid,
  reason: complaintReason,
  text: secret(text(0, 1000)).optional(),
});
export const complained = z.object({ complaintId: uuid, state: complaintState });

/** An order that somebody complains of, as the moderator sees it who decides. */
export const disputedOrder = z.object({
  id: uuid,
  category,
  description: z.string(),
  city: z.string(),
  status: orderStatus,
  outcome: order.shape.outcome,
  createdAt: instant,
  photos: z.array(uuid),
  contact: z.string().nullable(),
  takes: z.array(
    z.object({ user: publicUser, takenAt: instant, state: ownTake.shape.state, hasComplained: z.boolean() }),
  ),
});
export type DisputedOrder = z.infer<typeof disputedOrder>;

/** An executor at a glance. */
export const executor = z.object({
  user: publicUser,
  rating: z.object({ average: z.number(), count: z.number().int() }).nullable(),
  takes: z.number().int(),
  chosen: z.number().int(),
});
export type Executor = z.infer<typeof executor>;
export const executorParams = z.object({ id: telegramId });

export const cityView = z.object({
  /** As orders and filters take it. */
  name: z.string(),
  region: z.string(),
  latitude: z.number(),
  longitude: z.number(),
});
export type City = z.infer<typeof cityView>;
/** By how the name begins or is written alike (`q`), or the nearest to a place. Without both, the largest. */
export const cityQuery = z.strictObject({
  q: text(1, 60).optional(),
  near: near.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});
export const cityList = z.object({ cities: z.array(cityView) });

/** Which new orders an executor is told of: in any of the categories (none named: all), and in any of the cities or around the point. */
export const executorPreferences = z.object({
  isOn: z.boolean(),
  categories: z.array(category),
  cities: z.array(z.string()),
  near: point.nullable(),
  radiusKm: z.number().nullable(),
});
export type ExecutorPreferences = z.infer<typeof executorPreferences>;
/** Fields that are left out stay as they are. Without `radiusKm` a new point has 10 kilometres around it. */
export const putExecutorPreferences = z.strictObject({
  isOn: z.boolean().optional(),
  categories: z.array(category).max(13).optional(),
  cities: z.array(city).max(20).optional(),
  near: secret(point).nullable().optional(),
  radiusKm: z.number().min(0.5).max(300).optional(),
});

/** One's own figures and wishes; money in minor units. */
export const ownExecutor = executor.extend({
  held: amount,
  paid: amount,
  refunded: amount,
  preferences: executorPreferences,
});
export type OwnExecutor = z.infer<typeof ownExecutor>;
