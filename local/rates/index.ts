/**
 * Exchange rates for a laptop: speaks CoinGecko's `GET /api/v3/simple/price`, moves a little by itself, and misbehaves on order.
 * Control: `POST /control/prices {"TON":3.1}` sets, `POST /control/faults {…}` orders a fault, `DELETE /control/faults` ends them.
 */
export type Coin = "TON" | "USDT";
export type RatesFault =
  | { kind: "status"; status: number; times?: number }
  | { kind: "silence"; seconds: number; times?: number }
  /** The answer stops being JSON. */
  | { kind: "malformed"; times?: number }
  /** Prices as they were: the source says itself that they are so many seconds old. */
  | { kind: "stale"; seconds: number; times?: number }
  /** A slip of somebody's finger: prices are so many times what they were. */
  | { kind: "jump"; factor: number; times?: number }
  /** One coin is left out. */
  | { kind: "missing"; coin: Coin; times?: number };

export type LocalRates = {
  readonly port: number;
  readonly origin: string;
  /** What RATES_URL is set to. */
  readonly url: string;
  /** Dollars for one coin, or units of the currency for one dollar. */
  set(prices: Partial<Prices>): void;
  prices(): Prices;
  fault(fault: RatesFault): void;
  clearFaults(): void;
  stop(): Promise<void>;
};
export type Prices = { TON: number; USDT: number; rub: number; eur: number };

const ids: Record<string, Coin> = { "the-open-network": "TON", tether: "USDT" };

/** `isMoving`: the price of TON swings by up to 3 % around what was set, on the scale of minutes; tests hold it still. */
export async function startLocalRates(
  options: { port?: number; host?: string; isMoving?: boolean } = {},
): Promise<LocalRates> {
  const prices: Prices = { TON: 3.2, USDT: 1, rub: 81.5, eur: 0.86 };
  let faults: RatesFault[] = [];

  const take = (): RatesFault | undefined => {
    const fault = faults[0];
    if (fault?.times !== undefined) {
      fault.times -= 1;
      if (fault.times <= 0) faults = faults.slice(1);
    }
    return fault;
  };

  const server = Bun.serve({
    port: options.port ?? 0,
    hostname: options.host ?? "127.0.0.1",
    idleTimeout: 0,
    async fetch(request) {
      const url = new URL(request.url);
      if (url.pathname === "/api/v3/simple/price" && request.method === "GET")
        return answer(url, now(prices, options.isMoving === true), take());
      if (url.pathname === "/control/prices" && request.method === "POST") {
        Object.assign(prices, knownPrices(await request.json()));
        return Response.json(prices);
      }
      if (url.pathname === "/control/prices") return Response.json(prices);
      if (url.pathname === "/control/faults" && request.method === "DELETE") {
        faults = [];
        return Response.json({ faults });
      }
      if (url.pathname === "/control/faults" && request.method === "POST")
        faults.push((await request.json()) as RatesFault);
      if (url.pathname === "/control/faults") return Response.json({ faults });
      return Response.json({ error: `nothing at ${url.pathname}` }, { status: 404 });
    },
  });
  const port = server.port ?? 0;
  const origin = `http://localhost:${port}`;
  return {
    port,
    origin,
    url: `${origin}/api/v3`,
    set: (given) => void Object.assign(prices, given),
    prices: () => ({ ...prices }),
    fault: (fault) => void faults.push(fault),
    clearFaults: () => {
      faults = [];
    },
    stop: () => server.stop(true),
  };
}

/** Two slow waves that never meet: a price that moves, the same for everybody who asks at the same moment. */
function now(prices: Prices, isMoving: boolean): Prices {
  if (!isMoving) return prices;
  const minutes = Date.now() / 60_000;
  const swing = 1 + 0.02 * Math.sin(minutes / 7) + 0.01 * Math.sin(minutes / 1.3);
  return { ...prices, TON: Number((prices.TON * swing).toFixed(6)) };
}

async function answer(url: URL, prices: Prices, fault: RatesFault | undefined): Promise<Response> {
  if (fault?.kind === "status")
    return Response.json(
      { status: { error_code: fault.status, error_message: "ordered" } },
      { status: fault.status },
    );
  if (fault?.kind === "silence") await Bun.sleep(fault.seconds * 1000);
  if (fault?.kind === "malformed") return new Response('{"the-open-network":{"usd":', { status: 200 });
  const currencies = (url.searchParams.get("vs_currencies") ?? "").split(",");
  const factor = fault?.kind === "jump" ? fault.factor : 1;
  const updated = Math.floor(Date.now() / 1000) - (fault?.kind === "stale" ? fault.seconds : 0);
  const body: Record<string, Record<string, number>> = {};
  for (const id of (url.searchParams.get("ids") ?? "").split(",")) {
    const coin = ids[id];
    if (!coin || (fault?.kind === "missing" && fault.coin === coin)) continue;
    const usd = prices[coin] * (coin === "USDT" ? 1 : factor);
    const of: Record<string, number> = { usd, rub: usd * prices.rub, eur: usd * prices.eur };
    body[id] = {
      ...Object.fromEntries(currencies.flatMap((name) => (name in of ? [[name, of[name] as number]] : []))),
      ...(url.searchParams.get("include_last_updated_at") === "true" ? { last_updated_at: updated } : {}),
    };
  }
  return Response.json(body);
}

function knownPrices(given: unknown): Partial<Prices> {
  const names = ["TON", "USDT", "rub", "eur"] as const;
  const of = given as Partial<Record<(typeof names)[number], unknown>>;
  return Object.fromEntries(
    names.flatMap((name) => (typeof of[name] === "number" && of[name] > 0 ? [[name, of[name]]] : [])),
  );
}
