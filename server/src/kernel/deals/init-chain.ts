import { beginCell, type Cell, storeStateInit } from "@ton/core";
import { operatorKey, setHotBody } from "../../gateways/ton/contracts/port.ts";
import type { Ctx } from "../../platform/context.ts";
import { obeysAnother, operatorOf, seqnoOf } from "./operator.ts";
import { friendlyWallet } from "./views.ts";

/** What the operator contract is given at first, in nanograms: gas for about a hundred proposals, whose rest comes back. */
export const operatorFundingNano = 2_000_000_000n;
/** Below this an operator should be topped up; the metric and the log say so. */
export const operatorLowNano = 500_000_000n;

export type ChainStatus = {
  /** Raw. */
  address: string;
  /** Stands on the chain, with our code, obeying our hot key. */
  isReady: boolean;
  balanceNano: bigint;
  isLow: boolean;
  /** Pays for and deploys the operator from any wallet; for people. */
  deployLink: string;
  /** Null for a contract that was made with another hot key. */
  stateInit: { code: Cell; data: Cell } | null;
  /** For the cold wallet: makes the contract obey `TON_HOT_SEED`. Null unless it stands there and obeys another key. */
  setHotLink: string | null;
};

/** What `SetHot` carries for its gas, in nanograms; the rest comes back. */
const setHotValueNano = 20_000_000n;

/** What there is of the operator contract. @throws ChainFailure */
export async function chainStatus(ctx: Ctx): Promise<ChainStatus> {
  const operator = operatorOf(ctx.settings);
  const account = await ctx.gateways.ton.account(operator.address);
  const { code, data } = operator.stateInit ?? {};
  const stateInit = code && data ? { code, data } : null;
  const init = stateInit && beginCell().store(storeStateInit(stateInit)).endCell().toBoc().toString("base64");
  const transfer = `ton://transfer/${friendlyWallet(operator.address)}?amount=`;
  const body = setHotBody({ hot: operatorKey(operator.keys.publicKey) })
    .toBoc()
    .toString("base64");
  return {
    address: operator.address,
    isReady: seqnoOf(operator, account) !== null,
    balanceNano: account.balance,
    isLow: account.balance < operatorLowNano,
    deployLink: `${transfer}${operatorFundingNano}${init ? `&init=${encodeURIComponent(init)}` : ""}`,
    stateInit,
    setHotLink: obeysAnother(operator, account)
      ? `${transfer}${setHotValueNano}&bin=${encodeURIComponent(body)}`
      : null,
  };
}

/**
 * Brings the operator contract onto the chain, or leaves it when it is there. `fund` pays `nano` to `address` with the contract's
 * StateInit: the local faucet, or a person who opens `deployLink`. Waits until the chain shows it, for at most `waitMs`.
 */
export async function initChain(
  ctx: Ctx,
  options: {
    fund: (
      address: string,
      nano: bigint,
      stateInit: { code: Cell; data: Cell },
      deployLink: string,
    ) => Promise<void>;
    waitMs?: number;
  },
): Promise<ChainStatus> {
  const before = await chainStatus(ctx);
  if (before.isReady) return before;
  if (before.setHotLink || !before.stateInit)
    throw new Error("the operator contract obeys another hot key, or TON_OPERATOR_ADDRESS names none");
  await options.fund(before.address, operatorFundingNano, before.stateInit, before.deployLink);
  const pauseMs = 500;
  for (let waited = 0; ; waited += pauseMs) {
    const status = await chainStatus(ctx);
    if (status.isReady) return status;
    if (waited >= (options.waitMs ?? 60_000))
      throw new Error("the operator contract did not appear on the chain");
    await Bun.sleep(pauseMs);
  }
}
