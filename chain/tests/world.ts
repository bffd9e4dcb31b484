/**
 * A chain in memory with the people of a deal, for tests and measurements. The platform is a plain wallet here unless a test
 * deploys the operator contract: the escrow contract cannot tell the difference.
 */

import { beginCell, Cell, type StateInit } from "@ton/core";
import {
  Blockchain,
  type BlockchainTransaction,
  internal,
  type SandboxContract,
  type TreasuryContract,
} from "@ton/sandbox";
import { networkConfig2026, networkConfigBefore2026 } from "../network-config.ts";
import {
  agreeBody,
  breachBody,
  deliverBody,
  disputeBody,
  ESCROW_PRICE_MIN,
  type EscrowData,
  EscrowState,
  type EscrowTerms,
  escrowAddress,
  escrowStateInit,
  fundBody,
  OP_GAS,
  parseEscrowData,
  requiredFunding,
} from "../wrappers/escrow.ts";

export const FEE_SCHEDULES = [
  { name: "fees before 2026", config: networkConfigBefore2026() },
  { name: "fees of 2026", config: networkConfig2026() },
] as const;

export const HOUR = 3_600;
export const DAY = 86_400;
/** Chain time at which every world begins, later than the change of the storage price. */
export const START = 1_790_000_000;
export const COIN = 1_000_000_000n;

export const ROLES = ["buyer", "seller", "platform", "arbiter", "feeTo", "stranger"] as const;
export type Role = (typeof ROLES)[number];

export interface Call {
  from: Role;
  body?: Cell;
  value?: bigint;
  bounce?: boolean;
  init?: StateInit;
}

export class World {
  readonly chain: Blockchain;
  readonly people: Record<Role, SandboxContract<TreasuryContract>>;
  readonly terms: EscrowTerms;

  private constructor(
    chain: Blockchain,
    people: Record<Role, SandboxContract<TreasuryContract>>,
    terms: EscrowTerms,
  ) {
    this.chain = chain;
    this.people = people;
    this.terms = terms;
  }

  static async create(config: Cell, change: Partial<EscrowTerms> = {}): Promise<World> {
    const chain = await Blockchain.create({ config });
    chain.now = START;
    const entries = await Promise.all(ROLES.map(async (role) => [role, await chain.treasury(role)] as const));
    const people = Object.fromEntries(entries) as Record<Role, SandboxContract<TreasuryContract>>;
    return new World(chain, people, { ...defaultTerms(people), ...change });
  }

  /** The same chain and people, another agreement. */
  with(change: Partial<EscrowTerms>): World {
    return new World(this.chain, this.people, { ...this.terms, ...change });
  }

  get address() {
    return escrowAddress(this.terms);
  }

  get now(): number {
    return this.chain.now ?? START;
  }

  set now(time: number) {
    this.chain.now = time;
  }

  /** Sends one message as if that wallet had, so that fees of the wallet do not blur the sums. */
  async call({ from, body = new Cell(), value = OP_GAS, bounce = true, init }: Call): Promise<Outcome> {
    const message = internal({
      from: this.people[from].address,
      to: this.address,
      body,
      value,
      bounce,
      ...(init === undefined ? {} : { stateInit: init }),
    });
    const { transactions } = await this.chain.sendMessage(message);
    return new Outcome(transactions, this);
  }

  fund(value: bigint = requiredFunding(this.terms.price)): Promise<Outcome> {
    return this.call({ from: "buyer", body: fundBody(), value, init: escrowStateInit(this.terms) });
  }

  async data(): Promise<EscrowData | null> {
    const account = (await this.chain.getContract(this.address)).accountState;
    return account?.type === "active" && account.state.data ? parseEscrowData(account.state.data) : null;
  }

  async balance(): Promise<bigint> {
    return (await this.chain.getContract(this.address)).balance;
  }

  async balanceOf(role: Role): Promise<bigint> {
    return (await this.chain.getContract(this.people[role].address)).balance;
  }

  /** Brings a fresh deal into a state by the shortest way; the clock stays inside the new state's time. */
  async reach(state: EscrowState): Promise<void> {
    if (state === EscrowState.Init) {
      await this.call({ from: "stranger", init: escrowStateInit(this.terms) });
      return;
    }
    await this.fund();
    if (state === EscrowState.Delivered)
      await this.call({ from: "platform", body: deliverBody({ evidence: 1n }) });
    if (state === EscrowState.Breached) {
      await this.call({ from: "platform", body: breachBody({ sellerBps: 2_500, evidence: 1n }) });
    }
    if (state === EscrowState.Disputed)
      await this.call({ from: "platform", body: disputeBody({ reason: 1n }) });
    if (state === EscrowState.Settled) {
      const validUntil = this.now + DAY;
      await this.call({ from: "buyer", body: agreeBody({ sellerBps: 6_000, validUntil }) });
      await this.call({ from: "seller", body: agreeBody({ sellerBps: 6_000, validUntil }) });
    }
  }
}

/** What one message to the deal's contract did. */
export class Outcome {
  readonly transactions: BlockchainTransaction[];
  readonly #world: World;

  constructor(transactions: BlockchainTransaction[], world: World) {
    this.transactions = transactions;
    this.#world = world;
  }

  /** The contract's own transaction. */
  get own(): BlockchainTransaction {
    const first = this.transactions[0];
    if (first === undefined) throw new Error("The message caused no transaction");
    return first;
  }

  get compute() {
    const description = this.own.description;
    if (description.type !== "generic") throw new Error("Not an ordinary transaction");
    return description.computePhase;
  }

  get action() {
    const description = this.own.description;
    if (description.type !== "generic") throw new Error("Not an ordinary transaction");
    return description.actionPhase;
  }

  get gas(): bigint {
    return this.compute.type === "vm" ? this.compute.gasUsed : 0n;
  }

  /** Messages that the contract sent, in order. */
  get sent(): { to: Role | "other"; value: bigint; bounce: boolean; body: Cell }[] {
    return this.own.outMessages.values().flatMap(({ info, body }) => {
      if (info.type !== "internal") return [];
      const to = ROLES.find((role) => this.#world.people[role].address.equals(info.dest)) ?? "other";
      return [{ to, value: info.value.coins, bounce: info.bounce, body }];
    });
  }
}

export function comment(text: string): Cell {
  return beginCell().storeUint(0, 32).storeStringTail(text).endCell();
}

function defaultTerms(people: Record<Role, SandboxContract<TreasuryContract>>): EscrowTerms {
  return {
    dealId: 0x0123456789abcdef0123456789abcdefn,
    termsHash: 0xfeedn,
    buyer: people.buyer.address,
    seller: people.seller.address,
    platform: people.platform.address,
    arbiter: people.arbiter.address,
    feeTo: people.feeTo.address,
    price: 1_000n * ESCROW_PRICE_MIN,
    feeBps: 300,
    payBy: START + HOUR,
    deliverBy: START + 3 * DAY,
    holdSeconds: DAY,
    challengeSeconds: DAY,
    arbiterSeconds: 21 * DAY,
    fallbackFundedBps: 0,
    fallbackDeliveredBps: 10_000,
  };
}
