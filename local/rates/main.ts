/** The process `local/rates`: `bun local/rates/main.ts [--port N] [--host H]`, or LOCAL_RATES_PORT. */
import { parseArgs } from "node:util";
import { startLocalRates } from "./index.ts";

const { values } = parseArgs({ options: { port: { type: "string" }, host: { type: "string" } } });
const port = Number(values.port ?? process.env.LOCAL_RATES_PORT ?? 8025);
if (!Number.isInteger(port) || port < 0 || port > 65_535)
  throw new Error("port: a number from 0 to 65535 expected");

const rates = await startLocalRates({
  port,
  host: values.host ?? process.env.LOCAL_RATES_HOST ?? "127.0.0.1",
  isMoving: true,
});
process.stdout.write(`${JSON.stringify({ ready: true, port: rates.port, origin: rates.origin })}\n`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, async () => {
    await rates.stop();
    process.exit(0);
  });
}
