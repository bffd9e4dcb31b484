/** Reads a deal's contract from the chain, and after settling its recipients' wallets. Outside any transaction; changes nothing. */
import {
  EscrowLeg,
  parseEscrowData,
  parseEscrowMessage,
  splitOf,
} from "../../gateways/ton/contracts/port.ts";
import type { ChainAccount, ChainPort, ChainTransaction } from "../../gateways/ton/port.ts";
import type { Ctx } from "../../platform/context.ts";
import { idToBigint } from "../../platform/ids.ts";
import { bodyOf, type ChainFact, cellOf, factOf, stateNames } from "./chain-facts.ts";
import { factsOf, seconds } from "./lock-deal.ts";
import { isPastPayment } from "./rules.ts";
import type { EscrowStateName } from "./shapes.ts";
import type { DealRow } from "./tables.ts";

/** The contract's own account at a moment. Without code it is as if in Init. */
export type AccountReading = {
  state: EscrowStateName;
  until: number | null;
  bps: number;
  seq: number;
  lastLt: bigint;
  /** Chain time that the reading includes for certain. */
  at: number;
};
export type Credit = { txHash: string; at: number };
export type Sight = {
  facts: ChainFact[];
  /** Everything up to here has been read. */
  cursorLt: bigint;
  /** The plan of looks as it stood before this one: a hint that came meanwhile has changed it. */
  readDueAt: Date | null;
  account: AccountReading | null;
  credits: { seller: Credit | null; buyer: Credit | null };
};

const PAGE = 100;
const PAGES_MAX = 10;
/** Pages of a recipient's own transactions to search; a payout lands within seconds of the settlement. */
const CREDIT_PAGES_MAX = 5;

/** Large sums are believed only when both endpoints say the same. */
export const sourceFor = (ctx: Ctx, deal: DealRow): Pick<ChainPort, "transactions" | "account"> =>
  deal.priceNano >= ctx.settings.env.TON_CERTAIN_ABOVE ? ctx.gateways.ton.certain : ctx.gateways.ton;

/** What the chain says beyond what the row knows. `withAccount` reads the account's state too. @throws ChainFailure */
export async function lookAtDeal(ctx: Ctx, deal: DealRow, withAccount: boolean): Promise<Sight> {
  const source = sourceFor(ctx, deal);
  const transactions = await allAfter(source, deal.escrowAddress, deal.cursorLt, PAGES_MAX);
  const facts = transactions.flatMap((one) => factOf(deal, one) ?? []);
  const cursorLt = transactions.at(-1)?.lt ?? deal.cursorLt;
  const isOver = deal.escrowState === "Init" && isPastPayment(factsOf(deal), seconds(ctx.clock.date()));
  const account =
    withAccount || (isOver && facts.length === 0)
      ? readAccount(deal, await source.account(deal.escrowAddress))
      : null;
  const credits = await lookForCredits(source, deal, facts, account);
  return { facts, cursorLt, readDueAt: deal.readDueAt, account, credits };
}

async function allAfter(
  source: Pick<ChainPort, "transactions">,
  account: string,
  afterLt: bigint,
  pagesMax: number,
): Promise<ChainTransaction[]> {
  const found: ChainTransaction[] = [];
  let from = afterLt;
  for (let page = 0; page < pagesMax; page += 1) {
    const rows = await source.transactions(account, from, PAGE);
    found.push(...rows);
    from = rows.at(-1)?.lt ?? from;
    if (rows.length < PAGE) break;
  }
  return found;
}

function readAccount(deal: DealRow, account: ChainAccount): AccountReading {
  const common = { lastLt: account.lastLt, at: account.at };
  const data = account.status === "active" ? cellOf(account.data) : null;
  if (!data) return { ...common, state: "Init", until: null, bps: 0, seq: 0 };
  // The address commits to code and terms; another code hash means an endpoint that shows another account.
  if (account.codeHash !== deal.codeHash) throw new Error("the contract's code is not the deal's");
  const parsed = parseEscrowData(data);
  return {
    ...common,
    state: stateNames[parsed.state] ?? "Init",
    until: parsed.until || null,
    bps: parsed.bps,
    seq: parsed.seq,
  };
}

/** Where the settlement's payouts have landed on the recipients' own accounts. */
async function lookForCredits(
  source: Pick<ChainPort, "transactions">,
  deal: DealRow,
  facts: ChainFact[],
  account: AccountReading | null,
): Promise<Sight["credits"]> {
  const settled = facts.find((one) => one.type === "change" && one.state === "Settled");
  const isSettled = deal.escrowState === "Settled" || account?.state === "Settled" || settled !== undefined;
  if (!isSettled) return { seller: null, buyer: null };
  const bps = settled?.type === "change" ? settled.bps : (account?.bps ?? deal.bps);
  const since = settled?.lt ?? deal.settledLt ?? deal.cursorLt;
  const parts = splitOf(deal.priceNano, bps, deal.feeBps);
  const search = (wallet: string, leg: number, amount: bigint, isKnown: boolean) =>
    amount === 0n || isKnown ? null : findPayout(source, deal, { wallet, leg, amount, since });
  return {
    seller: await search(deal.sellerWallet, EscrowLeg.Seller, parts.seller, deal.sellerCreditedAt !== null),
    buyer: await search(deal.buyerWallet, EscrowLeg.Buyer, parts.buyer, deal.buyerCreditedAt !== null),
  };
}

/**
 * A payout is sent without the bounce flag, so a transaction on the recipient's account that holds it means that it arrived,
 * whatever the wallet's own code did (or whether there is any).
 */
async function findPayout(
  source: Pick<ChainPort, "transactions">,
  deal: DealRow,
  payout: { wallet: string; leg: number; amount: bigint; since: bigint },
): Promise<Credit | null> {
  const transactions = await allAfter(source, payout.wallet, payout.since, CREDIT_PAGES_MAX);
  const found = transactions.find(({ inMessage }) => {
    if (inMessage?.source !== deal.escrowAddress || inMessage.value !== payout.amount) return false;
    const body = bodyOf(inMessage);
    const parsed = body && parseEscrowMessage(body);
    return (
      parsed?.kind === "payout" &&
      parsed.leg === payout.leg &&
      parsed.dealId === idToBigint(deal.id) &&
      !inMessage.isBounced
    );
  });
  return found ? { txHash: found.hash, at: found.at } : null;
}
