/** The operator contract of this installation: where it is, and the hot key that it obeys. */
import { Address } from "@ton/core";
import { type KeyPair, keyPairFromSeed } from "@ton/crypto";
import {
  OPERATOR_CODE_HASH,
  operatorAddress,
  operatorKey,
  operatorStateInit,
  parseOperatorData,
} from "../../gateways/ton/contracts/port.ts";
import type { ChainAccount } from "../../gateways/ton/port.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Settings } from "../../platform/settings.ts";
import { cellOf } from "./chain-facts.ts";

export type Operator = {
  /** Raw. The `platform` of every new deal and the hub of their events. */
  address: string;
  keys: KeyPair;
  /** Null for a contract that was made with another hot key: it is there already, or nowhere. */
  stateInit: ReturnType<typeof operatorStateInit> | null;
};

const known = new WeakMap<Settings, Operator>();

/**
 * Derived from the cold address and the first hot key. A later `SetHot` changes the key, not the address: from then on the
 * configuration names the address.
 */
export function operatorOf(settings: Settings): Operator {
  const before = known.get(settings);
  if (before) return before;
  const keys = keyPairFromSeed(settings.env.TON_HOT_SEED);
  const config = {
    cold: Address.parse(settings.env.TON_COLD_ADDRESS),
    hot: operatorKey(keys.publicKey),
  };
  const derived = operatorAddress(config).toRawString();
  const named = settings.env.TON_OPERATOR_ADDRESS;
  const address = named ? Address.parse(named).toRawString() : derived;
  const operator = { address, keys, stateInit: address === derived ? operatorStateInit(config) : null };
  known.set(settings, operator);
  return operator;
}

/** The operator's own account is there, with our code, but obeys another hot key. */
export const obeysAnother = (operator: Operator, account: ChainAccount): boolean =>
  account.status === "active" &&
  account.codeHash === OPERATOR_CODE_HASH &&
  seqnoOf(operator, account) === null;

/** Number of the operator's next order, or null while it cannot work for us: not there, other code, another hot key. */
export function seqnoOf(operator: Operator, account: ChainAccount): number | null {
  const data = cellOf(account.data);
  if (account.status !== "active" || account.codeHash !== OPERATOR_CODE_HASH || !data) return null;
  const parsed = parseOperatorData(data);
  return parsed.hot === operatorKey(operator.keys.publicKey) ? parsed.seqno : null;
}

const readyUntil = new WeakMap<Settings, number>();
const readyForMs = 60_000;

/** True when the hub stands on the chain: to one that does not, every event of a deal would be lost. Remembered for a minute. */
export async function chainCheck(ctx: Ctx): Promise<boolean> {
  if ((readyUntil.get(ctx.settings) ?? 0) > ctx.clock.now()) return true;
  const operator = operatorOf(ctx.settings);
  const account = await ctx.gateways.ton.account(operator.address);
  const isReady = seqnoOf(operator, account) !== null;
  if (isReady) readyUntil.set(ctx.settings, ctx.clock.now() + readyForMs);
  return isReady;
}
