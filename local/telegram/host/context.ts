/** What the host API works with: the world, and where everything is served. */
import type { Queries } from "../bot-api/queries.ts";
import type { Clock, Filling } from "../protocol.ts";
import type { Person } from "../world/model.ts";
import type { World } from "../world/world.ts";
import type { InitDataSigner } from "./init-data.ts";
import type { Session } from "./session.ts";

export interface Addresses {
  /** The Local Telegram's own origin. */
  readonly origin: string;
  /** Stands for `https://t.me`. */
  readonly linkBase: string;
  readonly productOrigin: string;
  readonly tonOrigin: string | null;
  /** Origins of the phones by person; a person without a phone uses the product's origin. */
  readonly phones: ReadonlyMap<number, string>;
}

export interface Host {
  readonly world: World;
  readonly queries: Queries;
  readonly signer: InitDataSigner;
  readonly session: Session;
  readonly addresses: Addresses;
  readonly clock: () => Clock;
  /** How far whoever has started the world is with filling it; null when nobody does. */
  readonly filling: { progress: Filling | null };
}

/** The Mini App's short name in links. */
export const MINI_APP = "app";

export function phoneOrigin(host: Host, person: Person): string {
  return host.addresses.phones.get(person.id) ?? host.addresses.productOrigin;
}
