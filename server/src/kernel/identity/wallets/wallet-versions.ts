/** Which wallet contract a code is, and where its data holds the public key. Pure. */
import type { Cell } from "@ton/core";

type Layout = { version: string; keyAt: number; signatureFlagAt?: number };

/**
 * By code hash, in hex; a test compares each with the code that @ton/ton ships.
 * v3 and v4 begin their data with seqno:u32 and subwallet:u32; v5 puts a bit before them that says whether signatures count.
 */
export const walletCodes: Readonly<Record<string, Layout>> = {
  b61041a58a7980b946e8fb9e198e3c904d24799ffa36574ea4251c41a566f581: { version: "v3r1", keyAt: 64 },
  "84dafa449f98a6987789ba232358072bc0f76dc4524002a5d0918b9a75d2d599": { version: "v3r2", keyAt: 64 },
  feb5ff6820e2ff0d9483e7e0d62c817d846789fb4ae580c878866d959dabd5c0: { version: "v4r2", keyAt: 64 },
  "20834b7b72b112147e1b2fb457b84e74d1a30f04f737d4f62a668e9552d2b72f": {
    version: "v5r1",
    keyAt: 65,
    signatureFlagAt: 0,
  },
};

/** The version and public key of a wallet's initial state; undefined for code that we do not know, or a key that may not sign. */
export function readWallet(code: Cell, data: Cell): { version: string; publicKey: Buffer } | undefined {
  const layout = walletCodes[code.hash().toString("hex")];
  if (!layout || data.isExotic || data.bits.length < layout.keyAt + 256) return undefined;
  if (layout.signatureFlagAt !== undefined && !data.bits.at(layout.signatureFlagAt)) return undefined;
  const slice = data.beginParse();
  slice.skip(layout.keyAt);
  return { version: layout.version, publicKey: slice.loadBuffer(32) };
}
