/** What a transaction will cost the payer, found by running it without sending it. */
import type { MessageRelaxed } from "@ton/core";
import { type Chain, NotAccepted } from "../chain/chain.ts";
import { emulate } from "../chain/emulate.ts";
import { decodeAccount } from "../chain/machine.ts";
import type { Wallet } from "../chain/people.ts";
import { accountInfo, type Payments } from "../chain/wallets.ts";

export type Estimate = {
  /** Nanograms: the sum of the messages, the network's fee for the payer, and whether the balance covers both. */
  amount: bigint;
  fee: bigint;
  enough: boolean;
  /** True if every contract that the run reached was content. */
  succeeds: boolean;
};

export async function estimate(
  chain: Chain,
  payments: Payments,
  wallet: Wallet,
  messages: MessageRelaxed[],
): Promise<Estimate> {
  const amount = messages.reduce(
    (sum, { info }) => sum + (info.type === "internal" ? info.value.coins : 0n),
    0n,
  );
  const { balance } = accountInfo(chain, wallet.address);
  const trace = await emulate(chain, await payments.signed(wallet, messages)).catch((error: unknown) => {
    // An empty wallet cannot even pay for the check of its own signature.
    if (error instanceof NotAccepted) return [];
    throw error;
  });
  const [own, ...others] = trace;
  if (own === undefined) return { amount, fee: 0n, enough: false, succeeds: false };
  const rest = decodeAccount(own.account).account?.storage.balance.coins ?? 0n;
  const sentAll = own.tx.outMessagesCount === messages.length;
  const fee = sentAll ? balance - rest - amount : balance - rest;
  const succeeds = others.every(({ tx }) => tx.description.type === "generic" && !tx.description.aborted);
  return { amount, fee, enough: sentAll && balance >= amount + fee, succeeds };
}
