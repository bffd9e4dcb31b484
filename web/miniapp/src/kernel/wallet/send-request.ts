/** Hands a message of the server to the connected wallet. */
import { type SendTransactionRequest, type TonConnectUI, UserRejectsError } from "@tonconnect/ui-react";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import type { TonConnectRequest } from "../../../../../server/src/platform/shapes.ts";

/** Why a wallet did not send. In none of these cases did money move, except that a lost answer leaves it open. */
export type NotSent = "rejected" | "expired" | "unknown";

export const reasonOf = (error: unknown): NotSent => {
  if (error instanceof UserRejectsError) return "rejected";
  return error instanceof Error && /expired|valid.?until/i.test(error.message) ? "expired" : "unknown";
};

/** `from` is the connected account, which the caller has compared with the wallet that the deal pins. */
export async function sendRequest(ui: TonConnectUI, request: TonConnectRequest, from: string): Promise<void> {
  const transaction: SendTransactionRequest = {
    validUntil: request.validUntil,
    network: request.network,
    from,
    messages: request.messages.map(({ address, amount, payload, stateInit }) => ({
      address,
      amount,
      ...(payload === undefined ? {} : { payload }),
      ...(stateInit === undefined ? {} : { stateInit }),
    })),
  };
  await ui.sendTransaction(transaction);
}

/** The only wallet whose word the contract takes from the reader. */
export const pinnedWallet = (deal: Deal): string => deal[deal.role].wallet;
