/** The site's side of TON Connect, in the least form that links a wallet: a session on the bridge, a proof, good-bye. */
import { Base64, hexToByteArray, SessionCrypto } from "@tonconnect/protocol";

export type Proof = { account: Record<string, string>; proof: Record<string, unknown> };

const ANSWER_MS = 15_000;

/** Has a person's wallet prove itself for `payload`, as a person who taps "connect" and approves would. */
export async function proveWallet(
  tonOrigin: string,
  person: number,
  site: { manifestUrl: string; payload: string },
): Promise<Proof> {
  const session = new SessionCrypto();
  const request = {
    manifestUrl: site.manifestUrl,
    items: [{ name: "ton_addr" }, { name: "ton_proof", payload: site.payload }],
  };
  const answer = listen(tonOrigin, session);
  const link = `tc://?v=2&id=${session.sessionId}&r=${encodeURIComponent(JSON.stringify(request))}`;
  const opened = await post(`${tonOrigin}/control/wallets/${person}/open`, { link });
  const pending = (opened as { request: { id: string } | null }).request;
  if (!pending) throw new Error(`the wallet of ${person} shows no request to connect`);
  await post(`${tonOrigin}/control/wallets/${person}/requests/${pending.id}/approve`, {});
  return readProof(await answer);
}

/** The first message that the bridge holds for this session. */
async function listen(tonOrigin: string, session: SessionCrypto): Promise<string> {
  const response = await fetch(`${tonOrigin}/bridge/events?client_id=${session.sessionId}`, {
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const reader = response.body?.getReader();
  if (!reader) throw new Error("the bridge does not answer");
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new Error("the bridge hung up");
    text += decoder.decode(value, { stream: true });
    const found = /data: (\{.*\})\r?\n/.exec(text)?.[1];
    if (!found) continue;
    await reader.cancel();
    const envelope = JSON.parse(found) as { from: string; message: string };
    return session.decrypt(Base64.decode(envelope.message).toUint8Array(), hexToByteArray(envelope.from));
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

async function post(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text.slice(0, 200)}`);
  return text === "" ? null : JSON.parse(text);
}
