/**
 * Places in a history. A transfer's number would tell a stranger how much is traded here, so the cursor is one encrypted block:
 * number, asset, owner's mark. A block that does not decrypt to one's own mark is no place.
 */
import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";
import { platformErrors } from "../../platform/errors.ts";
import { type Asset, asset as assetShape } from "../../platform/shapes.ts";

export type Place = { transferId: bigint; asset: Asset };

const keyOf = (dataKey: Buffer): Buffer => createHmac("sha256", dataKey).update("ledger cursor").digest();
const markOf = (key: Buffer, owner: string): Buffer =>
  createHmac("sha256", key).update(owner).digest().subarray(0, 7);

export function encodePlace(dataKey: Buffer, owner: string, place: Place): string {
  const key = keyOf(dataKey);
  const block = Buffer.alloc(16);
  block.writeBigInt64BE(place.transferId);
  block.writeUInt8(assetShape.options.indexOf(place.asset), 8);
  markOf(key, owner).copy(block, 9);
  const cipher = createCipheriv("aes-256-ecb", key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]).toString("base64url");
}

/** Throws `platform.invalid` for what is no place of this owner's. */
export function decodePlace(dataKey: Buffer, owner: string, cursor: string): Place {
  const key = keyOf(dataKey);
  const sealed = Buffer.from(cursor, "base64url");
  const refused = () =>
    platformErrors.invalid({ issues: [{ path: "cursor", code: "custom", message: "no place" }] });
  if (sealed.length !== 16) throw refused();
  const decipher = createDecipheriv("aes-256-ecb", key, null).setAutoPadding(false);
  const block = Buffer.concat([decipher.update(sealed), decipher.final()]);
  const asset = assetShape.options[block.readUInt8(8)];
  if (!asset || !block.subarray(9).equals(markOf(key, owner))) throw refused();
  return { transferId: block.readBigInt64BE(), asset };
}
