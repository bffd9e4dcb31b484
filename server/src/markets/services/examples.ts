/** What requests and answers look like, for the description of the API. A test holds each to its shape. */
import type { z } from "zod";
import type * as shapes from "./shapes.ts";

const id = "0199f3a2-5c1e-7b44-9d10-3f2a6c8e1b57";
const otherId = "0199f3a9-1d2c-7e10-8b6f-5a4d3c2b1a09";
const price = { amount: "200", asset: "RUB" } as const;

const order = {
  id,
  category: "plumbing",
  description: "Течёт кран на кухне, вода идёт на пол. Нужен сантехник прямо сейчас.",
  city: "Казань",
  status: "active",
  createdAt: "2026-11-26T18:00:00.000Z",
  expiresAt: "2026-11-26T19:00:00.000Z",
  takesCount: 0,
  maxTakes: 3,
  contact: null,
  isMine: false,
  isTaken: false,
  photos: [],
  price,
  respondBy: null,
  outcome: null,
} satisfies z.input<typeof shapes.order>;

const details = {
  ...order,
  serverTime: "2026-11-26T18:05:00.000Z",
  location: null,
  takers: null,
  take: null,
} satisfies z.input<typeof shapes.orderDetails>;

const location = { latitude: 55.7887, longitude: 49.1221 };
const executor = {
  id: "5012345678",
  firstName: "Ильдар",
  username: "ildar_santeh",
  photoUrl: null,
  memberSince: "2026-03-02T09:30:00.000Z",
};
const taken = { takesCount: 1, respondBy: "2026-11-26T18:20:00.000Z" };
const taker = {
  user: executor,
  takenAt: "2026-11-26T18:05:00.000Z",
  rating: { average: 4.87, count: 23 },
  isChosen: false,
  isReviewed: false,
};
const glance = { user: executor, rating: taker.rating, takes: 42, chosen: 31 };
const own = { isMine: true, contact: "+79161234567", location, takers: [] };

export const examples = {
  list: {
    orders: [order],
    total: 1,
    serverTime: "2026-11-26T18:05:00.000Z",
  } satisfies z.input<typeof shapes.orderList>,
  create: {
    category: "plumbing",
    description: order.description,
    city: "Казань",
    contact: "8 (916) 123-45-67",
    location,
  } satisfies z.input<typeof shapes.createOrder>,
  update: { description: `${order.description} Этаж третий, домофон 12.` } satisfies z.input<
    typeof shapes.putOrder
  >,
  order: details satisfies z.input<typeof shapes.orderDetails>,
  ownOrder: { ...details, ...own } satisfies z.input<typeof shapes.orderDetails>,
  takenOrder: {
    ...details,
    ...taken,
    isTaken: true,
    contact: "+79161234567",
    location,
    take: { takenAt: taker.takenAt, price, state: "held", isChosen: false, hasComplained: false },
  } satisfies z.input<typeof shapes.orderDetails>,
  respond: { executorId: executor.id } satisfies z.input<typeof shapes.respond>,
  answeredOrder: {
    ...details,
    ...own,
    status: "closed",
    takesCount: 1,
    outcome: "answered",
    takers: [{ ...taker, isChosen: true }],
  } satisfies z.input<typeof shapes.orderDetails>,
  executor: glance satisfies z.input<typeof shapes.executor>,
  ownExecutor: {
    ...glance,
    held: price,
    paid: { amount: "7800", asset: "RUB" },
    refunded: { amount: "400", asset: "RUB" },
    preferences: {
      isOn: true,
      categories: ["plumbing", "appliances"],
      cities: ["Казань"],
      near: location,
      radiusKm: 10,
    },
  } satisfies z.input<typeof shapes.ownExecutor>,
  review: {
    orderId: id,
    executorId: executor.id,
    stars: 5,
    text: "Приехал за десять минут, всё починил.",
  } satisfies z.input<typeof shapes.reviewExecutor>,
  reviewed: { reviewId: otherId } satisfies z.input<typeof shapes.reviewed>,
  complain: { orderId: id, reason: "fake_contact", text: "Номер не обслуживается." } satisfies z.input<
    typeof shapes.complain
  >,
  disputedOrder: {
    id,
    category: details.category,
    description: details.description,
    city: details.city,
    status: "closed",
    outcome: "silent",
    createdAt: details.createdAt,
    photos: [],
    contact: "+79161234567",
    takes: [{ user: executor, takenAt: taker.takenAt, state: "refunded", hasComplained: true }],
  } satisfies z.input<typeof shapes.disputedOrder>,
  complained: { complaintId: otherId, state: "open" } satisfies z.input<typeof shapes.complained>,
  cities: {
    cities: [{ name: "Казань", region: "Республика Татарстан", latitude: 55.7944, longitude: 49.1115 }],
  } satisfies z.input<typeof shapes.cityList>,
};
