import { createHash, randomBytes } from "node:crypto";

/** UUIDv7 (RFC 9562): sortable by time, so that primary keys and keyset cursors follow creation. */
export const newId = (atMs: number = Date.now()): string => Bun.randomUUIDv7("hex", atMs);

/** An id as the 128-bit number that the contract holds. */
export const idToBigint = (id: string): bigint => BigInt(`0x${id.replaceAll("-", "")}`);

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Random text in Crockford's base 32 (no I, L, O, U): 5 bits a character. */
export function randomCode(length: number): string {
  return [...randomBytes(length)].map((byte) => alphabet[byte & 31]).join("");
}

export const sha256 = (value: string | Uint8Array): Buffer => createHash("sha256").update(value).digest();

/** JSON with sorted keys, so that equal values have equal text: the ground of input hashes. Bigints become strings. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === "bigint") return inner.toString();
    if (inner === null || typeof inner !== "object" || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}
