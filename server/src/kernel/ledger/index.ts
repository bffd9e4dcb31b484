/**
 * The front door of the ledger. Everything that moves money takes a `Tx`: it commits with what caused it, or not at all.
 * Amounts are `bigint` minor units of their asset; keys are unique, deterministic, and bound to their input.
 */

export { assertAppendOnly } from "./append-only.ts";
export { numberCell, textCell } from "./csv.ts";
export { placeHold, postHold, voidHold } from "./holds.ts";
export { type DealMoney, mirrorFunding, mirrorSettlement } from "./mirror.ts";
export { type Balance, balanceOf, balancesOf } from "./queries.ts";
export { convert } from "./quotes/convert.ts";
export { type Quote, quotableAssets, quote } from "./quotes/quote.ts";
export { reverse } from "./reverse.ts";
export { account, type Leg } from "./rules.ts";
export { beginEpoch, sealOnce } from "./seal.ts";
export { type Cause, type Posted, transfer } from "./transfer.ts";
export { type LedgerReport, verifyLedger } from "./verify/verify-ledger.ts";
