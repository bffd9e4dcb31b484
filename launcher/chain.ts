/** `souk chain init` and `souk chain status`: the operator contract of the platform, with the product's own settings. */
import { beginCell, storeStateInit } from "@ton/core";
import { createApp } from "../server/src/app.ts";
import { type ChainStatus, chainStatus, initChain } from "../server/src/kernel/deals/index.ts";
import { system } from "../server/src/platform/context.ts";
import { withDatabase } from "./commands.ts";
import { say, warn } from "./say.ts";
import { payFromCold } from "./stand-ins.ts";

/** A person has to open a link and sign; the local wallet does it at once. */
const PERSON_MS = 15 * 60_000;
const LOCAL_MS = 60_000;

export function chainCommand([what]: readonly string[]): Promise<number> {
  if (what !== "init" && what !== "status") {
    warn("souk chain init | status");
    return Promise.resolve(2);
  }
  return withDatabase(async (databaseUrl) => {
    const app = await createApp({
      env: { LOG_LEVEL: "warn", ...process.env, DATABASE_URL: databaseUrl, ROLES: "web" },
    });
    try {
      const ctx = app.context(system("souk.chain"));
      const status = what === "status" ? await chainStatus(ctx) : await initChain(ctx, funding());
      tell(status);
      return status.isReady ? 0 : 1;
    } finally {
      await app.stop();
    }
  });
}

/** In the local world the platform's cold wallet pays; elsewhere a person does, from any wallet. */
function funding(): Parameters<typeof initChain>[1] {
  const localTon = process.env.SOUK_LOCAL_TON;
  if (!localTon) {
    return {
      waitMs: PERSON_MS,
      fund: async (address, nano, _stateInit, deployLink) => {
        say(
          `Open this in a wallet and sign: it deploys the operator contract and gives it ${coins(nano)} GRAM (ex-TON).\n`,
        );
        say(`  ${deployLink}\n`);
        say(`Waiting for ${address} to appear on the chain …`);
      },
    };
  }
  return {
    waitMs: LOCAL_MS,
    fund: (address, nano, stateInit) =>
      payFromCold(localTon, {
        to: address,
        amountNano: nano,
        stateInit: beginCell().store(storeStateInit(stateInit)).endCell().toBoc().toString("base64"),
      }),
  };
}

function tell({ address, isReady, balanceNano, isLow, deployLink, setHotLink }: ChainStatus): void {
  say(`operator  ${address}`);
  const state = setHotLink
    ? "obeys another hot key"
    : isReady
      ? "deployed"
      : "not deployed: `souk chain init`";
  say(`state     ${state}`);
  say(`balance   ${coins(balanceNano)} GRAM (ex-TON)${isLow ? ", which is low: send it some" : ""}`);
  if (setHotLink) say(`set hot   ${setHotLink}  (signed by the cold wallet)`);
  else if (!isReady) say(`deploy    ${deployLink}`);
}

const coins = (nano: bigint): string => {
  const rest = (nano % 1_000_000_000n).toString().padStart(9, "0").replace(/0+$/, "");
  return `${nano / 1_000_000_000n}${rest ? `.${rest}` : ""}`;
};
