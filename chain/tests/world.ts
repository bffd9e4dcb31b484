/**
 * A chain in memory with the people of a deal, for tests and measurements. The platform is a plain wallet here unless a test
 * deploys the operator contract: the escrow contract cannot tell the difference.
 */

import {
  Address,
  beginCell,
  Cell,
  type StateInit,
  type Transaction,
  type TransactionDescriptionGeneric,
} from "@ton/core";
import {
  Blockchain,
  type BlockchainTransaction,
  internal,
  type SandboxContract,
  type SmartContract,
  type TreasuryContract,
} from "@ton/sandbox";
import { networkConfig2026, networkConfigBefore2026 } from "../network-config.ts";
import {
  breachBody,
  deliverBody,
  disputeBody,
  type EscrowData,
  type EscrowEvent,
  EscrowState,
  type EscrowTerms,
  escrowAddress,
  escrowStateInit,
  fundBody,
  OP_GAS,
  parseEscrowData,
  parseEscrowEvent,
  parseEscrowMessage,
  releaseBody,
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
  from: Role | Address;
  body?: Cell;
  value?: bigint;
  bounce?: boolean;
  bounced?: boolean;
  init?: StateInit;
}

const sharedWorlds = new Map<Cell, Promise<World>>();
let nextDealId = 1_000_000_000_000n;

export class World {
  readonly chain: Blockchain;
  readonly people: Record<Role, SandboxContract<TreasuryContract>>;
  readonly terms: EscrowTerms;
  readonly address: Address;

  private constructor(
    chain: Blockchain,
    people: Record<Role, SandboxContract<TreasuryContract>>,
    terms: EscrowTerms,
  ) {
    this.chain = chain;
    this.people = people;
    this.terms = terms;
    this.address = escrowAddress(terms);
  }

  /**
   * A deal of its own at the beginning of time, on a chain that all worlds of a fee schedule share. What a deal's contract
   * sends goes nowhere there, so that worlds cannot disturb each other; for whole traces take `onOwnChain`.
   */
  static async create(config: Cell, change: Partial<EscrowTerms> = {}): Promise<World> {
    const base = sharedWorlds.get(config) ?? World.onOwnChain(config);
    sharedWorlds.set(config, base);
    const world = (await base).with(change);
    world.now = START;
    return world;
  }

  static async onOwnChain(config: Cell, change: Partial<EscrowTerms> = {}): Promise<World> {
    const chain = await Blockchain.create({ config });
    chain.now = START;
    const people = {} as Record<Role, SandboxContract<TreasuryContract>>;
    for (const role of ROLES) people[role] = await chain.treasury(role);
    return new World(chain, people, { ...defaultTerms(people), ...change });
  }

  /** The same chain and people, another deal: its agreement differs at least in the id. */
  with(change: Partial<EscrowTerms> = {}): World {
    return new World(this.chain, this.people, { ...this.terms, dealId: nextDealId++, ...change });
  }

  get now(): number {
    return this.chain.now ?? START;
  }

  set now(time: number) {
    this.chain.now = time;
  }

  addressOf(who: Role | Address): Address {
    return typeof who === "string" ? this.people[who].address : who;
  }

  nameOf(address: Address): Role | "other" {
    return ROLES.find((role) => this.people[role].address.equals(address)) ?? "other";
  }

  contract(): Promise<SmartContract> {
    return this.chain.getContract(this.address);
  }

  #message({ from, body = new Cell(), value = OP_GAS, bounce = true, bounced = false, init }: Call) {
    return internal({
      from: this.addressOf(from),
      to: this.address,
      body,
      value,
      bounce,
      bounced,
      ...(init === undefined ? {} : { stateInit: init }),
    });
  }

  /** Only the contract's own transaction; what it sends goes nowhere. Checks that no coin appears or disappears. */
  async call(call: Call): Promise<Outcome> {
    const contract = await this.contract();
    const before = contract.balance;
    const message = this.#message(call);
    const own = await contract.receiveMessage(message);
    const outcome = new Outcome(own, this);
    const value = call.value ?? OP_GAS;
    const out = outcome.sent.reduce((sum, sent) => sum + sent.value + sent.forwardFee, 0n);
    const after = contract.balance + out + own.totalFees.coins;
    if (before + value !== after)
      throw new Error(`Coins appeared or vanished: ${before + value} became ${after}`);
    return outcome;
  }

  /** The message and everything that follows from it, to the last wallet. */
  async send(call: Call): Promise<BlockchainTransaction[]> {
    return (await this.chain.sendMessage(this.#message(call))).transactions;
  }

  fund(value: bigint = requiredFunding(this.terms.price)): Promise<Outcome> {
    return this.call({ from: "buyer", body: fundBody(), value, init: escrowStateInit(this.terms) });
  }

  /** The account's data cell, or null while there is none. */
  async cell(): Promise<Cell | null> {
    const account = (await this.contract()).accountState;
    return account?.type === "active" ? (account.state.data ?? null) : null;
  }

  /** The contract's state. Throws while it is not deployed. */
  async data(): Promise<EscrowData> {
    const cell = await this.cell();
    if (cell === null) throw new Error("The contract is not active");
    return parseEscrowData(cell);
  }

  async balance(): Promise<bigint> {
    return (await this.contract()).balance;
  }

  async balanceOf(who: Role | Address): Promise<bigint> {
    return (await this.chain.getContract(this.addressOf(who))).balance;
  }

  /** Brings a fresh deal into a state by the shortest way, without letting time pass. */
  async reach(state: EscrowState): Promise<void> {
    if (state === EscrowState.Init) {
      await this.call({ from: "stranger", init: escrowStateInit(this.terms) });
      return;
    }
    await this.fund();
    const steps: Partial<Record<EscrowState, Call[]>> = {
      [EscrowState.Delivered]: [{ from: "platform", body: deliverBody({ evidence: 1n }) }],
      [EscrowState.Breached]: [{ from: "platform", body: breachBody({ sellerBps: 2_500, evidence: 1n }) }],
      [EscrowState.Disputed]: [{ from: "platform", body: disputeBody({ reason: 1n }) }],
      [EscrowState.Settled]: [{ from: "buyer", body: releaseBody() }],
    };
    for (const step of steps[state] ?? []) await this.call(step);
    const reached = (await this.data()).state;
    if (reached !== state) throw new Error(`Reached state ${reached} instead of ${state}`);
  }
}

export interface Sent {
  to: Role | "other";
  value: bigint;
  forwardFee: bigint;
  bounce: boolean;
  bounced: boolean;
  body: Cell;
}

/** What one message did to the contract. */
export class Outcome {
  readonly own: Transaction;
  readonly sent: Sent[];

  constructor(own: Transaction, world: World) {
    this.own = own;
    this.sent = own.outMessages.values().flatMap(({ info, body }) => {
      if (info.type !== "internal") return [];
      const { value, forwardFee, bounce, bounced } = info;
      return [{ to: world.nameOf(info.dest), value: value.coins, forwardFee, bounce, bounced, body }];
    });
  }

  get description(): TransactionDescriptionGeneric {
    if (this.own.description.type !== "generic") throw new Error("Not an ordinary transaction");
    return this.own.description;
  }

  /** Exit code of the computation; null if there was none. */
  get exitCode(): number | null {
    const phase = this.description.computePhase;
    return phase.type === "vm" ? phase.exitCode : null;
  }

  get actionCode(): number | null {
    return this.description.actionPhase?.resultCode ?? null;
  }

  get gas(): bigint {
    const phase = this.description.computePhase;
    return phase.type === "vm" ? phase.gasUsed : 0n;
  }

  /** Why the value came back, or null if it did not. */
  get refusal(): number | null {
    const [first] = this.sent;
    const message = first ? parseEscrowMessage(first.body) : null;
    return message?.kind === "returned" ? message.reason : null;
  }

  /** The parts of the price that were paid: role and nanocoins. */
  get payouts(): Partial<Record<Role | "other", bigint>> {
    const paid = this.sent.filter(({ body }) => parseEscrowMessage(body)?.kind === "payout");
    return Object.fromEntries(paid.map(({ to, value }) => [to, value]));
  }

  get event(): EscrowEvent | null {
    return this.sent.map(({ body }) => parseEscrowEvent(body)).find((event) => event !== null) ?? null;
  }
}

/** Comparable with toEqual: addresses as text, because equal Address objects need not be alike inside. */
export function plain<T extends object>(value: T): Record<string, unknown> {
  const entries = Object.entries(value).map(([key, field]: [string, unknown]) => {
    if (field instanceof Address) return [key, field.toRawString()] as const;
    return [key, typeof field === "object" && field !== null ? plain(field) : field] as const;
  });
  return Object.fromEntries(entries);
}

/** The least value that the contract accepts for a message, by bisection; every attempt starts from the same account. */
export async function leastValue(world: World, call: Call): Promise<bigint> {
  const contract = await world.contract();
  const { account } = contract;
  // Funding is refused up to the price, everything else costs gas only.
  let refused = (await world.data()).state === EscrowState.Init ? world.terms.price : 0n;
  let accepted = refused + COIN / 2n;
  while (accepted - refused > 1n) {
    const value = (accepted + refused) / 2n;
    contract.account = account;
    const { event } = await world.call({ ...call, value });
    if (event === null) refused = value;
    else accepted = value;
  }
  contract.account = account;
  return accepted;
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
    price: 100n * COIN,
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
