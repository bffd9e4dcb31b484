/** Wallets of keys that only a test knows, and what they answer to `ton_proof`: for what the local world's wallets would never do. */
import { beginCell, storeStateInit } from "@ton/core";
import { keyPairFromSeed, sign } from "@ton/crypto";
import { WalletContractV4, WalletContractV5R1 } from "@ton/ton";
import { proofDigest } from "../src/kernel/identity/wallets/proof.ts";
import type { HttpClient } from "./world.ts";

let nextSeed = 0;
export type MadeUpWallet = ReturnType<typeof madeUpWallet>;

/** Never the same twice in a process. */
export function madeUpWallet(version: "v4" | "v5" = "v5") {
  nextSeed += 1;
  const seed = Buffer.alloc(32);
  seed.writeUInt32BE(nextSeed);
  const keys = keyPairFromSeed(seed);
  const own = { workchain: 0, publicKey: keys.publicKey };
  const contract = version === "v4" ? WalletContractV4.create(own) : WalletContractV5R1.create(own);
  return { keys, init: contract.init, address: contract.address };
}

/** What the wallet answers to `payload` at `nowMs`. */
export function prove(wallet: MadeUpWallet, payload: string, nowMs: number, domain = "localhost:8010") {
  const timestamp = Math.floor(nowMs / 1000);
  const digest = proofDigest({ address: wallet.address, domain, timestamp, payload });
  const state = beginCell().store(storeStateInit(wallet.init)).endCell();
  return {
    account: {
      address: wallet.address.toRawString(),
      chain: "-3",
      publicKey: wallet.keys.publicKey.toString("hex"),
      walletStateInit: state.toBoc().toString("base64"),
    },
    proof: {
      timestamp,
      domain: { lengthBytes: Buffer.byteLength(domain), value: domain },
      signature: sign(digest, wallet.keys.secretKey).toString("base64"),
      payload,
    },
  };
}

export const payloadFor = async (client: HttpClient): Promise<string> =>
  (await client.post("/api/wallets/proof-payload")).body.payload;
