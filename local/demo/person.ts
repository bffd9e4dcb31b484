/** Somebody of the local world who uses the product as anybody would: through its API, a chat with the bot, and a wallet. */
import { type TonConnectMessage, WalletLink } from "./connect.ts";

/** Where the parts of a running world listen. */
export type Origins = { readonly telegram: string; readonly product: string; readonly ton: string };

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
  private initData = "";

  constructor(id: number, origins: Origins) {
    this.id = id;
    this.origins = origins;
  }

  get = <T>(path: string) => this.call<T>("GET", path);
  post = <T>(path: string, body?: unknown) => this.call<T>("POST", path, body);
  put = <T>(path: string, body: unknown) => this.call<T>("PUT", path, body);

  /** Signs in as the Mini App does. */
  async openSession(): Promise<{ accessToken: string }> {
    return this.post("/api/auth/telegram", { initData: await this.signIn() });
  }

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

  /** Starts the bot, chooses a language, links the wallet: all that a new person needs to trade. */
  async arrive(language: "ru" | "en", manifestUrl: string): Promise<void> {
    await this.act({ type: "startBot" });
    await this.put("/api/users/me/preferences", { language });
    await this.linkWallet(manifestUrl);
  }

  /** Shows whose the wallet is, as the Mini App asks. */
  async linkWallet(manifestUrl: string): Promise<void> {
    const { payload } = await this.post<{ payload: string }>("/api/wallets/proof-payload");
    const asked = await new WalletLink(this.origins.ton, this.id).connect({ manifestUrl, payload });
    await this.post("/api/wallets", await asked.approve());
  }

  /** The faucet pays this person's wallet. Nanograms. */
  async receiveCoins(nano: bigint): Promise<void> {
    const wallet = await fetch(`${this.origins.ton}/control/wallets/${this.id}`);
    const { friendly } = (await wallet.json()) as { friendly: string };
    const response = await fetch(`${this.origins.ton}/control/faucet`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ address: friendly, amount: nano.toString() }),
    });
    if (!response.ok) throw new Refused(`faucet_${response.status}`, await response.text());
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
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.send(method, path, body);
      const text = await response.text();
      if (response.ok) return (text === "" ? null : JSON.parse(text)) as T;
      const code = codeOf(text) ?? `http_${response.status}`;
      // Just after time was moved the product may still be behind Telegram, or the chain's last block behind both.
      const isOutOfStep = response.status === 401 || response.status === 503;
      if (!isOutOfStep || attempt === OUT_OF_STEP_TRIES) throw new Refused(code, `${method} ${path}`);
      this.forgetSignature();
      await Bun.sleep(OUT_OF_STEP_MS);
    }
  }

  private async send(method: string, path: string, body: unknown): Promise<Response> {
    return fetch(`${this.origins.product}${path}`, {
      method,
      headers: {
        authorization: `tma ${await this.signIn()}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** initData as Telegram signs it when the Mini App opens. */
  private async signIn(): Promise<string> {
    if (this.initData !== "") return this.initData;
    const response = await fetch(`${this.origins.telegram}/control/init-data`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ person: this.id }),
    });
    if (!response.ok) throw new Refused(`telegram_${response.status}`, "launch data");
    this.initData = ((await response.json()) as { initData: string }).initData;
    return this.initData;
  }

  /** Time was moved: what was signed before may be too old now. */
  forgetSignature(): void {
    this.initData = "";
  }
}

const OUT_OF_STEP_TRIES = 12;
const OUT_OF_STEP_MS = 150;

function codeOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { error?: { code?: string } }).error?.code;
  } catch {
    return undefined;
  }
}
