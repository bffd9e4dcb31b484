/** The least that gives the same answer: Hono on Bun without anything of ours. Prints its port. */
import { Hono } from "hono";

const body: unknown = JSON.parse(process.env.BENCH_BODY ?? "{}");
const app = new Hono().get("/api/config", (context) => context.json(body as Record<string, unknown>));
const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: app.fetch });
console.log(JSON.stringify({ ready: true, port: server.port }));
