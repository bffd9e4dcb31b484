/**
 * The chain port over two endpoints. The first is asked, the second stands in; for large sums both must say the same. Nothing
 * they say is taken as it comes: lists are sorted, repetitions dropped, and a left-out transaction is found by its successor's link.
 */

import { createGuard, type Guard } from "../../platform/gateway.ts";
import type { Log } from "../../platform/log.ts";
import type { Metrics } from "../../platform/metrics.ts";
import type { Settings } from "../../platform/settings.ts";
import {
  type ChainEndpoint,
  EndpointFault,
  isEndpointFault,
  type LinkedTransaction,
  MessageRefused,
  TooFarBack,
  type TransactionName,
} from "./endpoint.ts";
import { callsPerSecond, createPace } from "./pace.ts";
import { type ChainAccount, ChainFailure, type ChainPort, type ChainTransaction } from "./port.ts";
import { toncenterV2 } from "./toncenter-v2.ts";
import { toncenterV3 } from "./toncenter-v3.ts";

/** Tries to see both endpoints at the same height before giving up; a lagging one is no liar. */
const AGREE_TRIES = 3;
const AGREE_PAUSE_MS = 400;

/** The port over the two endpoints of the configuration. */
export function createChain(options: {
  settings: Settings;
  log: Log;
  metrics: Metrics | undefined;
  timeoutMs?: number;
}): ChainPort {
  const { env } = options.settings;
  const guard = (gateway: string, url: string, apiKey: string | undefined) =>
    paced(createPace(callsPerSecond(url, apiKey)), {
      gateway,
      isFault: isEndpointFault,
      log: options.log,
      metrics: options.metrics,
      timeoutMs: options.timeoutMs ?? 6_000,
      openMs: 3_000,
    });
  const endpoints: [ChainEndpoint, ChainEndpoint] = [
    toncenterV3({
      baseUrl: env.TON_V3_URL,
      apiKey: env.TON_API_KEY,
      guard: guard("ton-v3", env.TON_V3_URL, env.TON_API_KEY),
    }),
    toncenterV2({
      url: env.TON_V2_URL,
      apiKey: env.TON_V2_API_KEY,
      guard: guard("ton-v2", env.TON_V2_URL, env.TON_V2_API_KEY),
    }),
  ];
  return chainOver(env.TON_NETWORK, endpoints, () => options.metrics?.disagreements.inc({ gateway: "ton" }));
}

/** A guard whose calls wait for their turn first; the time-out begins after the wait. */
function paced(pace: () => Promise<void>, options: Parameters<typeof createGuard>[0]): Guard {
  const guard = createGuard(options);
  return {
    get isOpen() {
      return guard.isOpen;
    },
    call: async (name, run, limits) => {
      await pace();
      return guard.call(name, run, limits);
    },
  };
}

/** Composes the port; apart from `createChain` so that tests can give endpoints of their own. */
export function chainOver(
  network: string,
  endpoints: [ChainEndpoint, ChainEndpoint],
  onDisagreement: () => void = () => undefined,
): ChainPort {
  const counted = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof ChainFailure && error.reason === "disagree") onDisagreement();
      throw error;
    }
  };
  const first = async <T>(ask: (endpoint: ChainEndpoint) => Promise<T>): Promise<T> => {
    try {
      return await ask(endpoints[0]);
    } catch {
      return ask(endpoints[1]).catch((error: unknown) => {
        throw new ChainFailure("unknown", `no endpoint could say: ${nameOf(error)}`);
      });
    }
  };
  const settledBy = <T>(ask: () => Promise<T>): Promise<T> =>
    ask().catch((error: unknown) => {
      throw new ChainFailure("unknown", `both endpoints are needed: ${nameOf(error)}`);
    });

  return {
    network,
    now: () => first((one) => one.now()),
    transactions: async (account, afterLt, limit) =>
      (await first((one) => checked(one, account, afterLt, limit))).map(withoutLink),
    account: (address) => first((one) => one.account(address)),
    certain: {
      transactions: (account, afterLt, limit) =>
        counted(
          settledBy(async () => {
            const shown = await checked(endpoints[0], account, afterLt, limit);
            return [shown, await confirmed(endpoints[1], account, afterLt, limit, shown)] as const;
          }).then((both) => agreedTransactions(...both)),
        ),
      account: (address) =>
        counted(
          agreedAccount(() =>
            settledBy(() => Promise.all([endpoints[0].account(address), endpoints[1].account(address)])),
          ),
        ),
    },
    send: (boc) => send(endpoints, boc),
  };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.message : "unknown");
const withoutLink = ({ prevLt: _link, ...transaction }: LinkedTransaction): ChainTransaction => transaction;

/**
 * The same list from the second endpoint. Anybody can bury an account under coins that come back for next to nothing: what cannot be
 * reached from the newest transaction is asked for from where the first endpoint's list ends.
 */
function confirmed(
  endpoint: ChainEndpoint,
  account: string,
  afterLt: bigint,
  limit: number,
  shown: LinkedTransaction[],
): Promise<LinkedTransaction[]> {
  return checked(endpoint, account, afterLt, limit).catch((error: unknown) => {
    const last = shown.at(-1);
    if (!(error instanceof TooFarBack) || !last) throw error;
    return checked(endpoint, account, afterLt, limit, last);
  });
}

/** Sorted, without repetitions, without gaps. @throws EndpointFault for a gap, another account's row, or two rows at one lt. */
async function checked(
  endpoint: ChainEndpoint,
  account: string,
  afterLt: bigint,
  limit: number,
  upTo?: TransactionName,
): Promise<LinkedTransaction[]> {
  const given = await endpoint.transactions(account, afterLt, limit, upTo);
  const sorted = [...new Map(given.map((one) => [one.hash, one])).values()].sort((a, b) =>
    a.lt < b.lt ? -1 : a.lt > b.lt ? 1 : 0,
  );
  let before = afterLt;
  for (const [index, one] of sorted.entries()) {
    if (one.account !== account || one.lt <= afterLt)
      throw new EndpointFault("a transaction that was not asked for");
    const isLinked = index === 0 ? one.prevLt <= afterLt : one.prevLt === before;
    if (!isLinked || one.lt <= before) throw new EndpointFault(`${endpoint.name} left a transaction out`);
    before = one.lt;
  }
  return sorted.slice(0, limit);
}

/** What both have, as far as both are; a difference below that is a lie of one of them. */
function agreedTransactions(a: LinkedTransaction[], b: LinkedTransaction[]): ChainTransaction[] {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    if (fingerprint(a[index]) !== fingerprint(b[index]))
      throw new ChainFailure("disagree", "the endpoints show different transactions");
  }
  return a.slice(0, shared).map(withoutLink);
}

const fingerprint = (one: LinkedTransaction | undefined): string =>
  JSON.stringify(one, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value));

/** Both at the same last transaction and of the same content; the earlier of the two times. */
async function agreedAccount(read: () => Promise<[ChainAccount, ChainAccount]>): Promise<ChainAccount> {
  for (let attempt = 1; ; attempt += 1) {
    const [a, b] = await read();
    if (a.lastLt === b.lastLt) {
      if (stateOf(a) !== stateOf(b))
        throw new ChainFailure("disagree", "the endpoints show different accounts");
      return { ...a, at: Math.min(a.at, b.at) };
    }
    if (attempt >= AGREE_TRIES) throw new ChainFailure("unknown", "one endpoint lags behind the other");
    await Bun.sleep(AGREE_PAUSE_MS);
  }
}

/** Without the balance (storage fees are counted at different moments) and without telling "never was" from "no code". */
const stateOf = (one: ChainAccount): string =>
  JSON.stringify([one.status === "nonexistent" ? "uninitialized" : one.status, one.codeHash, one.data]);

/** By the first that takes it. Refused only when the second refuses too, or is not there to ask. */
async function send(endpoints: [ChainEndpoint, ChainEndpoint], boc: string): Promise<void> {
  try {
    return await endpoints[0].send(boc);
  } catch (error) {
    try {
      return await endpoints[1].send(boc);
    } catch (again) {
      const isRefused = error instanceof MessageRefused || again instanceof MessageRefused;
      throw new ChainFailure(isRefused ? "refused" : "unknown", "no endpoint took the message");
    }
  }
}
