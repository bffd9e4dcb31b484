/** What the launcher asks of the stand-ins over HTTP. */
import type { Told } from "./local-world.ts";
import { platformPeople } from "./local-world.ts";

/** The wallets that the platform uses as its own. Rejects when the chain does not know them. */
export async function readWallets(tonOrigin: string): Promise<NonNullable<Told["wallets"]>> {
  const { wallets } = (await call(`${tonOrigin}/control/wallets`)) as {
    wallets: { person: number; address: string; friendly?: string }[];
  };
  const of = (person: number): string => {
    const wallet = wallets.find((one) => one.person === person);
    if (!wallet) throw new Error(`The local chain has no wallet of ${person}.`);
    return wallet.friendly ?? wallet.address;
  };
  return {
    arbiter: of(platformPeople.arbiter),
    fee: of(platformPeople.fee),
    cold: of(platformPeople.cold),
    deposit: of(platformPeople.deposit),
  };
}

/** A payment from the platform's cold wallet; `stateInit` in base64 deploys the contract at `to`. */
export async function payFromCold(
  tonOrigin: string,
  payment: { to: string; amountNano: bigint; stateInit: string },
): Promise<void> {
  await call(`${tonOrigin}/control/wallets/${platformPeople.cold}/send`, {
    to: payment.to,
    amount: payment.amountNano.toString(),
    stateInit: payment.stateInit,
    bounce: false,
  });
}

export type ChainTime = { readonly offset: number };

/** Seconds that the chain is ahead of this machine. */
export async function chainTime(tonOrigin: string): Promise<ChainTime> {
  return (await call(`${tonOrigin}/control/time`)) as ChainTime;
}

/** Resolves when the new time is final on the chain: whoever asks for the last final block then sees it. */
export async function advanceChain(tonOrigin: string, advanceSeconds: number): Promise<void> {
  await call(`${tonOrigin}/control/time`, { advanceSeconds });
  await call(`${tonOrigin}/control/mine`, {});
}

/** Rejects when that would take its clock back. */
export async function setTelegramClock(telegramOrigin: string, offsetSeconds: number): Promise<void> {
  await call(`${telegramOrigin}/control/clock`, { offsetSeconds });
}

/** How far the market is, for the page; null when nobody fills it. */
export async function setFilling(
  telegramOrigin: string,
  progress: { done: number; total: number } | null,
): Promise<void> {
  await call(`${telegramOrigin}/control/filling`, { progress });
}

/** People, chats and channels as they were at the first start. */
export async function resetTelegram(telegramOrigin: string): Promise<void> {
  await call(`${telegramOrigin}/control/reset`, {});
}

async function call(url: string, body?: unknown): Promise<unknown> {
  const response = await fetch(url, {
    ...(body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  });
  if (!response.ok)
    throw new Error(`${new URL(url).pathname} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
