import { eq } from "drizzle-orm";
import type { Ctx } from "../../platform/context.ts";
import { type Schedule, type Worker, worker } from "../../platform/jobs.ts";
import {
  lookJob,
  saleDelivered,
  saleDisputed,
  saleExpired,
  saleFunded,
  saleRecheck,
  saleSettled,
  sweepSales,
} from "./jobs.ts";
import { beginHold, beginTransfer, closeSale, stopWatching, sweepLooks } from "./sale/follow-deal.ts";
import { recordLook } from "./sale/record-look.ts";
import { lookAtSale } from "./snapshot.ts";
import { sales } from "./tables.ts";

/** One look: ask Telegram, then record. Run twice it looks twice, and the second look finds nothing new. */
export async function lookNow(ctx: Ctx, dealId: string): Promise<void> {
  const sale = (await ctx.db.select().from(sales).where(eq(sales.dealId, dealId)))[0];
  if (!sale || (sale.phase !== "transfer" && sale.phase !== "hold")) return;
  const look = await lookAtSale(
    ctx,
    sale.telegramId.toString(),
    sale.buyerTelegramId.toString(),
    sale.sellerTelegramId.toString(),
  );
  const { requestKey: _again, ...fresh } = ctx;
  await recordLook(fresh, { dealId, phase: sale.phase, look });
}

export const workers: Worker[] = [
  worker(lookJob, (ctx, { dealId }) => lookNow(ctx, dealId)),
  worker(saleRecheck, (ctx, { dealId }) => lookNow(ctx, dealId)),
  worker(saleFunded, async (ctx, { dealId }) => void (await beginTransfer(ctx, { dealId }))),
  worker(saleDelivered, async (ctx, { dealId }) => void (await beginHold(ctx, { dealId }))),
  worker(saleDisputed, async (ctx, { dealId }) => void (await stopWatching(ctx, { dealId }))),
  worker(saleSettled, async (ctx, { dealId }) => void (await closeSale(ctx, { dealId, how: "settled" }))),
  worker(saleExpired, async (ctx, { dealId }) => void (await closeSale(ctx, { dealId, how: "expired" }))),
  worker(sweepSales, async (ctx) => void (await sweepLooks(ctx, {}))),
];

export const schedules: Schedule[] = [{ job: sweepSales, cron: "* * * * *" }];
