/** The process `local/ton`: `bun local/ton/main.ts [--port N] [--data DIR] [--host H]`, or LOCAL_TON_PORT and LOCAL_TON_DATA. */
import { parseArgs } from "node:util";
import { startLocalTon } from "./index.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    data: { type: "string" },
    host: { type: "string" },
    "public-url": { type: "string" },
    "block-ms": { type: "string" },
  },
});

const port = Number(values.port ?? process.env.LOCAL_TON_PORT ?? 8020);
if (!Number.isInteger(port) || port < 0 || port > 65_535)
  throw new Error("port: a number from 0 to 65535 expected");
/** Seconds before now at which a new world begins; a world that is there already goes on as it was. */
const beginsAgo = Number(process.env.LOCAL_TON_BEGINS_AGO ?? 0);
if (!Number.isInteger(beginsAgo) || beginsAgo < 0)
  throw new Error("LOCAL_TON_BEGINS_AGO: seconds, a whole number");
const publicUrl = values["public-url"] ?? process.env.LOCAL_TON_PUBLIC_URL;

const ton = await startLocalTon({
  port,
  host: values.host ?? process.env.LOCAL_TON_HOST ?? "127.0.0.1",
  dataDir: values.data ?? process.env.LOCAL_TON_DATA ?? null,
  blockMs: Number(values["block-ms"] ?? 400),
  ...(beginsAgo > 0 ? { startTime: Math.floor(Date.now() / 1000) - beginsAgo } : {}),
  ...(publicUrl === undefined ? {} : { publicUrl }),
});
process.stdout.write(`${JSON.stringify({ ready: true, port: ton.port, origin: ton.origin })}\n`);

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await ton.stop();
    process.exit(0);
  });
}
