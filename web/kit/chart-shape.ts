/** Where the points and bars of a chart stand. Pure; a box of 100 × 100, measured from its top left corner. */

export interface Point {
  /** ISO instant or day. */
  readonly at: string;
  /** Null: nothing is known of that moment. A gap, never 0. */
  readonly value: number | null;
}

/** Round steps below and above the values, so that the labels of the axis are short. */
export function scaleOf(values: readonly number[], isFromZero: boolean): { min: number; max: number } {
  const low = isFromZero ? 0 : Math.min(...values);
  const high = Math.max(...values, isFromZero ? 0 : Number.NEGATIVE_INFINITY);
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { min: 0, max: 1 };
  const spread = high - low || Math.abs(high) || 1;
  const step = 10 ** Math.floor(Math.log10(spread / 2));
  const nice = [1, 2, 5, 10].map((factor) => factor * step).find((one) => spread / one <= 4) ?? step * 10;
  const min = isFromZero ? 0 : Math.max(0, Math.floor(low / nice) * nice);
  return { min, max: Math.max(min + nice, Math.ceil(high / nice) * nice) };
}

/** Paths of the lines between gaps, by time and not by place in the list; and where each known point is. */
export function linesOf(
  points: readonly Point[],
  { min, max }: { min: number; max: number },
): { paths: string[]; dots: { x: number; y: number; index: number }[] } {
  const times = points.map(({ at }) => Date.parse(at));
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const xOf = (index: number) =>
    last === first ? 50 : (((times[index] ?? first) - first) / (last - first)) * 100;
  const dots: { x: number; y: number; index: number }[] = [];
  const paths: string[] = [];
  let isGap = true;
  points.forEach(({ value }, index) => {
    if (value === null) {
      isGap = true;
      return;
    }
    const [x, y] = [round(xOf(index)), round(100 - ((value - min) / (max - min)) * 100)];
    dots.push({ x, y, index });
    if (isGap) paths.push(`M${x} ${y}`);
    else paths[paths.length - 1] += `L${x} ${y}`;
    isGap = false;
  });
  return { paths, dots };
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** The known point nearest to a place across the chart; null when none is known. */
export function nearest(dots: readonly { x: number; index: number }[], x: number): number | null {
  let best: { x: number; index: number } | null = null;
  for (const dot of dots) if (!best || Math.abs(dot.x - x) < Math.abs(best.x - x)) best = dot;
  return best?.index ?? null;
}
