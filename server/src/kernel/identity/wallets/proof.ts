/**
 * Verification of TON Connect's `ton_proof`. Pure.
 * Source: https://docs.ton.org/applications/ton-connect/how-to/ton-proof
 *
 * The network is not part of what is signed, so it is compared apart. A wallet that is not deployed yet is fine: its address
 * is the hash of the initial state, and that state holds the key.
 */
import { createHash, verify } from "node:crypto";
import { Address, Cell, contractAddress, loadStateInit, type StateInit } from "@ton/core";
import type { z } from "zod";
import { identityErrors } from "../errors.ts";
import { ed25519Key } from "../init-data.ts";
import { proofAgeMaxMs, proofFutureMaxMs } from "../rules.ts";
import type { linkWallet } from "../shapes.ts";
import { readWallet } from "./wallet-versions.ts";

export type ProofExpectation = {
  /** Hosts whose manifest the wallet may have shown. */
  domains: readonly string[];
  network: string;
  nowMs: number;
};
/** `address` is raw, `0:` and 64 hex digits. The payload is proved to be signed; whose it is the caller checks. */
export type ProvedWallet = {
  address: string;
  network: string;
  version: string;
  publicKey: Buffer;
  payload: string;
};

/** Every check that needs no database; throws an `identity.proof_…` or `identity.wallet_…` problem. */
export function verifyProof(given: z.output<typeof linkWallet>, expected: ProofExpectation): ProvedWallet {
  const { account, proof } = given;
  if (account.chain !== expected.network) throw identityErrors.wallet_network({ expected: expected.network });
  const address = parseAddress(account.address);
  const wallet = walletOf(address, account.walletStateInit);
  if (wallet.publicKey.toString("hex") !== account.publicKey.toLowerCase()) throw identityErrors.proof_key();
  const { value: domain, lengthBytes } = proof.domain;
  if (Buffer.byteLength(domain) !== lengthBytes || !expected.domains.includes(domain))
    throw identityErrors.proof_domain({ expected: expected.domains[0] });
  const timestamp = Number(proof.timestamp);
  const ageMs = expected.nowMs - timestamp * 1_000;
  if (!Number.isSafeInteger(timestamp) || ageMs > proofAgeMaxMs || ageMs < -proofFutureMaxMs)
    throw identityErrors.proof_time();
  const digest = proofDigest({ address, domain, timestamp, payload: proof.payload });
  if (!isSigned(digest, proof.signature, wallet.publicKey)) throw identityErrors.proof_signature();
  return { address: address.toRawString(), network: account.chain, ...wallet, payload: proof.payload };
}

/** What the wallet signs: sha256(0xffff ++ "ton-connect" ++ sha256(message)). `timestamp` in Unix seconds. */
export function proofDigest(of: {
  address: Address;
  domain: string;
  timestamp: number;
  payload: string;
}): Buffer {
  const workchain = Buffer.alloc(4);
  workchain.writeInt32BE(of.address.workChain);
  const domain = Buffer.from(of.domain);
  const domainLength = Buffer.alloc(4);
  domainLength.writeUInt32LE(domain.length);
  const timestamp = Buffer.alloc(8);
  timestamp.writeBigUInt64LE(BigInt(of.timestamp));
  const message = Buffer.concat([
    Buffer.from("ton-proof-item-v2/"),
    workchain,
    of.address.hash,
    domainLength,
    domain,
    timestamp,
    Buffer.from(of.payload),
  ]);
  const outer = Buffer.concat([Buffer.from([0xff, 0xff]), Buffer.from("ton-connect"), sha256(message)]);
  return sha256(outer);
}

/** The address must be the hash of the initial state, and the state that of a wallet we know. */
function walletOf(address: Address, walletStateInit: string): { version: string; publicKey: Buffer } {
  const state = parseStateInit(walletStateInit);
  if (!contractAddress(address.workChain, state).equals(address)) throw identityErrors.proof_address();
  const wallet = state.code && state.data ? readWallet(state.code, state.data) : undefined;
  // Escrow contracts live in the basechain and pay there only.
  if (!wallet || address.workChain !== 0) throw identityErrors.wallet_unsupported();
  return wallet;
}

function parseAddress(text: string): Address {
  try {
    return Address.parse(text);
  } catch {
    throw identityErrors.proof_malformed({ field: "address" });
  }
}

function parseStateInit(base64: string): StateInit {
  try {
    return loadStateInit(Cell.fromBase64(base64).beginParse());
  } catch {
    throw identityErrors.proof_malformed({ field: "walletStateInit" });
  }
}

function isSigned(digest: Buffer, base64: string, publicKey: Buffer): boolean {
  const signature = Buffer.from(base64, "base64");
  return signature.length === 64 && verify(null, digest, ed25519Key(publicKey), signature);
}

const sha256 = (data: Buffer): Buffer => createHash("sha256").update(data).digest();
