/** A wallet's transactions in a person's words: who gave whom how much. */
import type { Address } from "@ton/core";
import type { Chain } from "../chain/chain.ts";
import { type ContractKind, kindAt } from "../chain/contracts.ts";
import type { LedgerTx } from "../chain/ledger.ts";
import { messageHashes, readMessage } from "../chain/messages.ts";
import type { People } from "../chain/people.ts";
import { commentOf } from "../http/v2-views.ts";
import { finalityOf } from "../http/v3-views.ts";

export type HistoryRow = {
  direction: "in" | "out";
  /** Hash of the wallet's own transaction, hex. */
  tx: string;
  /** Of the message, hex. */
  message: string;
  /** Friendly form, and the name if it is one of the people. */
  address: string;
  name: string | null;
  contract: ContractKind | null;
  /** Nanograms. */
  amount: string;
  comment: string | null;
  bounced: boolean;
  /** Seconds. */
  time: number;
  finality: string;
};

export function historyOf(tx: LedgerTx, chain: Chain, people: People): HistoryRow[] {
  const incoming = tx.inMessage === null ? [] : [{ cell: tx.inMessage, direction: "in" as const }];
  const outgoing = tx.outMessages.map((cell) => ({ cell, direction: "out" as const }));
  return [...outgoing, ...incoming].flatMap(({ cell, direction }) => {
    const message = readMessage(cell);
    const { info } = message;
    if (info.type !== "internal") return [];
    const other: Address = direction === "in" ? info.src : info.dest;
    return [
      {
        direction,
        tx: tx.hash,
        message: messageHashes(cell).hash,
        address: other.toString(),
        name: people.byAddress(other)?.name ?? null,
        contract: kindAt(chain, other),
        amount: info.value.coins.toString(),
        comment: commentOf(message) ?? null,
        bounced: info.bounced,
        time: tx.tx.now,
        finality: finalityOf(tx.seqno, chain.state.view()),
      },
    ];
  });
}
