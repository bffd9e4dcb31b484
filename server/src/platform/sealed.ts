/** Personal data at rest: AES-256-GCM under a key derived from the data key and the use, so that one column's bytes mean nothing in another. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const keyFor = (dataKey: Buffer, use: string): Buffer =>
  Buffer.from(hkdfSync("sha256", dataKey, Buffer.alloc(0), `souk sealed: ${use}`, 32));

/** 12 bytes of nonce, the text, 16 bytes of tag. `use` names the column. */
export function sealText(dataKey: Buffer, use: string, plain: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFor(dataKey, use), nonce);
  return Buffer.concat([nonce, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** @throws when the bytes were sealed under another key, for another use, or changed. */
export function openText(dataKey: Buffer, use: string, sealed: Buffer): string {
  const decipher = createDecipheriv("aes-256-gcm", keyFor(dataKey, use), sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString("utf8");
}
