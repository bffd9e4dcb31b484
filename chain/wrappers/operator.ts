/** The operator contract: the platform of every deal, and the hub that their events go to. */

import {
  type Address,
  beginCell,
  Cell,
  type Contract,
  type ContractProvider,
  contractAddress,
  external,
  type Sender,
  SendMode,
  type StateInit,
  storeMessage,
} from "@ton/core";
import buildV1 from "../contracts/operator/build/v1.json" with { type: "json" };

/** `hot` is the Ed25519 public key as an unsigned number of 256 bits. */
export interface OperatorConfig {
  cold: Address;
  hot: bigint;
}

export interface OperatorData extends OperatorConfig {
  seqno: number;
}

export type OperatorVersion = 1;

export const OPERATOR_CODE_HASH: string = buildV1.codeHash;

/** The most that one forwarded message may carry, in nanocoins. */
export const OPERATOR_VALUE_CAP = 50_000_000n;
/** What a withdrawal leaves in the contract, in nanocoins. */
export const OPERATOR_RESERVE = 50_000_000n;
/** How many messages one order may forward. */
export const OPERATOR_MESSAGES_MAX = 4;

export const OperatorOp = { SetHot: 0x5e5c0101, Withdraw: 0x5e5c0102 } as const;

/** Exit codes of a refused message. Externals are refused before they are accepted, so they cost nothing. */
export const OperatorError = {
  Signature: 401,
  NotCold: 403,
  Expired: 408,
  Seqno: 409,
  Address: 421,
  Count: 422,
  Operation: 423,
  Cap: 424,
  Body: 425,
} as const;

const codeV1 = Cell.fromBase64(buildV1.codeBoc);

export function operatorCode(version: OperatorVersion = 1): Cell {
  if (version !== 1) throw new RangeError(`There is no operator contract of version ${version}`);
  return codeV1;
}

/** The public key as the number that the contract stores. Throws unless it has 32 bytes. */
export function operatorKey(publicKey: Uint8Array): bigint {
  if (publicKey.length !== 32) throw new RangeError("An Ed25519 public key has 32 bytes");
  return BigInt(`0x${Buffer.from(publicKey).toString("hex")}`);
}

export function operatorStateInit(config: OperatorConfig, version: OperatorVersion = 1): StateInit {
  const data = beginCell().storeAddress(config.cold).storeUint(config.hot, 256).storeUint(0, 32).endCell();
  return { code: operatorCode(version), data };
}

export function operatorAddress(config: OperatorConfig, version: OperatorVersion = 1): Address {
  return contractAddress(0, operatorStateInit(config, version));
}

/** Reads the account's data cell. Throws if it is no operator data. */
export function parseOperatorData(data: Cell): OperatorData {
  const slice = data.beginParse();
  const parsed = { cold: slice.loadAddress(), hot: slice.loadUintBig(256), seqno: slice.loadUint(32) };
  slice.endParse();
  return parsed;
}

/** From the cold address: replaces the hot key for all live deals. */
export function setHotBody(input: { hot: bigint; queryId?: bigint }): Cell {
  return beginCell()
    .storeUint(OperatorOp.SetHot, 32)
    .storeUint(input.queryId ?? 0n, 64)
    .storeUint(input.hot, 256)
    .endCell();
}

/** From the cold address, to the cold address. Zero nanocoins means everything above the reserve. */
export function withdrawBody(input: { amount: bigint; queryId?: bigint }): Cell {
  return beginCell()
    .storeUint(OperatorOp.Withdraw, 32)
    .storeUint(input.queryId ?? 0n, 64)
    .storeCoins(input.amount)
    .endCell();
}

/** A proposal to forward: `body` is one of deliverBody, breachBody, disputeBody, timeoutBody; `value` in nanocoins. */
export interface OperatorForward {
  to: Address;
  value: bigint;
  body: Cell;
}

export interface OperatorOrder {
  operator: Address;
  seqno: number;
  /** Chain time in seconds; the order is refused from then on. */
  validUntil: number;
  messages: readonly OperatorForward[];
}

/** What the hot key signs (the hash of this cell). Throws unless there are one to four messages. */
export function operatorOrder(order: OperatorOrder): Cell {
  if (order.messages.length < 1 || order.messages.length > OPERATOR_MESSAGES_MAX) {
    throw new RangeError(`An order forwards one to ${OPERATOR_MESSAGES_MAX} messages`);
  }
  const cell = beginCell()
    .storeAddress(order.operator)
    .storeUint(order.seqno, 32)
    .storeUint(order.validUntil, 32);
  for (const { to, value, body } of order.messages) {
    cell.storeRef(beginCell().storeAddress(to).storeCoins(value).storeSlice(body.beginParse()).endCell());
  }
  return cell.endCell();
}

/** The body of the external message. `sign` gives the 64 bytes of the hot key's signature of 32 bytes. */
export async function operatorExternal(
  input: OperatorOrder & { sign: (hash: Uint8Array) => Uint8Array | Promise<Uint8Array> },
): Promise<Cell> {
  const order = operatorOrder(input);
  const signature = await input.sign(order.hash());
  return beginCell().storeBuffer(Buffer.from(signature), 64).storeRef(order).endCell();
}

/** The whole external message as a bag of cells, ready for `sendBoc`. */
export function operatorExternalBoc(operator: Address, body: Cell): Uint8Array {
  return beginCell()
    .store(storeMessage(external({ to: operator, body })))
    .endCell()
    .toBoc();
}

/** A handle for any provider: the sandbox, a TonClient. */
export class Operator implements Contract {
  readonly address: Address;
  readonly init?: StateInit;

  constructor(address: Address, init?: StateInit) {
    this.address = address;
    if (init !== undefined) this.init = init;
  }

  static fromConfig(config: OperatorConfig, version: OperatorVersion = 1): Operator {
    return new Operator(operatorAddress(config, version), operatorStateInit(config, version));
  }

  /** Deploys it, or tops it up: value in nanocoins. */
  async sendTopUp(provider: ContractProvider, via: Sender, value: bigint): Promise<void> {
    await this.send(provider, via, new Cell(), value);
  }

  /** A message from the cold address: setHotBody or withdrawBody. An empty body is a top-up, which never bounces. */
  async send(provider: ContractProvider, via: Sender, body: Cell, value = 20_000_000n): Promise<void> {
    const bounce = body.bits.length > 0;
    await provider.internal(via, { value, body, bounce, sendMode: SendMode.PAY_GAS_SEPARATELY });
  }

  /** A body made by operatorExternal. */
  async sendOrder(provider: ContractProvider, body: Cell): Promise<void> {
    await provider.external(body);
  }

  async getSeqno(provider: ContractProvider): Promise<number> {
    return (await provider.get("seqno", [])).stack.readNumber();
  }

  async getHot(provider: ContractProvider): Promise<bigint> {
    return (await provider.get("hot", [])).stack.readBigNumber();
  }

  async getCold(provider: ContractProvider): Promise<Address> {
    return (await provider.get("cold", [])).stack.readAddress();
  }
}
