/**
 * Personal data at rest: AES-256-GCM under keys derived from DATA_KEY, one for each purpose. `place` names the row: bytes that were moved to
 * another row do not open; it is empty where rows hand the same bytes on. What must be unique or found is marked by an HMAC of its normal form.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

const ivBytes = 12;
const tagBytes = 16;
const keys = new Map<string, Buffer>();

function keyFor(dataKey: Buffer, purpose: string): Buffer {
  const name = `${dataKey.toString("hex")} ${purpose}`;
  const found = keys.get(name) ?? Buffer.from(hkdfSync("sha256", dataKey, "", purpose, 32));
  keys.set(name, found);
  return found;
}

/** `purpose` names the kind of data, e.g. `services.order`; `place` the row's id. */
export function encrypt(dataKey: Buffer, purpose: string, place: string, plain: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", keyFor(dataKey, purpose), iv);
  cipher.setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

/** Throws for bytes that were changed, moved, or encrypted under another key. */
export function decrypt(dataKey: Buffer, purpose: string, place: string, sealed: Buffer): string {
  const cipher = createDecipheriv("aes-256-gcm", keyFor(dataKey, purpose), sealed.subarray(0, ivBytes));
  cipher.setAAD(Buffer.from(place));
  cipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([cipher.update(sealed.subarray(ivBytes + tagBytes)), cipher.final()]).toString("utf8");
}

/** The same value gives the same mark, and nobody without the key can try values until one fits. */
export const markOf = (dataKey: Buffer, purpose: string, value: string): Buffer =>
  createHmac("sha256", keyFor(dataKey, `${purpose} mark`))
    .update(value)
    .digest();
