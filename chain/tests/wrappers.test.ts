import { describe, expect, test } from "bun:test";
import { Address, beginCell, Cell } from "@ton/core";
import fc from "fast-check";
import {
  agreeBody,
  breachBody,
  deliverBody,
  disputeBody,
  EscrowLeg,
  EscrowOp,
  EscrowState,
  escrowCode,
  escrowStateInit,
  escrowStateOf,
  escrowTermsProblems,
  fundBody,
  parseEscrowData,
  parseEscrowEvent,
  parseEscrowMessage,
  refundBody,
  releaseBody,
  requiredFunding,
  resolveBody,
  splitOf,
  timeoutBody,
} from "../wrappers/escrow.ts";
import {
  OPERATOR_MESSAGES_MAX,
  operatorAddress,
  operatorCode,
  operatorExternalBoc,
  operatorKey,
  operatorOrder,
  operatorStateInit,
  parseOperatorData,
} from "../wrappers/operator.ts";
import { COIN, comment, FEE_SCHEDULES, plain, World } from "./world.ts";

const world = await World.create(FEE_SCHEDULES[1].config);
const { terms } = world;
const uint = (bits: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });
const bps = fc.integer({ min: 0, max: 10_000 });

describe("reading what was written", () => {
  test("every body is read back as it was written, whatever its numbers", () => {
    fc.assert(
      fc.property(
        uint(64),
        uint(256),
        bps,
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        (queryId, word, share, time) => {
          const read = (body: Cell) => parseEscrowMessage(body);
          expect(read(fundBody({ queryId }))).toEqual({ kind: "fund", queryId });
          expect(read(releaseBody({ queryId }))).toEqual({ kind: "release", queryId });
          expect(read(refundBody({ queryId }))).toEqual({ kind: "refund", queryId });
          expect(read(timeoutBody({ queryId }))).toEqual({ kind: "timeout", queryId });
          expect(read(deliverBody({ queryId, evidence: word }))).toEqual({
            kind: "deliver",
            queryId,
            evidence: word,
          });
          expect(read(disputeBody({ queryId, reason: word }))).toEqual({
            kind: "dispute",
            queryId,
            reason: word,
          });
          const shared = { queryId, sellerBps: share, evidence: word };
          expect(read(breachBody(shared))).toEqual({ kind: "breach", ...shared });
          expect(read(resolveBody(shared))).toEqual({ kind: "resolve", ...shared });
          const consent = { queryId, sellerBps: share, validUntil: time };
          expect(read(agreeBody(consent))).toEqual({ kind: "agree", ...consent });
        },
      ),
      { numRuns: 50 },
    );
  });

  test("a body that is longer, shorter, of another operation, a comment or empty is none of ours", () => {
    const body = breachBody({ sellerBps: 1, evidence: 2n });
    const longer = beginCell().storeBits(body.bits).storeBit(0).endCell();
    const shorter = beginCell()
      .storeBits(body.bits.substring(0, body.bits.length - 1))
      .endCell();
    const badLeg = beginCell().storeUint(EscrowOp.Payout, 32).storeUint(1, 128).storeUint(4, 8).endCell();
    const unknown = beginCell().storeUint(1, 32).storeUint(1, 64).endCell();
    for (const wrong of [longer, shorter, unknown, badLeg, comment("hi"), new Cell()]) {
      expect(parseEscrowMessage(wrong)).toBeNull();
    }
    const payout = beginCell().storeUint(EscrowOp.Payout, 32).storeUint(7, 128).storeUint(2, 8).endCell();
    expect(parseEscrowMessage(payout)).toEqual({ kind: "payout", dealId: 7n, leg: EscrowLeg.Buyer });
  });

  test("an event is read only in its exact form", () => {
    const event = (op: number, state: number) =>
      beginCell()
        .storeUint(op, 32)
        .storeUint(9, 128)
        .storeUint(3, 32)
        .storeUint(EscrowOp.Deliver, 32)
        .storeUint(state, 8)
        .storeUint(10_000, 16)
        .storeUint(1_790_000_000, 32);
    expect(parseEscrowEvent(event(EscrowOp.Event, EscrowState.Delivered).endCell())).toEqual({
      dealId: 9n,
      seq: 3,
      op: EscrowOp.Deliver,
      state: EscrowState.Delivered,
      bps: 10_000,
      until: 1_790_000_000,
    });
    expect(parseEscrowEvent(event(EscrowOp.Event, 6).endCell())).toBeNull();
    expect(parseEscrowEvent(event(EscrowOp.Event + 1, 2).endCell())).toBeNull();
    expect(parseEscrowEvent(event(EscrowOp.Event, 2).storeBit(1).endCell())).toBeNull();
    expect(parseEscrowEvent(new Cell())).toBeNull();
    expect(escrowStateOf(6)).toBeNull();
  });

  test("the initial data is read back as the agreement, in state Init", () => {
    const { data } = escrowStateInit(terms);
    if (!data) throw new Error("No data");
    const read = parseEscrowData(data);
    expect(plain(read.terms)).toEqual(plain(terms));
    expect(read).toMatchObject({ state: EscrowState.Init, until: 0, bps: 0, seq: 0 });
    expect([read.buyerConsent, read.sellerConsent]).toEqual([null, null]);
  });

  test("data of another kind is refused, not misread", () => {
    const { data } = escrowStateInit(terms);
    if (!data) throw new Error("No data");
    const more = beginCell().storeSlice(data.beginParse()).storeBit(1).endCell();
    const unknownState = beginCell().storeUint(6, 8).storeSlice(data.beginParse().skip(8)).endCell();
    for (const wrong of [new Cell(), comment("no deal"), more, unknownState, escrowCode()]) {
      expect(() => parseEscrowData(wrong)).toThrow();
    }
  });

  test("the getter and the data cell say the same", async () => {
    const deal = world.with();
    await deal.reach(EscrowState.Breached);
    const { stackReader } = await (await deal.contract()).get("deal");
    const { state, until, bps: share, seq } = await deal.data();
    const numbers = [0, 1, 2, 3].map(() => stackReader.readNumber());
    expect(numbers).toEqual([state, until, share, seq]);
  });
});

describe("money", () => {
  test("the three parts are never negative and always add up to the price", () => {
    fc.assert(
      fc.property(uint(119), bps, fc.integer({ min: 0, max: 1_000 }), (price, share, feeBps) => {
        const { seller, buyer, fee } = splitOf(price, share, feeBps);
        expect(seller + buyer + fee).toBe(price);
        expect(seller >= 0n && buyer >= 0n && fee >= 0n).toBe(true);
        expect(fee * 10_000n).toBeLessThanOrEqual((price - buyer) * BigInt(feeBps));
      }),
    );
  });

  test("the contract splits as the wrapper does, for any price, share and fee", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt({ min: 100_000_000n, max: 10n ** 15n }),
        bps,
        fc.integer({ min: 0, max: 1_000 }),
        uint(100),
        async (price, share, feeBps, dealId) => {
          const deal = world.with({ price, feeBps, dealId });
          deal.now = world.now;
          await deal.fund();
          const body = agreeBody({ sellerBps: share, validUntil: deal.now + 1 });
          await deal.call({ from: "buyer", body });
          const { payouts } = await deal.call({ from: "seller", body });
          const { seller, buyer, fee } = splitOf(price, share, feeBps);
          const parts = Object.entries({ seller, buyer, feeTo: fee }).filter(([, amount]) => amount > 0n);
          expect(payouts).toEqual(Object.fromEntries(parts));
        },
      ),
      { numRuns: 40 },
    );
  });

  test("the funding value is above the price by an amount that does not depend on it", () => {
    expect(requiredFunding(COIN) - COIN).toBe(requiredFunding(9n * COIN) - 9n * COIN);
    expect(escrowTermsProblems(terms, world.now)).toEqual([]);
  });
});

describe("the operator's wrapper", () => {
  const cold = new Address(0, Buffer.alloc(32, 1));

  test("the initial data is read back, and key and owner decide the address", () => {
    const config = { cold, hot: 5n };
    const { data } = operatorStateInit(config);
    if (!data) throw new Error("No data");
    expect(plain(parseOperatorData(data))).toEqual({ cold: cold.toRawString(), hot: 5n, seqno: 0 });
    expect(operatorAddress(config).equals(operatorAddress({ cold, hot: 6n }))).toBe(false);
  });

  test("no order without messages or with more than four, no key of another length, no unknown version", () => {
    const message = { to: cold, value: 1n, body: deliverBody({ evidence: 1n }) };
    const order = (count: number) =>
      operatorOrder({
        operator: cold,
        seqno: 0,
        validUntil: 1,
        messages: Array.from({ length: count }, () => message),
      });
    expect(() => order(0)).toThrow(RangeError);
    expect(() => order(OPERATOR_MESSAGES_MAX + 1)).toThrow(RangeError);
    expect(order(4).refs.length).toBe(4);
    expect(() => operatorKey(new Uint8Array(31))).toThrow(RangeError);
    expect(() => operatorCode(2 as 1)).toThrow(RangeError);
    expect(() => escrowCode(2 as 1)).toThrow(RangeError);
  });

  test("the bag of cells is an external message to the operator with that body", () => {
    const body = comment("signed");
    const [cell] = Cell.fromBoc(Buffer.from(operatorExternalBoc(cold, body)));
    const slice = cell?.beginParse();
    expect(slice?.loadUint(2)).toBe(0b10);
    expect(slice?.loadMaybeExternalAddress()).toBeNull();
    expect(slice?.loadAddress().equals(cold)).toBe(true);
  });
});
