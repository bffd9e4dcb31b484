import { beforeAll, describe, expect, test } from "bun:test";
import { Address, beginCell, Cell, external, type Transaction } from "@ton/core";
import { sign } from "@ton/crypto";
import type { SmartContractSnapshot } from "@ton/sandbox";
import {
  agreeBody,
  breachBody,
  deliverBody,
  disputeBody,
  EscrowState,
  fundBody,
  OP_GAS,
  refundBody,
  releaseBody,
  resolveBody,
  timeoutBody,
} from "../wrappers/escrow.ts";
import {
  OPERATOR_RESERVE,
  OPERATOR_VALUE_CAP,
  OperatorError,
  type OperatorForward,
  operatorKey,
  parseOperatorData,
  setHotBody,
  withdrawBody,
} from "../wrappers/operator.ts";
import { hotKey, newKey, OperatorWorld, someAddress, thiefsKey } from "./operator-world.ts";
import { COIN, comment, FEE_SCHEDULES, HOUR } from "./world.ts";

const { config } = FEE_SCHEDULES[1];
const proposal = (change: Partial<OperatorForward> = {}): OperatorForward => ({
  to: someAddress,
  value: OP_GAS,
  body: deliverBody({ evidence: 1n }),
  ...change,
});

let here: OperatorWorld;
let fresh: SmartContractSnapshot;
beforeAll(async () => {
  here = await OperatorWorld.create(config);
  fresh = (await here.contract()).snapshot();
});

/** Every test starts from the same operator: seqno 0, ten coins. */
async function restart(): Promise<OperatorWorld> {
  (await here.contract()).loadFrom(fresh);
  return here;
}

function exitCode(transaction: Transaction): number | null {
  const { description } = transaction;
  return description.type === "generic" && description.computePhase.type === "vm"
    ? description.computePhase.exitCode
    : null;
}

describe("an order of the hot key", () => {
  test("delivers a deal; event and excess come back to the operator", async () => {
    const own = await OperatorWorld.create(config);
    await own.fundDeal();
    const transactions = await own.order({ messages: [proposal({ to: own.world.address })] });
    expect((await own.world.data()).state).toBe(EscrowState.Delivered);
    expect(await own.seqno()).toBe(1);
    const atHub = transactions.filter(
      ({ inMessage }) => inMessage?.info.dest?.toString() === own.operator.toString(),
    );
    expect(atHub.length).toBe(3);
    for (const { description } of atHub)
      expect(description.type === "generic" && !description.aborted).toBe(true);
  });

  test("lets the clock pay: Timeout a second early comes back, at the deadline it settles", async () => {
    const own = await OperatorWorld.create(config);
    await own.fundDeal();
    const messages = [proposal({ to: own.world.address, body: timeoutBody() })];
    own.world.now = (await own.world.data()).until - 1;
    await own.order({ messages });
    expect((await own.world.data()).state).toBe(EscrowState.Funded);
    own.world.now += 1;
    await own.order({ messages });
    expect((await own.world.data()).state).toBe(EscrowState.Settled);
  });

  test("forwards one to four messages of the four kinds, each with its value", async () => {
    const bodies = [
      deliverBody({ evidence: 1n }),
      breachBody({ sellerBps: 1, evidence: 1n }),
      disputeBody({ reason: 1n }),
      timeoutBody(),
    ];
    for (let count = 1; count <= 4; count++) {
      const own = await restart();
      const messages = bodies.slice(0, count).map((body) => proposal({ body, value: OPERATOR_VALUE_CAP }));
      const [first] = await own.order({ messages });
      const sent = first?.outMessages.values() ?? [];
      expect(sent.map(({ body }) => body.hash())).toEqual(messages.map(({ body }) => body.hash()));
      for (const { info } of sent) {
        expect(info.type === "internal" && info.bounce && info.value.coins === OPERATOR_VALUE_CAP).toBe(true);
      }
    }
  });

  test("runs once: neither replayed, nor ahead of its turn", async () => {
    const own = await restart();
    const body = await own.body({ messages: [proposal()] });
    expect(await own.refusal(body)).toBeNull();
    expect(await own.refusal(body)).toBe(OperatorError.Seqno);
    expect(await own.refusal(await own.body({ messages: [proposal()], seqno: 2 }))).toBe(OperatorError.Seqno);
    expect(await own.seqno()).toBe(1);
  });

  test("is good until one second before its end", async () => {
    for (const [offset, code] of [
      [1, null],
      [0, OperatorError.Expired],
      [-1, OperatorError.Expired],
    ] as const) {
      const own = await restart();
      const body = await own.body({ messages: [proposal()], validUntil: own.now + offset });
      expect(await own.refusal(body)).toBe(code);
    }
  });

  test("signed by another key, changed after signing, or cut short is refused", async () => {
    const own = await restart();
    const messages = [proposal()];
    expect(await own.refusal(await own.body({ messages, key: thiefsKey }))).toBe(OperatorError.Signature);
    const good = await own.body({ messages });
    const other = await own.body({ messages: [proposal({ value: OP_GAS + 1n })] });
    const swapped = beginCell()
      .storeBits(good.bits)
      .storeRef(other.refs[0] ?? new Cell())
      .endCell();
    expect(await own.refusal(swapped)).toBe(OperatorError.Signature);
    expect(await own.refusal(beginCell().storeBits(good.bits).endCell())).not.toBeNull();
    expect(await own.refusal(new Cell())).not.toBeNull();
    expect(await own.seqno()).toBe(0);
  });

  test("signed for another operator contract with the same hot key is refused", async () => {
    const own = await restart();
    const body = await own.body({ messages: [proposal()], operator: someAddress });
    expect(await own.refusal(body)).toBe(OperatorError.Address);
  });
});

describe("what the hot key can never have sent", () => {
  const forbidden: [string, Partial<OperatorForward>, number][] = [
    ["Fund", { body: fundBody() }, OperatorError.Operation],
    ["Release", { body: releaseBody() }, OperatorError.Operation],
    ["Refund", { body: refundBody() }, OperatorError.Operation],
    ["Agree", { body: agreeBody({ sellerBps: 1, validUntil: 1 }) }, OperatorError.Operation],
    ["Resolve", { body: resolveBody({ sellerBps: 1, evidence: 1n }) }, OperatorError.Operation],
    ["SetHot", { body: setHotBody({ hot: 1n }) }, OperatorError.Operation],
    ["Withdraw", { body: withdrawBody({ amount: 0n }) }, OperatorError.Operation],
    ["a comment", { body: comment("hello") }, OperatorError.Operation],
    ["a plain top-up", { body: new Cell() }, OperatorError.Operation],
    ["half an operation", { body: beginCell().storeUint(0x5e5c, 16).endCell() }, OperatorError.Operation],
    ["more than the cap", { value: OPERATOR_VALUE_CAP + 1n }, OperatorError.Cap],
    [
      "a body with a reference",
      {
        body: beginCell()
          .storeSlice(deliverBody({ evidence: 1n }).beginParse())
          .storeRef(new Cell())
          .endCell(),
      },
      OperatorError.Body,
    ],
    [
      "a body longer than Breach",
      { body: beginCell().storeUint(0x5e5c0003, 32).storeUint(0, 256).storeUint(0, 81).endCell() },
      OperatorError.Body,
    ],
  ];
  for (const [name, change, code] of forbidden) {
    test(`${name}: refused before it is accepted, alone and behind three good proposals`, async () => {
      const own = await restart();
      const wrong = proposal(change);
      expect(await own.refusal(await own.body({ messages: [wrong] }))).toBe(code);
      expect(
        await own.refusal(await own.body({ messages: [proposal(), proposal(), proposal(), wrong] })),
      ).toBe(code);
      expect((await own.contract()).balance).toBe(fresh.account.account?.storage.balance.coins ?? -1n);
    });
  }

  test("an order without messages, or with data beside them", async () => {
    const own = await restart();
    for (const extra of [0, 1]) {
      const order = beginCell()
        .storeAddress(own.operator)
        .storeUint(0, 32)
        .storeUint(own.now + HOUR, 32);
      if (extra === 1) order.storeUint(0, 1).storeRef(new Cell());
      const cell = order.endCell();
      const body = beginCell().storeBuffer(sign(cell.hash(), hotKey.secretKey)).storeRef(cell).endCell();
      expect(await own.refusal(body)).toBe(OperatorError.Count);
    }
  });
});

describe("money of the operator", () => {
  test("a forward that cannot be paid is left out, the others go, and the order is used up", async () => {
    const own = await restart();
    (await own.contract()).balance = 2n * OPERATOR_VALUE_CAP + COIN / 1_000n;
    const messages = [1, 2, 3].map(() => proposal({ value: OPERATOR_VALUE_CAP }));
    const [first] = await own.order({ messages });
    expect(first?.outMessagesCount).toBe(2);
    expect(await own.seqno()).toBe(1);
  });

  test("a forward to a workchain that does not exist is left out too: no order can be used twice", async () => {
    const own = await restart();
    const nowhere = new Address(5, someAddress.hash);
    const body = await own.body({ messages: [proposal({ to: nowhere }), proposal()] });
    const [first] = (await own.world.chain.sendMessage(external({ to: own.operator, body }))).transactions;
    expect(first?.outMessagesCount).toBe(1);
    expect(await own.seqno()).toBe(1);
    expect(await own.refusal(body)).toBe(OperatorError.Seqno);
  });

  test("a proposal that finds no contract brings its value back", async () => {
    const own = await restart();
    const before = (await own.contract()).balance;
    const transactions = await own.order({ messages: [proposal({ value: OPERATOR_VALUE_CAP })] });
    expect(transactions.length).toBe(3);
    expect((await own.contract()).balance).toBeGreaterThan(before - COIN / 100n);
  });

  for (const { name, config: network } of FEE_SCHEDULES) {
    test(`${name}: an event has the gas that it needs here, and anything else is kept without an answer`, async () => {
      const own = await OperatorWorld.create(network);
      await own.fundDeal();
      const transactions = await own.world.send({ from: "buyer", body: releaseBody() });
      const event = transactions.find(
        ({ inMessage }) => inMessage?.info.dest?.toString() === own.operator.toString(),
      );
      if (event === undefined) throw new Error("No event");
      expect(exitCode(event)).toBe(0);
      for (const body of [new Cell(), comment("dust"), beginCell().storeUint(0xdeadbeef, 32).endCell()]) {
        const dust = await own.tell(someAddress, { body, value: COIN / 100n });
        expect(exitCode(dust)).toBe(0);
        expect(dust.outMessagesCount).toBe(0);
      }
    });
  }

  test("only the cold address withdraws, to itself, and never the reserve", async () => {
    const own = await restart();
    const some = await own.tell(own.config.cold, { body: withdrawBody({ amount: 3n * COIN }) });
    const [message] = some.outMessages.values();
    expect(message?.info.type === "internal" && message.info.value.coins).toBe(3n * COIN);
    expect(message?.info.dest?.toString()).toBe(own.config.cold.toString());
    await own.tell(own.config.cold, { body: withdrawBody({ amount: 0n }) });
    expect((await own.contract()).balance).toBe(OPERATOR_RESERVE);
    const tooMuch = await own.tell(own.config.cold, { body: withdrawBody({ amount: 50n * COIN }) });
    expect(tooMuch.outMessages.values().map(({ info }) => info.type === "internal" && info.bounced)).toEqual([
      true,
    ]);
    expect((await own.contract()).balance).toBe(OPERATOR_RESERVE);
    const stranger = await own.tell(someAddress, { body: withdrawBody({ amount: 0n }) });
    expect(exitCode(stranger)).toBe(OperatorError.NotCold);
  });
});

describe("replacing the hot key", () => {
  test("works at once for live deals: the old key is refused, the new one delivers", async () => {
    const own = await OperatorWorld.create(config);
    await own.fundDeal();
    const waiting = await own.body({ messages: [proposal({ to: own.world.address })] });
    await own.tell(own.config.cold, { body: setHotBody({ hot: operatorKey(newKey.publicKey) }) });
    expect(await own.hot()).toBe(operatorKey(newKey.publicKey));
    expect(await own.refusal(waiting)).toBe(OperatorError.Signature);
    await own.order({ messages: [proposal({ to: own.world.address })], key: newKey });
    expect((await own.world.data()).state).toBe(EscrowState.Delivered);
  });

  test("is for the cold address alone, and does not touch seqno or cold", async () => {
    const own = await restart();
    const body = setHotBody({ hot: operatorKey(thiefsKey.publicKey) });
    const stranger = await own.tell(someAddress, { body });
    expect(exitCode(stranger)).toBe(OperatorError.NotCold);
    expect(stranger.outMessages.values().every(({ info }) => info.type === "internal" && info.bounced)).toBe(
      true,
    );
    expect(await own.hot()).toBe(operatorKey(hotKey.publicKey));
    await own.order({ messages: [proposal()] });
    await own.tell(own.config.cold, { body });
    const state = (await own.contract()).accountState;
    const data = state?.type === "active" ? state.state.data : null;
    if (!data) throw new Error("Not active");
    const parsed = parseOperatorData(data);
    expect(parsed.seqno).toBe(1);
    expect(parsed.hot).toBe(operatorKey(thiefsKey.publicKey));
    expect(parsed.cold.equals(own.config.cold)).toBe(true);
  });
});
