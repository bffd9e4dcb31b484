/**
 * Signed launch data of a Mini App: `hash` for the bot's own check (HMAC-SHA256) and `signature` for third parties (Ed25519), as Telegram
 * makes them. The Ed25519 key is a local one, derived from the bot's token, so that it stays the same over restarts.
 */
import { createHash, createHmac, createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";

/** What a PKCS #8 Ed25519 key has before its 32 bytes of seed. */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC_KEY_BYTES = 32;

export class InitDataSigner {
  private readonly botId: number;
  private readonly key: KeyObject;
  /** Hex of the 32 bytes; what the product is told as `TELEGRAM_INITDATA_PUBLIC_KEY`. */
  readonly publicKey: string;

  constructor(bot: { readonly id: number; readonly token: string }) {
    this.botId = bot.id;
    const seed = createHash("sha256").update(`Local Telegram launch data ${bot.token}`).digest();
    this.key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: "der", type: "pkcs8" });
    const spki = createPublicKey(this.key).export({ format: "der", type: "spki" });
    this.publicKey = spki.subarray(spki.length - PUBLIC_KEY_BYTES).toString("hex");
  }

  /** The raw query string. `fields` hold decoded values and must not hold `hash` or `signature`. */
  sign(fields: Readonly<Record<string, string>>, botToken: string): string {
    const pairs = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
    const message = `${this.botId}:WebAppData\n${pairs.sort().join("\n")}`;
    const signature = sign(null, Buffer.from(message), this.key).toString("base64url");
    const checked = [...pairs, `signature=${signature}`].sort().join("\n");
    const secret = createHmac("sha256", "WebAppData").update(botToken).digest();
    const hash = createHmac("sha256", secret).update(checked).digest("hex");
    return new URLSearchParams({ ...fields, signature, hash }).toString();
  }
}
