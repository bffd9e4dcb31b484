/** Addresses and networks in CIDR notation, for news that nothing else proves to be somebody's. */
import { BlockList, isIP } from "node:net";

const parse = (text: string): { address: string; bits: number; family: "ipv4" | "ipv6" } | null => {
  const [address = "", bits] = text.split("/");
  const version = isIP(address);
  if (version === 0) return null;
  const most = version === 4 ? 32 : 128;
  const length = bits === undefined ? most : Number(bits);
  if (!Number.isInteger(length) || length < 0 || length > most) return null;
  return { address, bits: length, family: version === 4 ? "ipv4" : "ipv6" };
};

/** An IPv4 address may come written as IPv6. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");

/** Answers whether an address is in the list. @throws Error for an entry that is no address and no network */
export function addressList(entries: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of entries) {
    const found = parse(entry);
    if (!found) throw new Error(`"${entry}" is neither an address nor a network`);
    list.addSubnet(found.address, found.bits, found.family);
  }
  return (address) => {
    const text = plain(address);
    const version = isIP(text);
    return version !== 0 && list.check(text, version === 4 ? "ipv4" : "ipv6");
  };
}
