import { expect, test } from "bun:test";
import { createHash } from "node:crypto";
import webpush from "web-push";
import { pushKeys } from "./push-keys.ts";

const signs = ({ publicKey, privateKey }: ReturnType<typeof pushKeys>) =>
  webpush.getVapidHeaders("https://push.example", "mailto:a@example.com", publicKey, privateKey, "aes128gcm");

test("a new pair signs, and is another each time", () => {
  const [one, two] = [pushKeys(), pushKeys()];
  for (const pair of [one, two]) expect(signs(pair).Authorization).toContain(pair.publicKey);
  expect(one.publicKey).not.toBe(two.publicKey);
  expect([
    Buffer.from(one.publicKey, "base64url").length,
    Buffer.from(one.privateKey, "base64url").length,
  ]).toEqual([65, 32]);
});

test("the local world's pair is made of its secret, the same each time", () => {
  const seed = createHash("sha256").update("seed").digest();
  expect(pushKeys(seed)).toEqual(pushKeys(seed));
  expect(signs(pushKeys(seed)).Authorization).toContain("vapid t=");
});
