/** What a wallet signs besides transactions: `ton_proof` and `signData`, byte for byte as the TON Connect specification has it. */
import { createHash } from "node:crypto";
import { type Address, beginCell, Cell } from "@ton/core";
import { sign } from "@ton/crypto";
import { NETWORK, type Wallet } from "../chain/people.ts";

export type TonProof = {
  timestamp: number;
  domain: { lengthBytes: number; value: string };
  payload: string;
  signature: string;
};

export type SignDataPayload =
  | { type: "text"; text: string }
  | { type: "binary"; bytes: string }
  | { type: "cell"; schema: string; cell: string };

const MAX_PART = 128;
const MAX_TOGETHER = 222;

/** The account as a wallet tells it to a site. */
export function accountOf(wallet: Wallet) {
  return {
    address: wallet.address.toRawString(),
    network: NETWORK,
    walletStateInit: wallet.stateInit.toBoc().toString("base64"),
    publicKey: wallet.keyPair.publicKey.toString("hex"),
  };
}

/** Digest of a proof; `timestamp` in seconds. Throws RangeError when domain or payload are longer than wallets allow. */
export function proofDigest(address: Address, domain: string, timestamp: number, payload: string): Buffer {
  const [name, content] = [Buffer.from(domain), Buffer.from(payload)];
  if (name.length > MAX_PART || content.length > MAX_PART || name.length + content.length > MAX_TOGETHER) {
    throw new RangeError("domain and payload are too long for ton_proof");
  }
  const time = Buffer.alloc(8);
  time.writeBigUInt64LE(BigInt(timestamp));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(name.length);
  const message = Buffer.concat([
    Buffer.from("ton-proof-item-v2/"),
    int32(address.workChain),
    address.hash,
    size,
    name,
    time,
    content,
  ]);
  return sha256(Buffer.concat([Buffer.from([0xff, 0xff]), Buffer.from("ton-connect"), sha256(message)]));
}

export function signProof(
  wallet: Wallet,
  input: { domain: string; timestamp: number; payload: string },
): TonProof {
  const digest = proofDigest(wallet.address, input.domain, input.timestamp, input.payload);
  return {
    timestamp: input.timestamp,
    domain: { lengthBytes: Buffer.byteLength(input.domain), value: input.domain },
    payload: input.payload,
    signature: sign(digest, wallet.keyPair.secretKey).toString("base64"),
  };
}

/** Digest of signData; for a cell the hash of the cell that a contract would check. */
export function dataDigest(
  address: Address,
  input: { domain: string; timestamp: number; payload: SignDataPayload },
): Buffer {
  const { domain, timestamp, payload } = input;
  if (payload.type === "cell") return cellDigest(address, domain, timestamp, payload);
  const content = payload.type === "text" ? Buffer.from(payload.text) : Buffer.from(payload.bytes, "base64");
  const name = Buffer.from(domain);
  return sha256(
    Buffer.concat([
      Buffer.from([0xff, 0xff]),
      Buffer.from("ton-connect/sign-data/"),
      int32(address.workChain),
      address.hash,
      uint32(name.length),
      name,
      uint64(timestamp),
      Buffer.from(payload.type === "text" ? "txt" : "bin"),
      uint32(content.length),
      content,
    ]),
  );
}

export function signData(
  wallet: Wallet,
  input: { domain: string; timestamp: number; payload: SignDataPayload },
): string {
  return sign(dataDigest(wallet.address, input), wallet.keyPair.secretKey).toString("base64");
}

function cellDigest(
  address: Address,
  domain: string,
  timestamp: number,
  payload: Extract<SignDataPayload, { type: "cell" }>,
): Buffer {
  // TEP-81: the labels of a name from the top one down, each ended by a zero byte.
  const labels = domain.toLowerCase().split(".").reverse();
  return beginCell()
    .storeUint(0x75569022, 32)
    .storeUint(crc32(Buffer.from(payload.schema)), 32)
    .storeUint(timestamp, 64)
    .storeAddress(address)
    .storeStringRefTail(`${labels.join("\0")}\0`)
    .storeRef(Cell.fromBase64(payload.cell))
    .endCell()
    .hash();
}

function crc32(bytes: Buffer): number {
  return Bun.hash.crc32(bytes);
}

function sha256(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
