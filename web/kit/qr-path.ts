/** A QR code as the path of an SVG: one square of one unit for each dark module, with the quiet zone around. Pure. */
import { encode } from "uqr";

/** Modules of the quiet zone, as the standard wants. */
const QUIET = 4;

export interface QrPath {
  /** Units of its side, the quiet zone included. */
  readonly size: number;
  readonly path: string;
}

export function qrPath(text: string): QrPath {
  const { data, size } = encode(text, { ecc: "M", border: QUIET });
  const path = data
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join("");
  return { size, path };
}
