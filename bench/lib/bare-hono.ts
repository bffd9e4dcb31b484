/**
 * The least that gives the product's answers: Hono on Bun with the product's own query over the product's own kind of pool, and
 * nothing of the chain around it. `/api/config` is a constant, which is as little as there can be. Prints its port.
 */
import { Hono } from "hono";
import { createApp } from "../../server/src/app.ts";
import { listListings } from "../../server/src/markets/channels/listings/list-listings.ts";
import { listingQuery } from "../../server/src/markets/channels/shapes.ts";
import { listOrders } from "../../server/src/markets/services/orders/list-orders.ts";
import { orderQuery } from "../../server/src/markets/services/shapes.ts";

// Only for its context: pool, settings, gateways. Nothing of it listens or runs.
const context = (await createApp({ env: process.env })).context({ kind: "anonymous" });
const query = listingQuery.parse({});
const orders = orderQuery.parse({});
const config = JSON.parse(process.env.BENCH_CONFIG ?? "{}") as Record<string, unknown>;
const app = new Hono()
  .get("/api/config", (c) => c.json(config))
  .get("/api/orders", async (c) => c.json(await listOrders(context, orders)))
  .get("/api/listings", async (c) => c.json(await listListings(context, query)));
const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: app.fetch });
console.log(JSON.stringify({ ready: true, port: server.port }));
process.on("SIGTERM", () => process.exit(0));
