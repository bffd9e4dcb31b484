/** The process: configuration, the roles asked for, and a graceful end. */
import { createApp } from "./app.ts";
import { errorFields } from "./platform/log.ts";
import { SettingsError } from "./platform/settings.ts";

const drainMs = 10_000;

async function main(): Promise<void> {
  const app = await createApp({ env: process.env });
  const { port } = await app.start();
  app.log.info({ port, roles: app.settings.env.ROLES }, "ready");
  process.stdout.write(`${JSON.stringify({ ready: true, port })}\n`);

  let isStopping = false;
  const end = (code: number, why: string) => {
    if (isStopping) return;
    isStopping = true;
    app.log.info({ why }, "stopping");
    // Whatever hangs, we are gone within the promised time: jobs and outboxes are made to be resumed.
    setTimeout(() => process.exit(code || 1), drainMs).unref();
    app.stop().then(
      () => process.exit(code),
      (error) => {
        app.log.error(errorFields(error), "stop failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", () => end(0, "SIGTERM"));
  process.on("SIGINT", () => end(0, "SIGINT"));
  process.on("uncaughtException", (error) => {
    app.log.fatal(errorFields(error), "uncaught exception");
    end(1, "uncaught exception");
  });
  process.on("unhandledRejection", (error) => {
    app.log.fatal(errorFields(error), "unhandled rejection");
    end(1, "unhandled rejection");
  });
}

main().catch((error: unknown) => {
  const text = error instanceof SettingsError ? error.message : JSON.stringify(errorFields(error));
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
