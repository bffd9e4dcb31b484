/** What the launcher asks of the local chain over HTTP. */
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

async function call(url: string, body?: unknown): Promise<unknown> {
  const response = await fetch(url, {
    ...(body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`The local chain answered ${response.status}: ${await response.text()}`);
  return response.json();
}
