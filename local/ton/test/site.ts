/** A site as TON Connect means it: a manifest on an origin of its own, and the stock SDK with a storage in memory. */
import { TonConnect, type WalletInfoRemote } from "@tonconnect/sdk";
import type { LocalTon } from "../index.ts";

// The SDK tells the console of every message that it sends and takes.
for (const level of ["debug", "error"] as const) {
  const say = console[level];
  console[level] = (...words: unknown[]) => words[0] !== "[TON_CONNECT_SDK]" && say(...words);
}

export type Site = Awaited<ReturnType<typeof openSite>>;

export async function openSite(ton: LocalTon, manifest?: object) {
  const server = Bun.serve({
    port: 0,
    fetch: (request) => {
      const { origin } = new URL(request.url);
      const body = manifest ?? { url: origin, name: "A shop", iconUrl: `${origin}/icon.png` };
      return request.url.endsWith("/manifest.json")
        ? Response.json(body)
        : new Response(null, { status: 404 });
    },
  });
  const memory = new Map<string, string>();
  const storage = {
    getItem: async (key: string) => memory.get(key) ?? null,
    setItem: async (key: string, value: string) => {
      memory.set(key, value);
    },
    removeItem: async (key: string) => {
      memory.delete(key);
    },
  };
  const origin = `http://localhost:${server.port}`;
  const make = () =>
    new TonConnect({
      manifestUrl: `${origin}/manifest.json`,
      walletsListSource: ton.walletsUrl,
      analytics: { mode: "off" },
      storage,
    });
  const connector = make();
  return {
    origin,
    domain: `localhost:${server.port}`,
    connector,
    /** The site opened again: the same storage in a new SDK. */
    reopen: make,
    /** The link that the wallet list's entry leads to, with or without a wish for proof. */
    link: async (proof?: string) => {
      const [entry] = (await connector.getWallets()) as WalletInfoRemote[];
      if (entry === undefined) throw new Error("the wallets list is empty");
      return connector.connect(
        { universalLink: entry.universalLink, bridgeUrl: entry.bridgeUrl },
        proof === undefined ? {} : { request: { tonProof: proof } },
      );
    },
    stop: () => server.stop(true),
  };
}

/** The person opens a link in the wallet and approves what it asks. */
export async function approveLink(ton: LocalTon, person: number, link: string): Promise<void> {
  const pending = await ton.engine.open(person, link);
  if (pending === null) throw new Error("the link asks for nothing");
  await ton.engine.approve(person, pending.id);
}

/** The first request that a site puts to a person. */
export async function nextRequest(ton: LocalTon, person: number) {
  for (;;) {
    const response = await fetch(`${ton.origin}/control/wallets/${person}/requests`);
    const { requests } = (await response.json()) as {
      requests: { id: string; kind: string; enough: boolean; fee: string; messages: object[] }[];
    };
    const [first] = requests;
    if (first !== undefined) return first;
    await Bun.sleep(5);
  }
}

export async function decide(ton: LocalTon, person: number, id: string, decision: "approve" | "reject") {
  const url = `${ton.origin}/control/wallets/${person}/requests/${id}/${decision}`;
  const response = await fetch(url, { method: "POST" });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
