/**
 * CoinGecko's `GET /simple/price` (docs.coingecko.com/reference/simple-price): prices of coins in currencies. What a dollar is in
 * roubles or euros follows from what one USDT is in each.
 */
import { z } from "zod";
import type { Guard } from "../../platform/gateway.ts";
import type { Asset } from "../../platform/shapes.ts";
import type { RateReading, RatesPort } from "./port.ts";

const ids = { TON: "the-open-network", USDT: "tether" } as const;

/** Beyond these bounds it is no price, but a slip of somebody. */
const price = z.number().min(1e-9).max(1e6);
const coin = z.object({
  usd: price,
  rub: price.optional(),
  eur: price.optional(),
  last_updated_at: z.number().int().positive(),
});
const answer = z.record(z.string(), z.unknown());

/** The source does not answer as documented: it is at fault, and is asked again later. */
export class RatesFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = "RatesFault";
  }
}

const PICO = 10n ** 12n;

/** A JSON number as 10⁻¹² units, cut at twelve decimals; its shortest decimal text is what the source wrote. */
function pico(value: number): bigint {
  const [digits = "0", power = "0"] = value.toString().split("e");
  const [whole = "0", fraction = ""] = digits.split(".");
  const shift = 12 - fraction.length + Number(power);
  const all = BigInt(whole + fraction);
  return shift >= 0 ? all * 10n ** BigInt(shift) : all / 10n ** BigInt(-shift);
}

export function coingecko(options: { baseUrl: string; apiKey: string | undefined; guard: Guard }): RatesPort {
  const url = `${options.baseUrl}/simple/price?ids=${Object.values(ids).join(",")}&vs_currencies=usd,rub,eur&include_last_updated_at=true&precision=full`;
  const headers = {
    accept: "application/json",
    ...(options.apiKey ? { "x-cg-demo-api-key": options.apiKey } : {}),
  };
  return {
    source: "coingecko",
    async read() {
      const body = await options.guard.call("simple/price", async (signal) => {
        const response = await fetch(url, { headers, signal });
        if (!response.ok) throw new RatesFault(`status ${response.status}`);
        const parsed = answer.safeParse(await response.json().catch(() => undefined));
        if (!parsed.success) throw new RatesFault("an answer of another form");
        return parsed.data;
      });
      return readingsOf(body, Date.now());
    },
  };
}

/** Readings of what can be understood; one coin's nonsense does not spoil the others. */
export function readingsOf(body: Record<string, unknown>, nowMs: number): RateReading[] {
  const ton = coin.safeParse(body[ids.TON]).data;
  const usdt = coin.safeParse(body[ids.USDT]).data;
  const ageOf = (one: z.output<typeof coin>) => nowMs - one.last_updated_at * 1000;
  const found: RateReading[] = [];
  const add = (asset: Asset, picoUsd: bigint, ageMs: number) => {
    if (picoUsd > 0n) found.push({ asset, picoUsd, ageMs });
  };
  if (ton) add("TON", pico(ton.usd), ageOf(ton));
  if (!usdt) return found;
  const age = ageOf(usdt);
  add("USDT", pico(usdt.usd), age);
  add("USD", PICO, age);
  if (usdt.rub) add("RUB", (pico(usdt.usd) * PICO) / pico(usdt.rub), age);
  if (usdt.eur) add("EUR", (pico(usdt.usd) * PICO) / pico(usdt.eur), age);
  return found;
}
