/** A pair of keys of an application that pushes to browsers (VAPID): P-256, as push services want them written. */
import { createECDH } from "node:crypto";

export type PushKeys = { readonly publicKey: string; readonly privateKey: string };

/** From 32 bytes of one's own the same pair each time; else a new one. */
export function pushKeys(seed?: Buffer): PushKeys {
  const pair = createECDH("prime256v1");
  if (seed) pair.setPrivateKey(seed);
  else pair.generateKeys();
  const padded = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()]).subarray(-32);
  return { publicKey: pair.getPublicKey("base64url"), privateKey: padded.toString("base64url") };
}
