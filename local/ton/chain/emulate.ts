/** What would happen: runs a message and its whole trace on a copy of the newest state. */
import { randomBytes } from "node:crypto";
import type { Address, Cell } from "@ton/core";
import { type Chain, externalMessage, LT_PER_MESSAGE, notAccepted } from "./chain.ts";
import { type Execution, emptyAccount } from "./machine.ts";
import { messageCell } from "./messages.ts";

type Accepted = Extract<Execution, { accepted: true }>;

const HOPS_MAX = 64;

/**
 * The executions of the trace that an external message would begin now, the receiver's own first.
 * @throws NotAccepted
 */
export async function emulate(chain: Chain, cell: Cell, ignoreSignatures = false): Promise<Accepted[]> {
  const overlay = new Map<string, string>();
  const waiting: { cell: Cell; dest: Address }[] = [{ cell, dest: externalMessage(cell).dest }];
  const results: Accepted[] = [];
  let lt = chain.state.nextLt();
  for (let each = waiting.shift(); each !== undefined && results.length < HOPS_MAX; each = waiting.shift()) {
    const address = each.dest.toRawString();
    lt += LT_PER_MESSAGE;
    const result = await chain.machine.run({
      account: overlay.get(address) ?? chain.state.account(address) ?? emptyAccount(each.dest),
      message: each.cell,
      now: chain.now(),
      lt,
      randomSeed: randomBytes(32),
      ignoreSignatures,
    });
    if (!result.accepted) throw notAccepted(result);
    overlay.set(address, result.account);
    results.push(result);
    for (const out of result.tx.outMessages.values()) {
      if (out.info.type === "internal") waiting.push({ cell: messageCell(out), dest: out.info.dest });
    }
  }
  return results;
}
