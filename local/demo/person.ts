/** Somebody of the local world who uses the product as anybody would: through its API, a chat with the bot, and a wallet. */
import { proveWallet } from "./connect.ts";

/** Where the parts of a running world listen. */
export type Origins = { readonly telegram: string; readonly product: string; readonly ton: string };

export type TonConnectMessage = { address: string; amount: string; payload?: string; stateInit?: string };

/** The product refused; `code` is its own, e.g. `channels.already_listed`. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, where: string) {
    super(`${where}: ${code}`);
    this.name = "Refused";
    this.code = code;
  }
}

export class Person {
  readonly id: number;
  private readonly origins: Origins;
  private signedAt = 0;
  private initData = "";

  constructor(id: number, origins: Origins) {
    this.id = id;
    this.origins = origins;
  }

  get = <T>(path: string) => this.call<T>("GET", path);
  post = <T>(path: string, body?: unknown) => this.call<T>("POST", path, body);
  put = <T>(path: string, body: unknown) => this.call<T>("PUT", path, body);

  /** Does something in Telegram: one action of the host API. */
  async act<T = Record<string, unknown>>(action: Record<string, unknown>): Promise<T> {
    const response = await fetch(`${this.origins.telegram}/host/act`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ person: this.id, action }),
    });
    const reply = (await response.json()) as { ok: boolean; result?: T; code?: string };
    if (!reply.ok) throw new Refused(reply.code ?? "unknown", String(action.type));
    return reply.result as T;
  }

  /** Starts the bot, chooses a language, links the wallet. Safe to repeat. */
  async arrive(language: "ru" | "en", manifestUrl: string): Promise<void> {
    await this.act({ type: "startBot" });
    await this.put("/api/users/me/preferences", { language });
    const wallets = await this.get<unknown[] | { items: unknown[] }>("/api/wallets");
    if ((Array.isArray(wallets) ? wallets : wallets.items).length > 0) return;
    const { payload } = await this.post<{ payload: string }>("/api/wallets/proof-payload");
    await this.post("/api/wallets", await proveWallet(this.origins.ton, this.id, { manifestUrl, payload }));
  }

  /** Sends what the product prepared for this person's wallet. */
  async sign(messages: readonly TonConnectMessage[]): Promise<void> {
    for (const message of messages) {
      const response = await fetch(`${this.origins.ton}/control/wallets/${this.id}/send`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          to: message.address,
          amount: message.amount,
          ...(message.payload ? { body: message.payload } : {}),
          ...(message.stateInit ? { stateInit: message.stateInit } : {}),
        }),
      });
      if (!response.ok) throw new Refused(`wallet_${response.status}`, await response.text());
    }
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.origins.product}${path}`, {
      method,
      headers: {
        authorization: `tma ${await this.signIn()}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return (text === "" ? null : JSON.parse(text)) as T;
    const code = (JSON.parse(text) as { error?: { code?: string } }).error?.code ?? `http_${response.status}`;
    throw new Refused(code, `${method} ${path}`);
  }

  /** initData as Telegram signs it when the Mini App opens. Time may have been moved meanwhile, so it is asked for often. */
  private async signIn(): Promise<string> {
    if (Date.now() - this.signedAt < 2_000) return this.initData;
    const { url } = await this.act<{ url: string }>({ type: "openApp" });
    this.initData = new URLSearchParams(new URL(url).hash.slice(1)).get("tgWebAppData") ?? "";
    this.signedAt = Date.now();
    return this.initData;
  }

  /** Time was moved: what was signed before may be too old now. */
  forgetSignature(): void {
    this.signedAt = 0;
  }
}
