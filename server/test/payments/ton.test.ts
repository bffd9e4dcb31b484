import { describe, expect, test } from "bun:test";
import { beginCell, Cell } from "@ton/core";
import { createTonDeposits } from "../../src/gateways/payments/ton.ts";
import { createChain } from "../../src/gateways/ton/gateway.ts";
import { ChainFailure } from "../../src/gateways/ton/port.ts";
import type { Payment } from "../../src/kernel/payments/shapes.ts";
import { createLog } from "../../src/platform/log.ts";
import { readSettings } from "../../src/platform/settings.ts";
import { createWorld, people, type World } from "../world.ts";
import { type Asked, type Driver, type News, type Trouble, Troubles } from "./driver.ts";
import { paymentSuite } from "./payments.suite.ts";

let world: World;
const troubles = new Troubles();
const depositor = 1013;
/** Nobody tells: the chain is read. */
const news: News = {
  deliver: async () => {
    await world.settle();
    return 1;
  },
};
const fail = (trouble: Trouble): Error => new ChainFailure("unknown", `trouble: ${trouble}`);
const methods: Record<Asked, string> = { create: "now", get: "transactions", refund: "none" };
let back = 0n;

const deposit = () => world.ton.wallet(depositor).address.toString({ bounceable: false });
async function send(amount: bigint, body: string | Cell, from: number = people.buyer): Promise<void> {
  await world.ton.transfer({ from, to: deposit(), amount, body, bounce: false });
  await world.ton.mine();
}
const commentOf = async (invoice: Payment): Promise<string> => {
  const { rows } = await world
    .ctx()
    .db.execute<{ reference: string }>(
      `select reference from payments.attempts where payment_id = '${invoice.id}' order by id desc limit 1`,
    );
  return rows[0]?.reference ?? "";
};

const driver: Driver = {
  name: "ton",
  asset: "TON",
  amount: 1_000_000_000n,
  refunds: "by_hand",
  strangers: "credited",
  async createWorld() {
    world = await createWorld({
      env: { STAFF: `${people.arbiter}:support,${people.seller}:admin`, TON_CERTAIN_ABOVE: "1500000000" },
      providers: ({ env }) => {
        const settings = readSettings(env);
        const chain = createChain({ settings, log: createLog("silent"), metrics: undefined });
        const address = settings.env.TON_DEPOSIT_ADDRESS ?? "";
        return [
          createTonDeposits({
            chain: troubles.around(chain),
            address,
            certainAbove: settings.env.TON_CERTAIN_ABOVE,
          }),
        ];
      },
    });
    // Where refunds go: to a wallet that is proved to be the person's.
    await world.linkWallet(people.buyer);
    return world;
  },
  async pay(invoice, given = {}) {
    // A jetton is no coin: it reaches another contract, and brings none of the coin that counts here.
    if (given.asset && given.asset !== "TON") return { isRefused: true, news };
    const amount = given.amount ?? BigInt(invoice.due?.amount ?? "0");
    // People copy comments by hand.
    const comment = ` ${(await commentOf(invoice)).toLowerCase()} `;
    await send(amount, comment, given.person);
    return { isRefused: false, news };
  },
  async payUnknown(amount) {
    await send(amount, "S0UNKNOWN", people.other);
    return { isRefused: false, news };
  },
  async forge(invoice) {
    const request = new Request("http://localhost:8010/payments/webhook/ton", {
      method: "POST",
      body: JSON.stringify({ hash: "00".repeat(32), comment: await commentOf(invoice), value: "1000000000" }),
    });
    return (await world.app.fetch(request, "127.0.0.1")).status === 401 ? "refused" : "kept";
  },
  async oddities(invoice) {
    const comment = await commentOf(invoice);
    const odd = [
      beginCell().storeUint(0, 32).storeStringTail(`${comment}x`).endCell(),
      beginCell().storeUint(7, 32).storeStringTail(comment).endCell(),
      beginCell().storeUint(0, 31).endCell(),
      beginCell().storeUint(0, 32).storeRef(Cell.EMPTY).endCell(),
    ];
    for (const body of odd) await send(50_000_000n, body, people.other);
    await world.settle();
  },
  trouble: (asked, trouble, times = 1) => troubles.arm(methods[asked], trouble, times, fail),
  calm: async () => undefined,
  refunded: () => back,
  async sign(request) {
    for (const { address, amount, payload } of request.messages) {
      await world.ton.transfer({
        from: depositor,
        to: address,
        amount: BigInt(amount),
        bounce: false,
        ...(payload ? { body: Cell.fromBase64(payload) } : {}),
      });
      back += BigInt(amount);
    }
    await world.ton.mine();
  },
};

paymentSuite(driver);

describe("what counts as money that came", () => {
  const address = `0:${"ab".repeat(32)}`;
  const other = `0:${"cd".repeat(32)}`;
  const message = { source: other, destination: address, value: 5n, isBounced: false, body: null };
  const transaction = {
    hash: "11".repeat(32),
    lt: 7n,
    at: 1,
    isAborted: false,
    inMessage: message,
    outMessages: [],
  };
  const read = async (change: object) => {
    const rows = [{ ...transaction, ...change }];
    const reader = { transactions: async () => rows, account: async () => ({ lastLt: 0n, at: 1 }) };
    const chain = { ...reader, network: "-3", now: async () => 1, certain: reader };
    const { receipts } = await createTonDeposits({ chain, address, certainAbove: 10n }).list(null);
    return receipts.map(({ amount }) => amount);
  };
  const back = { ...message, source: address, destination: other, isBounced: true };
  test.each([
    ["a message with value", {}, [5n]],
    ["one to a wallet that is not deployed yet, where the value stays", { isAborted: true }, [5n]],
    ["one that was sent back", { isAborted: true, outMessages: [back] }, []],
    ["one that came back to us", { inMessage: { ...message, isBounced: true } }, []],
    ["one without value", { inMessage: { ...message, value: 0n } }, []],
    ["our own order to the wallet", { inMessage: { ...message, source: null } }, []],
  ])("%s", async (_name, change, amounts) => expect(await read(change)).toEqual(amounts as bigint[]));
});
