/** What the page knows of the wallet, over the control API. */

export type Site = { name: string; url: string; icon: string; domain: string };

export type Request = { id: string; app: Site; since: number } & (
  | { kind: "connect"; proof: boolean }
  | {
      kind: "signData";
      payload: { type: string; text?: string; bytes?: string; cell?: string; schema?: string };
    }
  | {
      kind: "transaction";
      /** Seconds of chain time. */
      validUntil: number | null;
      expired: boolean;
      messages: {
        address: string;
        name: string | null;
        contract: "escrow" | "operator" | null;
        amount: string;
        hasPayload: boolean;
        hasStateInit: boolean;
      }[];
      amount: string;
      fee: string;
      enough: boolean;
      succeeds: boolean;
    }
);

export type Overview = {
  name: string;
  friendly: string;
  address: string;
  version: string;
  balance: string;
  deployed: boolean;
  sessions: { id: string; name: string; domain: string; icon: string }[];
  history: {
    direction: "in" | "out";
    tx: string;
    address: string;
    name: string | null;
    contract: "escrow" | "operator" | null;
    amount: string;
    comment: string | null;
    bounced: boolean;
    time: number;
    finality: string;
  }[];
};

export type Outcome = { ok: boolean; message?: string; sent?: { hash: string } };

export class Api {
  private readonly base: string;

  constructor(person: string) {
    this.base = `/control/wallets/${person}`;
  }

  overview(): Promise<Overview> {
    return call("GET", this.base) as Promise<Overview>;
  }

  async requests(): Promise<Request[]> {
    return ((await call("GET", `${this.base}/requests`)) as { requests: Request[] }).requests;
  }

  async open(link: string): Promise<{ request: Request | null } | { error: string }> {
    return (await call("POST", `${this.base}/open`, { link })) as
      | { request: Request | null }
      | { error: string };
  }

  decide(id: string, decision: "approve" | "reject"): Promise<Outcome> {
    return call("POST", `${this.base}/requests/${id}/${decision}`) as Promise<Outcome>;
  }

  async disconnect(id: string): Promise<void> {
    await call("DELETE", `${this.base}/sessions/${id}`);
  }

  async faucet(address: string, amount: string): Promise<void> {
    await call("POST", "/control/faucet", { address, amount });
  }

  async now(): Promise<number> {
    return ((await call("GET", "/control/time")) as { now: number }).now;
  }

  listen(changed: () => void): void {
    const events = new EventSource(`${this.base}/events`);
    events.onmessage = changed;
  }
}

async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  return response.json();
}
