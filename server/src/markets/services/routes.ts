import { del, type Endpoint, get, post, put } from "../../platform/endpoint.ts";
import { citiesNear, largestCities, suggestCities } from "./cities/cities.ts";
import { examples } from "./examples.ts";
import { getExecutor, ownFigures } from "./executors/get-executor.ts";
import { complainOfOrder } from "./opinions/complain-of-order.ts";
import { lookIntoOrder } from "./opinions/look-into-order.ts";
import { reviewExecutor } from "./opinions/review-executor.ts";
import { createOrder } from "./orders/create-order.ts";
import { getOrder } from "./orders/get-order.ts";
import { listOrders } from "./orders/list-orders.ts";
import { deleteOrder, updateOrder } from "./orders/update-order.ts";
import * as shapes from "./shapes.ts";
import { respondToTakes } from "./takes/respond.ts";
import { takeOrder } from "./takes/take-order.ts";

const orders: Endpoint[] = [
  get(
    "/api/orders",
    {
      who: "anonymous",
      summary: "Orders that are open, newest first; with `scope`, one's own in all states",
      query: shapes.orderQuery,
      answer: shapes.orderList,
      examples: { answer: examples.list },
    },
    (ctx, { query }) => listOrders(ctx, query),
  ),
  post(
    "/api/orders",
    {
      who: "user",
      summary: "Asks for help: an order that lives for 60 minutes; at most ten an hour",
      body: shapes.createOrder,
      answer: shapes.orderDetails,
      status: 201,
      examples: { body: examples.create, answer: examples.ownOrder },
    },
    async (ctx, { body }) => getOrder(ctx, (await createOrder(ctx, body)).id),
  ),
  get(
    "/api/orders/:id",
    {
      who: "anonymous",
      summary: "One order; its customer and those who took it see more",
      params: shapes.orderParams,
      answer: shapes.orderDetails,
      examples: { answer: examples.order },
    },
    (ctx, { params }) => getOrder(ctx, params.id),
  ),
  put(
    "/api/orders/:id",
    {
      who: "user",
      summary: "Changes one's own order until somebody took it; the city stays",
      params: shapes.orderParams,
      body: shapes.putOrder,
      answer: shapes.orderDetails,
      examples: { body: examples.update, answer: examples.ownOrder },
    },
    async (ctx, { params, body }) =>
      getOrder(ctx, (await updateOrder(ctx, { ...body, orderId: params.id })).id),
  ),
  del(
    "/api/orders/:id",
    {
      who: "user",
      summary: "Takes one's own order back until somebody took it",
      params: shapes.orderParams,
    },
    async (ctx, { params }) => {
      await deleteOrder(ctx, { orderId: params.id });
    },
  ),
];

const taking: Endpoint[] = [
  post(
    "/api/orders/:id/take",
    {
      who: "user",
      summary:
        "Takes an order: its price is set aside, and the answer holds the contact; again, the same answer",
      params: shapes.orderParams,
      answer: shapes.orderDetails,
      examples: { answer: examples.takenOrder },
    },
    async (ctx, { params }) => {
      await takeOrder(ctx, { orderId: params.id });
      return getOrder(ctx, params.id);
    },
  ),
  post(
    "/api/orders/:id/respond",
    {
      who: "user",
      summary: "The customer chose somebody, or was called: the order is closed and the takes are paid",
      params: shapes.orderParams,
      body: shapes.respond,
      answer: shapes.orderDetails,
      examples: { body: examples.respond, answer: examples.answeredOrder },
    },
    async (ctx, { params, body }) => {
      const executorId = "executorId" in body ? body.executorId : null;
      return getOrder(ctx, (await respondToTakes(ctx, { orderId: params.id, executorId })).id);
    },
  ),
];

const cities: Endpoint[] = [
  get(
    "/api/cities",
    {
      who: "anonymous",
      summary: "Cities of Russia by the letters of their names, or the nearest",
      query: shapes.cityQuery,
      answer: shapes.cityList,
      perMinute: 240,
      examples: { answer: examples.cities },
    },
    async (_ctx, { query: { q, near, limit } }) => ({
      cities:
        q !== undefined ? suggestCities(q, limit) : near ? citiesNear(near, limit) : largestCities(limit),
    }),
  ),
];

const opinions: Endpoint[] = [
  post(
    "/api/reviews/client",
    {
      who: "user",
      summary: "A customer rates an executor who took the order",
      body: shapes.reviewExecutor,
      answer: shapes.reviewed,
      status: 201,
      examples: { body: examples.review, answer: examples.reviewed },
    },
    (ctx, { body }) => reviewExecutor(ctx, body),
  ),
  post(
    "/api/reviews/executor",
    {
      who: "user",
      summary: "An executor complains of an order that they took",
      body: shapes.complain,
      answer: shapes.complained,
      status: 201,
      examples: { body: examples.complain, answer: examples.complained },
    },
    (ctx, { body }) => complainOfOrder(ctx, body),
  ),
];

const staff: Endpoint[] = [
  post(
    "/api/admin/orders/:id/look",
    {
      who: "staff:moderator",
      summary: "An order that somebody complains of, with its contact; it is written down who has looked",
      params: shapes.orderParams,
      answer: shapes.disputedOrder,
      examples: { answer: examples.disputedOrder },
    },
    (ctx, { params }) => lookIntoOrder(ctx, { orderId: params.id }),
  ),
];

const executors: Endpoint[] = [
  get(
    "/api/executors/me",
    {
      who: "user",
      summary: "My takes in figures, and which new orders I want to hear of",
      answer: shapes.ownExecutor,
      examples: { answer: examples.ownExecutor },
    },
    (ctx) => ownFigures(ctx),
  ),
  get(
    "/api/executors/:id",
    {
      who: "anonymous",
      summary: "Somebody who takes orders: rating, takes, how often chosen",
      params: shapes.executorParams,
      answer: shapes.executor,
      examples: { answer: examples.executor },
    },
    (ctx, { params }) => getExecutor(ctx, params.id),
  ),
];

export const routes: Endpoint[] = [...orders, ...taking, ...opinions, ...staff, ...executors, ...cities];
