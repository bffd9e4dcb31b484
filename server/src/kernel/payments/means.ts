import type { z } from "zod";
import type { PaymentProvider } from "../../gateways/payments/port.ts";
import type { Ctx, Tx } from "../../platform/context.ts";
import { Problem, platformErrors } from "../../platform/errors.ts";
import { type Amount, type Asset, asset as assetShape } from "../../platform/shapes.ts";
import { transact } from "../../platform/verb.ts";
import { account, balanceOf, quotableAssets, quote } from "../ledger/index.ts";
import { unseenWays } from "./follow.ts";
import { isAllowed, parseMeans } from "./rules.ts";
import type { Mean, meansQuery, Surface } from "./shapes.ts";

type Asked = z.output<typeof meansQuery>;

/** The ways to pay here, in the order in which the configuration names them, each with the price as it is now. */
export async function meansFor(ctx: Ctx, asked: Asked): Promise<{ means: Mean[] }> {
  if (ctx.actor.kind !== "user") throw platformErrors.unauthenticated();
  const ways = waysFor(ctx, asked);
  const price: Amount | null =
    asked.asset && asked.amount ? { asset: asked.asset, amount: asked.amount } : null;
  const prices = await pricesIn(ctx, price, [...new Set(ways.map((one) => one.asset))]);
  const { userId } = ctx.actor;
  const unseen = await unseenWays(ctx);
  const means = await Promise.all(
    ways.map(async (way) => {
      const mean = await meanOf(ctx, userId, way, prices.get(way.asset) ?? null, price !== null);
      const isUnseen = way.provider !== null && unseen.has(way.provider.name);
      return isUnseen ? { ...mean, isAvailable: false, reason: "provider_down" as const } : mean;
    }),
  );
  return { means };
}

type Way = { provider: PaymentProvider | null; method: Method | null; asset: Asset };
type Method = PaymentProvider["methods"][number];

/** A recharge brings the provider's own asset, so only that of the question; a purchase can be paid in any that is allowed. */
function waysFor(ctx: Ctx, asked: Asked): Way[] {
  const rules = parseMeans(ctx.settings.env.PAYMENT_MEANS);
  const allowed = (provider: string, asset: Asset, surface: Surface): boolean =>
    isAllowed(rules, { provider, asset, goods: asked.goods, surface });
  const names = [...new Set(rules.map((one) => one.provider))];
  const ways = names.flatMap((name): Way[] => {
    if (name === "balance") {
      if (asked.goods === "balance") return [];
      const own = asked.asset
        ? [asked.asset, ...assetShape.options.filter((one) => one !== asked.asset)]
        : [];
      return own
        .filter((one) => allowed("balance", one, asked.surface))
        .map((asset) => ({ provider: null, method: null, asset }));
    }
    const provider = ctx.gateways.payments.get(name);
    return (provider?.assets ?? [])
      .filter((one) => allowed(name, one, asked.surface))
      .flatMap((asset) =>
        methodsOf(provider).map((method) => ({ provider: provider ?? null, method, asset })),
      );
  });
  if (asked.recurring === "true")
    return ways.filter((one) => one.provider?.renewsEverySeconds && one.asset === asked.asset);
  return asked.goods === "balance" && asked.asset ? ways.filter((one) => one.asset === asked.asset) : ways;
}

const methodsOf = (provider: PaymentProvider | undefined): readonly (Method | null)[] =>
  provider && provider.methods.length > 0 ? provider.methods : [null];

/** What it is in an asset; `too_large` where that is more than the books can hold. */
type Priced = { pay: Amount; rate: string } | "too_large";

/** What the price is in each asset now. Nothing is fixed by looking: the quotes are rolled back. */
async function pricesIn(
  ctx: Ctx,
  price: Amount | null,
  wanted: readonly Asset[],
): Promise<Map<Asset, Priced>> {
  const found = new Map<Asset, Priced>();
  if (!price || BigInt(price.amount) === 0n) return found;
  const good = await quotableAssets(ctx.db, {
    priceAsset: price.asset,
    now: ctx.clock.date(),
    staleSeconds: ctx.settings.env.RATES_STALE_SECONDS,
  });
  const look = new Error("only looking");
  const ask = async (tx: Tx): Promise<never> => {
    for (const asset of wanted.filter((one) => good.includes(one)))
      found.set(asset, await quote(tx, { price, asset }).catch(tooLarge));
    throw look;
  };
  await transact(ctx, ask, "payments.means").catch((error: unknown) => {
    if (error !== look) throw error;
  });
  return found;
}

function tooLarge(error: unknown): "too_large" {
  if (error instanceof Problem && error.code === "ledger.amount_too_large") return "too_large";
  throw error;
}

async function meanOf(
  ctx: Ctx,
  userId: string,
  way: Way,
  priced: Priced | null,
  isPriced: boolean,
): Promise<Mean> {
  const { provider, asset } = way;
  const balance = provider ? null : (await balanceOf(ctx.db, account.user(userId), asset)).available;
  const reason = isPriced ? reasonAgainst(way, priced, balance) : null;
  const known = priced === "too_large" ? null : priced;
  return {
    provider: provider?.name ?? "balance",
    method: way.method?.name ?? null,
    kind: provider?.kind ?? "balance",
    asset,
    price: known?.pay ?? null,
    rate: known && known.rate !== "1" ? known.rate : null,
    isAvailable: reason === null,
    reason,
    available: balance?.toString() ?? null,
  };
}

function reasonAgainst(
  { provider, method }: Way,
  priced: Priced | null,
  balance: bigint | null,
): Mean["reason"] {
  if (!priced) return "rate_stale";
  if (priced === "too_large") return priced;
  const due = BigInt(priced.pay.amount);
  if (balance !== null) return balance < due ? "not_enough" : null;
  const limits = method?.limits ?? provider?.limits;
  if (limits && due < limits.min) return "too_small";
  return limits && due > limits.max ? "too_large" : null;
}
