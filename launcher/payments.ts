/** `souk payments reconcile [provider]`: every provider's list against our books, now, with the product's own settings. */
import { createApp } from "../server/src/app.ts";
import { reconcile } from "../server/src/kernel/payments/index.ts";
import { system } from "../server/src/platform/context.ts";
import { withDatabase } from "./commands.ts";
import { say, warn } from "./say.ts";

/** Ends with 1 when something differs, or a list could not be read. */
export function paymentsCommand([what, wanted]: readonly string[]): Promise<number> {
  if (what !== "reconcile") {
    warn("souk payments reconcile [provider]");
    return Promise.resolve(2);
  }
  return withDatabase(async (databaseUrl) => {
    const app = await createApp({
      env: { LOG_LEVEL: "warn", ...process.env, DATABASE_URL: databaseUrl, ROLES: "web" },
    });
    try {
      const ctx = app.context(system("souk.payments"));
      const names = wanted ? [wanted] : [...ctx.gateways.payments.keys()];
      let differing = 0;
      for (const name of names) differing += await told(name, () => reconcile(ctx, name));
      return differing > 0 ? 1 : 0;
    } finally {
      await app.stop();
    }
  });
}

async function told(name: string, run: () => ReturnType<typeof reconcile>): Promise<number> {
  try {
    const { theirs, booked, open } = await run();
    const late = booked > 0 ? `, ${booked} of them booked now` : "";
    say(`${name}: ${theirs} payments in its list${late}; ${open} differences`);
    return open;
  } catch (error) {
    warn(`${name}: its list could not be read: ${error instanceof Error ? error.message : "unknown"}`);
    return 1;
  }
}
