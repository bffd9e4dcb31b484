/**
 * Gas of every operation of the contracts, against the committed ceilings.
 *
 *   bun bench/gas.ts            prints the table; exit 1 if an operation needs over 5 % more than its ceiling
 *   bun bench/gas.ts --accept   writes today's figures as the new ceilings
 */

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Cell, external, type Transaction } from "@ton/core";
import { hotKey, OperatorWorld, someAddress } from "../chain/tests/operator-world.ts";
import { type Call, COIN, comment, DAY, FEE_SCHEDULES, World } from "../chain/tests/world.ts";
import {
  agreeBody,
  breachBody,
  deliverBody,
  disputeBody,
  EscrowState,
  escrowCode,
  OP_GAS,
  refundBody,
  releaseBody,
  resolveBody,
  timeoutBody,
} from "../chain/wrappers/escrow.ts";
import { operatorCode, operatorKey, setHotBody, withdrawBody } from "../chain/wrappers/operator.ts";

const TOLERANCE = 1.05;
const ceilingsFile = fileURLToPath(new URL("gas.json", import.meta.url));
const { config } = FEE_SCHEDULES[1];

/** One operation: the state that it starts from, what may come before it, and the message. */
async function escrowGas(state: EscrowState, call: Call, before: Call[] = [], wait = 0): Promise<number> {
  const world = await World.create(config, { fallbackDeliveredBps: 7_000 });
  await world.reach(state);
  for (const earlier of before) await world.call(earlier);
  world.now += wait;
  return Number((await world.call(call)).gas);
}

async function fundingGas(): Promise<number> {
  const world = await World.create(config);
  return Number((await world.fund()).gas);
}

async function escrowTable(): Promise<Record<string, number>> {
  const { Funded, Delivered, Disputed } = EscrowState;
  const agree = (from: "buyer" | "seller"): Call => ({
    from,
    body: agreeBody({ sellerBps: 5_000, validUntil: 4_000_000_000 }),
  });
  return {
    "escrow fund": await fundingGas(),
    "escrow deliver": await escrowGas(Funded, { from: "platform", body: deliverBody({ evidence: 1n }) }),
    "escrow breach": await escrowGas(Delivered, {
      from: "platform",
      body: breachBody({ sellerBps: 1, evidence: 1n }),
    }),
    "escrow dispute": await escrowGas(Delivered, { from: "buyer", body: disputeBody({ reason: 1n }) }),
    "escrow agree, stored": await escrowGas(Delivered, agree("buyer")),
    "escrow agree, settles": await escrowGas(Delivered, agree("seller"), [agree("buyer")]),
    "escrow release": await escrowGas(Delivered, { from: "buyer", body: releaseBody() }),
    "escrow refund": await escrowGas(Delivered, { from: "seller", body: refundBody() }),
    "escrow resolve, split": await escrowGas(Disputed, {
      from: "arbiter",
      body: resolveBody({ sellerBps: 5_000, evidence: 1n }),
    }),
    "escrow timeout after hold": await escrowGas(
      Delivered,
      { from: "platform", body: timeoutBody() },
      [],
      DAY,
    ),
    "escrow timeout after dispute, split": await escrowGas(
      Delivered,
      { from: "stranger", body: timeoutBody() },
      [{ from: "buyer", body: disputeBody({ reason: 1n }) }],
      21 * DAY,
    ),
    "escrow return of a plain transfer": await escrowGas(Funded, { from: "stranger" }),
    "escrow return of a comment": await escrowGas(Funded, {
      from: "stranger",
      body: comment("for the channel you sell"),
    }),
    "escrow return of a refused operation": await escrowGas(Funded, {
      from: "stranger",
      body: releaseBody(),
    }),
  };
}

function gasOf(transaction: Transaction): number {
  const { description } = transaction;
  if (description.type !== "generic" || description.computePhase.type !== "vm")
    throw new Error("No computation");
  if (!description.computePhase.success) throw new Error(`Exit code ${description.computePhase.exitCode}`);
  return Number(description.computePhase.gasUsed);
}

async function operatorTable(): Promise<Record<string, number>> {
  const here = await OperatorWorld.create(config);
  const contract = await here.contract();
  const forward = async (count: number) => {
    const one = { to: someAddress, value: OP_GAS, body: breachBody({ sellerBps: 1, evidence: 1n }) };
    const body = await here.body({ messages: Array.from({ length: count }, () => one) });
    return gasOf(await contract.receiveMessage(external({ to: here.operator, body })));
  };
  const cold = async (body: Cell) => gasOf(await here.tell(here.config.cold, { body }));
  return {
    "operator order of one": await forward(1),
    "operator order of four": await forward(4),
    "operator event": gasOf(await here.tell(someAddress, { body: comment("event"), value: COIN / 100n })),
    "operator set hot key": await cold(setHotBody({ hot: operatorKey(hotKey.publicKey) })),
    "operator withdraw": await cold(withdrawBody({ amount: COIN })),
  };
}

function cellsOf(root: Cell): number {
  const seen = new Set<string>();
  const walk = (cell: Cell): void => {
    const hash = cell.hash().toString("hex");
    if (seen.has(hash)) return;
    seen.add(hash);
    cell.refs.forEach(walk);
  };
  walk(root);
  return seen.size;
}

const measured: Record<string, number> = {
  ...(await escrowTable()),
  ...(await operatorTable()),
  "escrow code, cells": cellsOf(escrowCode()),
  "operator code, cells": cellsOf(operatorCode()),
};

if (process.argv.includes("--accept")) {
  writeFileSync(ceilingsFile, `${JSON.stringify(measured, null, 2)}\n`);
}
const ceilings = JSON.parse(readFileSync(ceilingsFile, "utf8")) as Record<string, number>;
console.log(`${"operation".padEnd(40)}${"gas".padStart(8)}${"ceiling".padStart(10)}`);
for (const [name, gas] of Object.entries(measured)) {
  const ceiling = ceilings[name] ?? 0;
  const over = gas > ceiling * TOLERANCE;
  if (over) process.exitCode = 1;
  console.log(
    `${name.padEnd(40)}${String(gas).padStart(8)}${String(ceiling).padStart(10)}${over ? "   OVER" : ""}`,
  );
}
const unmeasured = Object.keys(ceilings).filter((name) => measured[name] === undefined);
if (unmeasured.length > 0) {
  console.log(`In gas.json but not measured: ${unmeasured.join(", ")}`);
  process.exitCode = 1;
}
