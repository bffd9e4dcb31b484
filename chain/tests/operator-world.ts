/** A world whose platform is a real operator contract with a hot key, and orders signed by any key. */

import { Address, type Cell, external, type Transaction } from "@ton/core";
import { type KeyPair, keyPairFromSeed, sign } from "@ton/crypto";
import { type BlockchainSnapshot, type BlockchainTransaction, EmulationError, internal } from "@ton/sandbox";
import { EscrowState, type EscrowTerms, parseEscrowMessage, requiredFunding } from "../wrappers/escrow.ts";
import {
  type OperatorConfig,
  type OperatorForward,
  operatorAddress,
  operatorExternal,
  operatorKey,
  operatorStateInit,
} from "../wrappers/operator.ts";
import { COIN, HOUR, World } from "./world.ts";

export const hotKey = keyPairFromSeed(Buffer.alloc(32, 1));
export const newKey = keyPairFromSeed(Buffer.alloc(32, 2));
export const thiefsKey = keyPairFromSeed(Buffer.alloc(32, 3));

export interface OrderInput {
  messages: readonly OperatorForward[];
  key?: KeyPair;
  seqno?: number;
  validUntil?: number;
  operator?: Address;
}

interface Beginning {
  people: World;
  config: OperatorConfig;
  snapshot: BlockchainSnapshot;
}

const beginnings = new Map<Cell, Promise<Beginning>>();

export class OperatorWorld {
  readonly world: World;
  readonly operator: Address;
  readonly config: OperatorConfig;

  private constructor(world: World, config: OperatorConfig) {
    this.world = world;
    this.config = config;
    this.operator = operatorAddress(config);
  }

  /**
   * A deployed operator with ten coins, and a deal that is not funded yet. The wallet of the fee address is the cold address
   * too. One chain serves a network's worlds, put back to its beginning each time: only the newest world is usable.
   */
  static async create(network: Cell, change: Partial<EscrowTerms> = {}): Promise<OperatorWorld> {
    const base = beginnings.get(network) ?? OperatorWorld.#begin(network);
    beginnings.set(network, base);
    const { people, config, snapshot } = await base;
    await people.chain.loadFrom(snapshot);
    const here = new OperatorWorld(people.with({ platform: operatorAddress(config), ...change }), config);
    await here.tell(config.cold, { value: 10n * COIN });
    return here;
  }

  static async #begin(network: Cell): Promise<Beginning> {
    const people = await World.onOwnChain(network);
    const config = { cold: people.people.feeTo.address, hot: operatorKey(hotKey.publicKey) };
    return { people, config, snapshot: people.chain.snapshot() };
  }

  get now(): number {
    return this.world.now;
  }

  contract() {
    return this.world.chain.getContract(this.operator);
  }

  async seqno(): Promise<number> {
    return (await (await this.contract()).get("seqno")).stackReader.readNumber();
  }

  async hot(): Promise<bigint> {
    return (await (await this.contract()).get("hot")).stackReader.readBigNumber();
  }

  async body(input: OrderInput): Promise<Cell> {
    const { key = hotKey, messages, validUntil = this.now + HOUR, operator = this.operator } = input;
    return operatorExternal({
      operator,
      seqno: input.seqno ?? (await this.seqno()),
      validUntil,
      messages,
      sign: (hash) => sign(Buffer.from(hash), key.secretKey),
    });
  }

  /** Sends an order and lets everything that follows happen. Fails if the operator does not accept it. */
  async order(input: OrderInput): Promise<BlockchainTransaction[]> {
    const message = external({ to: this.operator, body: await this.body(input) });
    return (await this.world.chain.sendMessage(message)).transactions;
  }

  /** The exit code with which an external body is refused, or null if it is accepted. Nothing follows. */
  async refusal(body: Cell): Promise<number | null> {
    try {
      await (await this.contract()).receiveMessage(external({ to: this.operator, body }));
      return null;
    } catch (error) {
      if (error instanceof EmulationError) return error.exitCode ?? -1;
      throw error;
    }
  }

  /** An internal message; only the operator's own transaction. */
  async tell(
    from: Address,
    input: { body?: Cell; value?: bigint; bounced?: boolean } = {},
  ): Promise<Transaction> {
    const { body, value = COIN, bounced = false } = input;
    const stateInit = operatorStateInit(this.config);
    const message = internal({
      from,
      to: this.operator,
      value,
      bounced,
      bounce: !bounced,
      stateInit,
      ...(body && { body }),
    });
    return (await this.contract()).receiveMessage(message);
  }

  async fundDeal(): Promise<void> {
    await this.world.fund(requiredFunding(this.world.terms.price));
    const { state } = await this.world.data();
    if (state !== EscrowState.Funded) throw new Error("The deal is not funded");
  }
}

/** What a chain of transactions paid out of deals: every payout leg found in it. */
export function payoutsIn(transactions: readonly Transaction[]): number {
  return transactions
    .flatMap((transaction) => transaction.outMessages.values())
    .filter(({ body }) => parseEscrowMessage(body)?.kind === "payout").length;
}

/** A place where nothing is deployed. */
export const someAddress = new Address(0, Buffer.alloc(32, 0x77));
