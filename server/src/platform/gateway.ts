/** What every gateway has: a time-out per call, back-off between tries, and a circuit that opens after repeated faults. */
import { faultPoint } from "./fault-points.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";

/** What a gateway could not learn or do; the base of each gateway's own failure. At the edge it reads as `unavailable`. */
export class OutsideFailure extends Error {}

export class GatewayDown extends OutsideFailure {
  constructor(gateway: string) {
    super(`${gateway} is not answering; trying again shortly`);
    this.name = "GatewayDown";
  }
}

export type Guard = {
  /** `isFault` says whether an error speaks against the gateway (time-out, 5xx) rather than against our request. */
  call<T>(
    name: string,
    run: (signal: AbortSignal) => Promise<T>,
    options?: { timeoutMs?: number; tries?: number },
  ): Promise<T>;
  readonly isOpen: boolean;
};

export function createGuard(options: {
  gateway: string;
  isFault: (error: unknown) => boolean;
  log: Log;
  metrics: Metrics | undefined;
  timeoutMs?: number;
  /** Faults in a row that open the circuit, and how long it stays open. */
  faultsToOpen?: number;
  openMs?: number;
}): Guard {
  const { gateway, isFault, log, metrics } = options;
  const faultsToOpen = options.faultsToOpen ?? 5;
  let faults = 0;
  let openUntil = 0;
  metrics?.gatewayUp.set({ gateway }, 1);

  const once = async <T>(
    name: string,
    run: (signal: AbortSignal) => Promise<T>,
    timeoutMs: number,
  ): Promise<T> => {
    if (Date.now() < openUntil) throw new GatewayDown(gateway);
    const stop = metrics?.gateway.startTimer({ gateway, call: name });
    try {
      faultPoint(`before-call.${gateway}.${name}`);
      const result = await run(AbortSignal.timeout(timeoutMs));
      faultPoint(`after-call.${gateway}.${name}`);
      faults = 0;
      metrics?.gatewayUp.set({ gateway }, 1);
      stop?.({ outcome: "ok" });
      return result;
    } catch (error) {
      stop?.({ outcome: isFault(error) ? "fault" : "refused" });
      if (isFault(error) && ++faults >= faultsToOpen) {
        openUntil = Date.now() + (options.openMs ?? 5_000);
        metrics?.gatewayUp.set({ gateway }, 0);
        log.warn({ gateway, call: name, faults }, "gateway circuit opened");
      }
      throw error;
    }
  };

  return {
    get isOpen() {
      return Date.now() < openUntil;
    },
    async call(name, run, { timeoutMs = options.timeoutMs ?? 8_000, tries = 3 } = {}) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(name, run, timeoutMs);
        } catch (error) {
          if (attempt >= tries || !isFault(error) || error instanceof GatewayDown) throw error;
          await Bun.sleep(100 * 3 ** (attempt - 1) * (0.5 + Math.random()));
        }
      }
    },
  };
}
