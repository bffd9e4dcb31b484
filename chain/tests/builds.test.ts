import { describe, expect, test } from "bun:test";
import { Cell } from "@ton/core";
import { CONTRACT_NAMES, compileContract, frozenBuilds } from "../compile.ts";
import { ESCROW_CODE_HASH, EscrowState, escrowCode } from "../wrappers/escrow.ts";
import { OPERATOR_CODE_HASH, operatorCode } from "../wrappers/operator.ts";
import { FEE_SCHEDULES, World } from "./world.ts";

/** The hashes that deals have been made with. A line is added for each version and never changed. */
const PUBLISHED: Record<string, string[]> = {
  escrow: ["2988469ef85b8abb08b1249aff5fd42f814fc3aadabc32bf036ee31a1d5ce961"],
  operator: ["c28a231850ac4c8919e1ba1adb536108e06a0893f5ea202e83ce1856c41fa383"],
};

/** Distinct cells and their bits, as the network counts them. */
function sizeOf(root: Cell): { cells: number; bits: number } {
  const seen = new Map<string, number>();
  const walk = (cell: Cell): void => {
    const hash = cell.hash().toString("hex");
    if (seen.has(hash)) return;
    seen.set(hash, cell.bits.length);
    cell.refs.forEach(walk);
  };
  walk(root);
  return { cells: seen.size, bits: [...seen.values()].reduce((sum, bits) => sum + bits, 0) };
}

describe("frozen builds", () => {
  for (const name of CONTRACT_NAMES) {
    test(`${name}: every build is a published one, numbered without a gap, and its code has its hash`, () => {
      const builds = frozenBuilds(name);
      expect(builds.map(({ codeHash }) => codeHash)).toEqual(PUBLISHED[name] ?? []);
      expect(builds.map(({ version }) => version)).toEqual(builds.map((_, index) => index + 1));
      for (const { codeBoc, codeHash } of builds) {
        expect(Cell.fromBase64(codeBoc).hash().toString("hex")).toBe(codeHash);
      }
    });

    test(`${name}: compiling the sources again gives the newest build, byte by byte`, async () => {
      const { version: _, ...newest } = frozenBuilds(name).at(-1) ?? { version: 0 };
      expect(await compileContract(name)).toEqual(newest as never);
    });
  }

  test("the wrappers carry the newest builds", () => {
    expect(escrowCode().hash().toString("hex")).toBe(ESCROW_CODE_HASH);
    expect(operatorCode().hash().toString("hex")).toBe(OPERATOR_CODE_HASH);
    expect(frozenBuilds("escrow").at(-1)?.codeHash).toBe(ESCROW_CODE_HASH);
    expect(frozenBuilds("operator").at(-1)?.codeHash).toBe(OPERATOR_CODE_HASH);
  });

  test("the escrow code stays small", () => {
    expect(sizeOf(escrowCode()).cells).toBeLessThanOrEqual(24);
  });
});

/** STORAGE_CELLS and STORAGE_BITS of fees.tolk. */
const RESERVED = { cells: 30n, bits: 16_000n };

test("a whole account, as large as it can get, fits the size that the storage reserve is computed for", async () => {
  const world = await World.create(FEE_SCHEDULES[0].config, { price: (1n << 119n) - 1n });
  await world.reach(EscrowState.Init);
  const used = (await world.contract()).account.account?.storageStats.used;
  if (used === undefined) throw new Error("No account");
  expect(used.cells).toBeLessThanOrEqual(RESERVED.cells);
  // A balance of the largest price would take 15 bytes more than an empty one.
  expect(used.bits + 120n).toBeLessThanOrEqual(RESERVED.bits);
});
