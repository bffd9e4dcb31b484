/**
 * The two fee schedules that Souk's contracts are proved against.
 *
 * The configuration bundled with the sandbox is the one of the main network before May 2026 (gas at 400
 * nanograms). The network lowered its fees about six times since; a contract that passes only one of the two
 * hard-codes a fee somewhere. Tests run on both, the local chain runs on the present one.
 */

import { type Builder, beginCell, Cell, Dictionary, type Slice } from "@ton/core";
import { defaultConfig } from "@ton/sandbox";

const GLOBAL_VERSION = 8;
const STORAGE_PRICES = 18;
const BASECHAIN_GAS = 21;
const BASECHAIN_FORWARD = 25;

/** Seconds since 1970 from which the present storage price holds; earlier block times pay the older one. */
export const STORAGE_PRICE_2026_SINCE = 1_777_500_000;

/** The sandbox's bundled configuration: fees as they were before May 2026. */
export function networkConfigBefore2026(): Cell {
  return Cell.fromBase64(defaultConfig);
}

/**
 * The main network's fees since May 2026, as a change of the given configuration (the bundled one by default):
 * gas 66.67 nanograms, message lump 66 667, cell 6 667, storage 135 per cell per 65 536 s and nothing per bit.
 */
export function networkConfig2026(base: Cell = networkConfigBefore2026()): Cell {
  const parameters = Dictionary.loadDirect(Dictionary.Keys.Int(32), Dictionary.Values.Cell(), base);
  parameters.set(GLOBAL_VERSION, withGlobalVersion(required(parameters.get(GLOBAL_VERSION)), 14));
  parameters.set(STORAGE_PRICES, withStoragePrice(required(parameters.get(STORAGE_PRICES))));
  parameters.set(BASECHAIN_GAS, gasPrices());
  parameters.set(BASECHAIN_FORWARD, forwardPrices());
  return beginCell().storeDictDirect(parameters).endCell();
}

function required(parameter: Cell | undefined): Cell {
  if (parameter === undefined)
    throw new Error("The base configuration lacks a parameter that fees depend on");
  return parameter;
}

function withGlobalVersion(parameter: Cell, version: number): Cell {
  const slice = parameter.beginParse();
  const tag = slice.loadUint(8);
  slice.skip(32);
  return beginCell().storeUint(tag, 8).storeUint(version, 32).storeSlice(slice).endCell();
}

function withStoragePrice(parameter: Cell): Cell {
  const prices = Dictionary.loadDirect(
    Dictionary.Keys.Uint(32),
    {
      serialize: (slice: Slice, builder: Builder) => builder.storeSlice(slice),
      parse: (slice: Slice) => slice,
    },
    parameter,
  );
  const price = beginCell()
    .storeUint(0xcc, 8)
    .storeUint(STORAGE_PRICE_2026_SINCE, 32)
    .storeUint(0, 64)
    .storeUint(135, 64)
    .storeUint(1_000, 64)
    .storeUint(500_000, 64)
    .endCell();
  // The key repeats the time: the emulator refuses a list where they differ.
  prices.set(STORAGE_PRICE_2026_SINCE, price.beginParse());
  return beginCell().storeDictDirect(prices).endCell();
}

/** Prices are 16.16 fixed point; limits are those of the bundled configuration. */
function gasPrices(): Cell {
  return beginCell()
    .storeUint(0xd1, 8)
    .storeUint(100, 64)
    .storeUint(6_667, 64)
    .storeUint(0xde, 8)
    .storeUint(4_369_067, 64)
    .storeUint(1_000_000, 64)
    .storeUint(1_000_000, 64)
    .storeUint(10_000, 64)
    .storeUint(10_000_000, 64)
    .storeUint(100_000_000, 64)
    .storeUint(1_000_000_000, 64)
    .endCell();
}

function forwardPrices(): Cell {
  return beginCell()
    .storeUint(0xea, 8)
    .storeUint(66_667, 64)
    .storeUint(4_369_067, 64)
    .storeUint(436_906_667, 64)
    .storeUint(98_304, 32)
    .storeUint(21_845, 16)
    .storeUint(21_845, 16)
    .endCell();
}
