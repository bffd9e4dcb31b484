/** The process `local/payments`: `bun local/payments/main.ts [--port N] [--host H] [--data DIR] [--notify URL]`. */
import { parseArgs } from "node:util";
import { startLocalYooKassa } from "./yookassa/index.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    host: { type: "string" },
    data: { type: "string" },
    notify: { type: "string" },
  },
});
const port = Number(values.port ?? 8026);
if (!Number.isInteger(port) || port < 0 || port > 65_535)
  throw new Error("port: a number from 0 to 65535 expected");

const yooKassa = await startLocalYooKassa({
  port,
  host: values.host ?? "127.0.0.1",
  dataDir: values.data ?? null,
  notifyUrl: values.notify ?? null,
});
process.stdout.write(`${JSON.stringify({ ready: true, port: yooKassa.port, origin: yooKassa.origin })}\n`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, async () => {
    await yooKassa.stop();
    process.exit(0);
  });
}
