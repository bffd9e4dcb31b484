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
  return { arbiter: of(platformPeople.arbiter), fee: of(platformPeople.fee), cold: of(platformPeople.cold) };
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

/** Seconds that the chain is ahead of this machine, after moving it forward by so many more. */
export async function chainTime(tonOrigin: string, advanceSeconds = 0): Promise<ChainTime> {
  const body = advanceSeconds > 0 ? { advanceSeconds } : undefined;
  return (await call(`${tonOrigin}/control/time`, body)) as ChainTime;
}

/** Rejects when that would take its clock back. */
export async function setTelegramClock(telegramOrigin: string, offsetSeconds: number): Promise<void> {
  await call(`${telegramOrigin}/control/clock`, { offsetSeconds });
}

/** People, chats and channels as they were at the first start; its clock is the machine's again. */
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
