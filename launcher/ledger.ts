/** `souk ledger verify`: the whole ledger is worked out again from its rows and compared with what is written down. */
import { verifyLedger } from "../server/src/kernel/ledger/index.ts";
import { connectDatabase } from "../server/src/platform/db.ts";
import { createLog } from "../server/src/platform/log.ts";
import { withDatabase } from "./commands.ts";
import { openHome } from "./home.ts";
import { say, warn } from "./say.ts";

export function ledgerCommand([what]: readonly string[]): Promise<number> {
  if (what !== "verify") {
    warn("souk ledger verify");
    return Promise.resolve(2);
  }
  return withDatabase(async (url) => {
    const began = performance.now();
    const database = connectDatabase(url, {
      log: createLog("silent"),
      name: "souk ledger verify",
      poolSize: 2,
    });
    try {
      const anchors = process.env.LEDGER_ANCHOR_DIR || openHome().anchors;
      const report = await verifyLedger(database.pool, anchors);
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      say(
        `${report.transfers} transfers, ${report.entries} entries, ${report.seals} seals, ${report.anchors} anchors in ${seconds} s`,
      );
      for (const { check, found } of report.findings) warn(`${check}: ${found}`);
      say(report.findings.length === 0 ? "all as it was written" : "the ledger was changed, or is damaged");
      return report.findings.length === 0 ? 0 : 1;
    } finally {
      await database.close();
    }
  });
}
