/** The least that answers the same: Hono on Bun without anything of ours. Prints its port. */
import { Hono } from "hono";

const app = new Hono().get("/health", (context) => context.json({ status: "healthy" }));
const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: app.fetch });
console.log(JSON.stringify({ ready: true, port: server.port }));
