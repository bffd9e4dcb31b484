/** Addresses of TON as a person writes them into the configuration. The chain's own library is not needed to find a slip of the pen. */

/** Raw form, `0:` and 64 lower-case hex digits; null for what is no address of the basechain, or has a wrong checksum. */
export function rawTonAddress(text: string): string | null {
  if (/^0:[0-9a-fA-F]{64}$/.test(text)) return text.toLowerCase();
  if (!/^[A-Za-z0-9_+/-]{48}$/.test(text)) return null;
  const bytes = Buffer.from(text, "base64url");
  const isKnownTag = [0x11, 0x51].includes((bytes[0] ?? 0) & 0x7f);
  if (!isKnownTag || bytes[1] !== 0 || crc16(bytes.subarray(0, 34)) !== bytes.readUInt16BE(34)) return null;
  return `0:${bytes.subarray(2, 34).toString("hex")}`;
}

/** CRC-16/XMODEM, as TEP-2 has it. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return crc;
}
