/** What one provider of the chain can do; the gateway makes the port of two of them. */
import { Address, Cell } from "@ton/core";
import type { ChainAccount, ChainMessage, ChainTransaction } from "./port.ts";

/** A transaction with the link to the one before it on the same account, by which a left-out one shows. */
export type LinkedTransaction = ChainTransaction & { prevLt: bigint };

/** A transaction as endpoints name it. */
export type TransactionName = Pick<ChainTransaction, "lt" | "hash">;

export type ChainEndpoint = {
  readonly name: string;
  /** Time of the newest finalized block that this endpoint has, Unix seconds. */
  now(): Promise<number>;
  /**
   * In any order, perhaps with repetitions or gaps: the gateway checks. All with lt above `afterLt`, the oldest first in mind; with
   * `upTo` none beyond that one. @throws TooFarBack by those who can only walk back from the newest
   */
  transactions(
    account: string,
    afterLt: bigint,
    limit: number,
    upTo?: TransactionName,
  ): Promise<LinkedTransaction[]>;
  account(address: string): Promise<ChainAccount>;
  send(boc: string): Promise<void>;
};

/** Speaks against the endpoint: no answer, a server error, an answer that does not parse or contradicts itself. */
export class EndpointFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = "EndpointFault";
  }
}

/** So many transactions lie before the wanted ones that they cannot be reached from the newest. */
export class TooFarBack extends EndpointFault {
  constructor() {
    super("more transactions than can be walked back");
    this.name = "TooFarBack";
  }
}

/** The chain itself said no to a message. */
export class MessageRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = "MessageRefused";
  }
}

export const isEndpointFault = (error: unknown): boolean => !(error instanceof MessageRefused);

/** Raw, lower-case. @throws EndpointFault */
export function rawAddress(value: string): string {
  try {
    return Address.parse(value).toRawString();
  } catch {
    throw new EndpointFault("an address that does not parse");
  }
}

/** A body in one form whatever the provider's packing: base64 BoC, or null when it is empty. */
export function normalBody(cell: Cell): ChainMessage["body"] {
  return cell.bits.length === 0 && cell.refs.length === 0 ? null : cell.toBoc().toString("base64");
}

/** One root in a base64 bag of cells. @throws EndpointFault */
export function cellOf(boc: string): Cell {
  try {
    return Cell.fromBase64(boc);
  } catch {
    throw new EndpointFault("a bag of cells that does not parse");
  }
}

/** Answers of a fetch as JSON. A server error, 429 and everything that is no JSON are faults. */
export async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new EndpointFault(`status ${response.status} without JSON`);
  }
}

/** Words by which providers pass on that a validator would not take an external message. */
export const saysRefused = (text: string): boolean =>
  /not accepted|cannot apply external message|external message was not|exitcode=|failed to unpack/i.test(
    text,
  );
