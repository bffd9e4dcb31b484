import type { Ctx } from "../../platform/context.ts";
import { worker } from "../../platform/jobs.ts";
import { comparePage, continueComparing } from "./compare-deals.ts";
import { chainStatus } from "./init-chain.ts";
import { compareDeals, compareMore, watchOperator } from "./jobs.ts";

async function compare(ctx: Ctx, after?: string): Promise<void> {
  const last = await comparePage(ctx, after);
  if (last) await continueComparing(ctx, { after: last });
}

export const compareWorker = worker(compareDeals, (ctx) => compare(ctx), 1);
export const compareMoreWorker = worker(compareMore, (ctx, { after }) => compare(ctx, after), 1);

export const operatorWorker = worker(
  watchOperator,
  async (ctx) => {
    const status = await chainStatus(ctx);
    const fields = { address: status.address, balanceNano: status.balanceNano.toString() };
    if (!status.isReady)
      ctx.log.error(fields, "the operator contract is not on the chain: no deal can be opened");
    else if (status.isLow) ctx.log.warn(fields, "the operator contract is low on gas money: top it up");
  },
  1,
);
