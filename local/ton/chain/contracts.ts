/** The product's own contracts, known by the hash of their code. */
import type { Address, Cell } from "@ton/core";
import { ESCROW_CODE_HASH } from "../../../chain/wrappers/escrow.ts";
import { OPERATOR_CODE_HASH } from "../../../chain/wrappers/operator.ts";
import type { Chain } from "./chain.ts";

export type ContractKind = "escrow" | "operator";

export function kindOfCode(code: Cell | null | undefined): ContractKind | null {
  const hash = code?.hash().toString("hex");
  if (hash === ESCROW_CODE_HASH) return "escrow";
  return hash === OPERATOR_CODE_HASH ? "operator" : null;
}

/** What stands at an address now. Reads the ledger, so that lists of many addresses stay cheap. */
export function kindAt(chain: Chain, address: Address): ContractKind | null {
  const hash = chain.state.ledger.of(address.toRawString()).at(-1)?.codeHash;
  if (hash === ESCROW_CODE_HASH) return "escrow";
  return hash === OPERATOR_CODE_HASH ? "operator" : null;
}
