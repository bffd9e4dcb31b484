/** Exchange rates, as somebody outside says they are. Deciding which to believe is the ledger's. */
import type { Asset } from "../../platform/shapes.ts";

export type RateReading = {
  asset: Asset;
  /** US dollars for one whole unit, in 10⁻¹² dollars. Positive. */
  picoUsd: bigint;
  /** How old the source says its figure is, in milliseconds of real time. */
  ageMs: number;
};

export type RatesPort = {
  /** Name of the source, kept with every quote. */
  readonly source: string;
  /** What the source knows now; assets that it does not name, or names with nonsense, are absent. Throws when it does not answer. */
  read(): Promise<RateReading[]>;
};
