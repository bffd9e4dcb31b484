/**
 * The process `local/telegram`. Its settings are one JSON object in `LOCAL_TELEGRAM_CONFIG` (`LocalTelegramOptions` without `controls`); the address of the
 * launcher's clock stands in `LOCAL_CONTROL_URL`. Prints one line of JSON when everything listens; ends on SIGTERM and SIGINT.
 */
import { z } from "zod";
import { type LocalTelegramOptions, remoteControls, startLocalTelegram } from "./index.ts";

const CONFIG = z.strictObject({
  port: z.int().min(0).max(65_535).optional(),
  phonePorts: z.array(z.int().min(0).max(65_535)).length(3).optional(),
  dataDir: z.string().nullable().optional(),
  botToken: z.string().regex(/^\d+:[\w-]+$/),
  botUsername: z.string(),
  productOrigin: z.url(),
  tonOrigin: z.url().nullable().optional(),
  beginsAgoSeconds: z.int().min(0).optional(),
  hostName: z.string().optional(),
  listenOn: z.string().optional(),
});

async function main(): Promise<void> {
  const config = CONFIG.parse(JSON.parse(process.env.LOCAL_TELEGRAM_CONFIG ?? "{}"));
  const controlUrl = process.env.LOCAL_CONTROL_URL;
  const telegram = await startLocalTelegram({
    ...(config as Omit<LocalTelegramOptions, "controls">),
    controls: controlUrl ? remoteControls(controlUrl) : null,
  });
  const { origin, apiRoot, linkBase, initDataPublicKey, phoneOrigins, logChat } = telegram;
  const ready = { ready: true, origin, apiRoot, linkBase, initDataPublicKey, phoneOrigins, logChat };
  console.log(JSON.stringify(ready));
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    void telegram.stop().finally(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
