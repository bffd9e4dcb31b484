/** `souk chain init` and `souk chain status`: the operator contract, deployed and given gas money from the hot key's own wallet. */
import { Address, beginCell, internal, SendMode, storeStateInit } from "@ton/core";
import { keyPairFromSeed } from "@ton/crypto";
import { TonClient, WalletContractV5R1 } from "@ton/ton";
import { operatorAddress, operatorKey, operatorStateInit } from "../chain/wrappers/operator.ts";
import { readSettings } from "../server/src/platform/settings.ts";
import { say, warn } from "./say.ts";
import { payFromCold } from "./stand-ins.ts";

/** What the operator gets at its birth: some forty proposals' worth; the excess of each comes back. */
const FUND_NANO = 2_000_000_000n;
const FEES_NANO = 50_000_000n;
const ACTIVE_TIMEOUT_MS = 90_000;

type Environment = Record<string, string | undefined>;

export type ChainStatus = {
  readonly operator: string;
  readonly isActive: boolean;
  readonly balanceNano: bigint;
  /** The wallet that deploys; it holds nothing between deployments. */
  readonly hotWallet: string;
  readonly hotBalanceNano: bigint;
};

type Parts = {
  client: TonClient;
  wallet: WalletContractV5R1;
  secretKey: Buffer;
  operator: Address;
  config: Config;
};
type Config = Parameters<typeof operatorStateInit>[0];

function open(environment: Environment): Parts {
  const { env } = readSettings(environment);
  const { publicKey, secretKey } = keyPairFromSeed(env.TON_HOT_SEED);
  const client = new TonClient({
    endpoint: env.TON_V2_URL,
    ...(env.TON_V2_API_KEY ? { apiKey: env.TON_V2_API_KEY } : {}),
  });
  const wallet = WalletContractV5R1.create({
    publicKey,
    walletId: { networkGlobalId: Number(env.TON_NETWORK) },
  });
  const config = { cold: Address.parse(env.TON_COLD_ADDRESS), hot: operatorKey(publicKey) };
  return { client, wallet, secretKey, operator: operatorAddress(config), config };
}

export async function chainStatus(environment: Environment): Promise<ChainStatus> {
  return statusOf(open(environment));
}

/**
 * Deploys and funds the operator unless it is there. In the local world the platform's cold wallet pays; elsewhere the hot key's own
 * wallet does, and a lack of coins is told as an error with the address to send them to.
 */
export async function chainInit(environment: Environment): Promise<ChainStatus> {
  const parts = open(environment);
  const before = await statusOf(parts);
  if (before.isActive) return before;
  if (environment.SOUK_LOCAL_TON) {
    const stateInit = beginCell()
      .store(storeStateInit(operatorStateInit(parts.config)))
      .endCell();
    await payFromCold(environment.SOUK_LOCAL_TON, {
      to: before.operator,
      amountNano: FUND_NANO,
      stateInit: stateInit.toBoc().toString("base64"),
    });
  } else {
    const needed = FUND_NANO + FEES_NANO;
    if (before.hotBalanceNano < needed) {
      throw new Error(
        `Send at least ${coins(needed)} GRAM (ex-TON) to ${before.hotWallet}, which deploys the operator contract, and run this again.`,
      );
    }
    await deploy(parts);
  }
  await untilActive(parts);
  return statusOf(parts);
}

/** `souk chain init` and `souk chain status`. */
export async function chainCommand([what]: readonly string[]): Promise<number> {
  if (what !== "init" && what !== "status") {
    warn("souk chain init | status");
    return 2;
  }
  const status = await (what === "init" ? chainInit : chainStatus)(process.env);
  say(`operator    ${status.operator}`);
  say(
    `            ${status.isActive ? "deployed" : "not deployed: run `souk chain init`"}, ${coins(status.balanceNano)} GRAM (ex-TON)`,
  );
  say(`hot wallet  ${status.hotWallet}`);
  say(`            ${coins(status.hotBalanceNano)} GRAM (ex-TON); only needed to deploy`);
  return status.isActive ? 0 : 1;
}

async function deploy({ client, wallet, secretKey, operator, config }: Parts): Promise<void> {
  const opened = client.open(wallet);
  await opened.sendTransfer({
    seqno: await opened.getSeqno(),
    secretKey,
    sendMode: SendMode.PAY_GAS_SEPARATELY | SendMode.IGNORE_ERRORS,
    messages: [internal({ to: operator, value: FUND_NANO, bounce: false, init: operatorStateInit(config) })],
  });
}

async function statusOf({ client, wallet, operator }: Parts): Promise<ChainStatus> {
  const isTest = Number(wallet.walletId.networkGlobalId) === -3;
  const [state, hotBalanceNano] = await Promise.all([
    client.getContractState(operator),
    client.getBalance(wallet.address),
  ]);
  return {
    operator: operator.toString({ testOnly: isTest }),
    isActive: state.state === "active",
    balanceNano: state.balance,
    hotWallet: wallet.address.toString({ bounceable: false, testOnly: isTest }),
    hotBalanceNano,
  };
}

export const coins = (nano: bigint): string => {
  const rest = (nano % 1_000_000_000n).toString().padStart(9, "0").replace(/0+$/, "");
  return `${nano / 1_000_000_000n}${rest ? `.${rest}` : ""}`;
};

async function untilActive({ client, operator }: Parts): Promise<void> {
  const end = Date.now() + ACTIVE_TIMEOUT_MS;
  while (!(await client.isContractDeployed(operator))) {
    if (Date.now() > end)
      throw new Error(`The operator contract is not on the chain after ${ACTIVE_TIMEOUT_MS / 1_000} s.`);
    await Bun.sleep(100);
  }
}
