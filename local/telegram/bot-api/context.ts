/** What every method of the Bot API works with. */
import type { World } from "../world/world.ts";
import type { FloodLimits } from "./limits.ts";
import type { Poller } from "./polling.ts";
import type { Queries } from "./queries.ts";
import type { Webhook } from "./webhook.ts";

export interface BotApi {
  readonly world: World;
  readonly limits: FloodLimits;
  readonly queries: Queries;
  readonly poller: Poller;
  readonly webhook: Webhook;
  /** Stands for `https://t.me`. */
  readonly linkBase: string;
}

/** One call: parameters have been checked against the published types. */
export interface Call<P> {
  readonly api: BotApi;
  readonly params: P;
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal;
}

export type Method<P> = (call: Call<P>) => unknown;
