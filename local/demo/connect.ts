/** The site's side of TON Connect, in the least form that works: one session on the bridge, a proof, payments. */
import { Base64, hexToByteArray, SessionCrypto } from "@tonconnect/protocol";

export type Proof = { account: Record<string, string>; proof: Record<string, unknown> };
export type TonConnectMessage = { address: string; amount: string; payload?: string; stateInit?: string };

const ANSWER_MS = 15_000;
/** What the wallet asks its owner; nothing happens until they say yes. */
type Asked<T> = { approve(): Promise<T> };
type Envelope = { from: string; message: string };
type Message = { from: string; text: string };

/** One connection of a person's local wallet with the product. */
export class WalletLink {
  private readonly tonOrigin: string;
  private readonly person: number;
  private readonly session = new SessionCrypto();
  private wallet = "";
  private lastId = 0;

  constructor(tonOrigin: string, person: number) {
    this.tonOrigin = tonOrigin;
    this.person = person;
  }

  /** Follows the link that a tap on "connect" makes: the wallet shows who asks, and waits. */
  async connect(site: { manifestUrl: string; payload: string }): Promise<Asked<Proof>> {
    const items = [{ name: "ton_addr" }, { name: "ton_proof", payload: site.payload }];
    const request = JSON.stringify({ manifestUrl: site.manifestUrl, items });
    const link = `tc://?v=2&id=${this.session.sessionId}&r=${encodeURIComponent(request)}`;
    const { message } = await this.listen();
    const opened = (await this.control("open", { link })) as { request: { id: string } | null };
    if (!opened.request) throw new Error(`the wallet of ${this.person} shows no request to connect`);
    const { id } = opened.request;
    return {
      approve: async () => {
        await this.control(`requests/${id}/approve`, {});
        const { from, text } = await message;
        this.wallet = from;
        return readProof(text);
      },
    };
  }

  /** Asks the connected wallet to send; it shows the payment, and waits. */
  async pay(messages: readonly TonConnectMessage[], validUntil: number): Promise<Asked<void>> {
    this.lastId += 1;
    const params = [JSON.stringify({ valid_until: validUntil, messages })];
    const rpc = JSON.stringify({ method: "sendTransaction", params, id: String(this.lastId) });
    const sealed = this.session.encrypt(rpc, hexToByteArray(this.wallet));
    const query = `client_id=${this.session.sessionId}&to=${this.wallet}&ttl=300&topic=sendTransaction`;
    await fetch(`${this.tonOrigin}/bridge/message?${query}`, {
      method: "POST",
      body: Base64.encode(sealed),
    });
    const id = await this.waitForRequest("transaction");
    return { approve: async () => void (await this.control(`requests/${id}/approve`, {})) };
  }

  private async waitForRequest(kind: string): Promise<string> {
    const end = Date.now() + ANSWER_MS;
    while (Date.now() < end) {
      const response = await fetch(`${this.tonOrigin}/control/wallets/${this.person}/requests`);
      const { requests } = (await response.json()) as { requests: { id: string; kind: string }[] };
      const found = requests.findLast((one) => one.kind === kind);
      if (found) return found.id;
      await Bun.sleep(100);
    }
    throw new Error(`the wallet of ${this.person} shows no ${kind}`);
  }

  /** Resolves once the bridge listens; `message` is then the first that it holds for this session. */
  private async listen(): Promise<{ message: Promise<Message> }> {
    const response = await fetch(`${this.tonOrigin}/bridge/events?client_id=${this.session.sessionId}`, {
      signal: AbortSignal.timeout(ANSWER_MS * 4),
    });
    const reader = response.body?.getReader();
    if (!reader) throw new Error("the bridge does not answer");
    const message = this.read(reader);
    // Whoever asked may be gone when it fails; it is told when it waits for it.
    message.catch(() => undefined);
    return { message };
  }

  private async read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Message> {
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) throw new Error("the bridge hung up");
      text += decoder.decode(value, { stream: true });
      const found = /data: (\{.*\})\r?\n/.exec(text)?.[1];
      if (!found) continue;
      await reader.cancel();
      const { from, message } = JSON.parse(found) as Envelope;
      const bytes = Base64.decode(message).toUint8Array();
      return { from, text: this.session.decrypt(bytes, hexToByteArray(from)) };
    }
  }

  private async control(path: string, body: unknown): Promise<unknown> {
    const url = `${this.tonOrigin}/control/wallets/${this.person}/${path}`;
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} of the wallet: ${response.status} ${text.slice(0, 200)}`);
    return text === "" ? null : JSON.parse(text);
  }
}

type ConnectAnswer = {
  event: string;
  payload: { items: ({ name: string } & Record<string, unknown>)[]; message?: string };
};

function readProof(text: string): Proof {
  const answer = JSON.parse(text) as ConnectAnswer;
  if (answer.event !== "connect")
    throw new Error(`the wallet refused: ${answer.payload.message ?? answer.event}`);
  const account = answer.payload.items.find((item) => item.name === "ton_addr");
  const proof = answer.payload.items.find((item) => item.name === "ton_proof")?.proof as
    | Record<string, unknown>
    | undefined;
  if (!account || !proof) throw new Error("the wallet sent no proof");
  return {
    account: {
      address: String(account.address),
      chain: String(account.network),
      publicKey: String(account.publicKey),
      walletStateInit: String(account.walletStateInit),
    },
    proof,
  };
}
