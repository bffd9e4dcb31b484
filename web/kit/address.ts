/** TON addresses without the chain's library, which is too big for the first load. */

const CRC_POLY = 0x1021;

function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++)
      crc = crc & 0x8000 ? ((crc << 1) ^ CRC_POLY) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}

/**
 * The raw form `0:<64 hex>` of a raw or friendly address; null when it is none (wrong length, tag or checksum).
 * Two spellings of one account have one raw form. Source: TEP-2.
 */
export function rawAddress(address: string): string | null {
  if (/^-?[01]:[0-9a-fA-F]{64}$/.test(address)) return address.toLowerCase();
  if (!/^[A-Za-z0-9_+/-]{48}$/.test(address)) return null;
  const bytes = Uint8Array.from(atob(address.replace(/-/g, "+").replace(/_/g, "/")), (char) =>
    char.charCodeAt(0),
  );
  const tag = (bytes[0] ?? 0) & 0x7f;
  if (tag !== 0x11 && tag !== 0x51) return null;
  if (crc16(bytes.subarray(0, 34)) !== (((bytes[34] ?? 0) << 8) | (bytes[35] ?? 0))) return null;
  const workchain = bytes[1] === 0xff ? -1 : bytes[1];
  const hash = [...bytes.subarray(2, 34)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${workchain}:${hash}`;
}

export function isSameAddress(left: string, right: string): boolean {
  const raw = rawAddress(left);
  return raw !== null && raw === rawAddress(right);
}

/** `UQBf…x8Kd`: enough to recognise, too little to be read as the whole. */
export const shortAddress = (address: string): string =>
  address.length <= 12 ? address : `${address.slice(0, 4)}…${address.slice(-4)}`;
