/**
 * A very small painter: shapes are signed distances on the square from −1 to 1 (y downwards), painted with soft edges over a gradient, written as PNG.
 * It draws the avatars of the local world, so that no picture has to be shipped or fetched.
 */
import { crc32, deflateSync } from "node:zlib";

export type Shape = (x: number, y: number) => number;
export type Color = readonly [red: number, green: number, blue: number];
export interface Layer {
  readonly shape: Shape;
  readonly color: Color;
}

export const circle =
  (cx: number, cy: number, r: number): Shape =>
  (x, y) =>
    Math.hypot(x - cx, y - cy) - r;

export const ellipse =
  (cx: number, cy: number, rx: number, ry: number): Shape =>
  (x, y) =>
    (Math.hypot((x - cx) / rx, (y - cy) / ry) - 1) * Math.min(rx, ry);

export const box =
  (cx: number, cy: number, hx: number, hy: number, round = 0.06): Shape =>
  (x, y) => {
    const dx = Math.abs(x - cx) - hx + round;
    const dy = Math.abs(y - cy) - hy + round;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - round;
  };

/** A stroke of width `w` with round ends through the points `[x, y, x, y, …]`. */
export const stroke =
  (points: readonly number[], w: number): Shape =>
  (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    for (let i = 0; i + 3 < points.length; i += 2) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = points.slice(i, i + 4);
      const dx = bx - ax;
      const dy = by - ay;
      const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
      nearest = Math.min(nearest, Math.hypot(x - ax - t * dx, y - ay - t * dy));
    }
    return nearest - w / 2;
  };

/** A convex polygon with its points clockwise (on a screen). */
export const polygon =
  (points: readonly number[]): Shape =>
  (x, y) => {
    let furthest = Number.NEGATIVE_INFINITY;
    const n = points.length;
    for (let i = 0; i < n; i += 2) {
      const ax = points[i] ?? 0;
      const ay = points[i + 1] ?? 0;
      const bx = points[(i + 2) % n] ?? 0;
      const by = points[(i + 3) % n] ?? 0;
      const length = Math.hypot(bx - ax, by - ay);
      furthest = Math.max(furthest, ((by - ay) * (x - ax) - (bx - ax) * (y - ay)) / length);
    }
    return furthest;
  };

export const join =
  (...shapes: readonly Shape[]): Shape =>
  (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    for (const shape of shapes) nearest = Math.min(nearest, shape(x, y));
    return nearest;
  };

/** The first shape without the others. */
export const cut =
  (shape: Shape, ...holes: readonly Shape[]): Shape =>
  (x, y) => {
    let d = shape(x, y);
    for (const hole of holes) d = Math.max(d, -hole(x, y));
    return d;
  };

export const both =
  (a: Shape, b: Shape): Shape =>
  (x, y) =>
    Math.max(a(x, y), b(x, y));

/** Paints `layers` in order over a gradient from the top to the bottom colour; the bytes of a square PNG. */
export function paint(size: number, top: Color, bottom: Color, layers: readonly Layer[]): Uint8Array {
  const rows = Buffer.alloc(size * (1 + size * 3));
  const pixel = 2 / size;
  let at = 0;
  for (let row = 0; row < size; row++) {
    rows[at++] = 0;
    const y = (row + 0.5) * pixel - 1;
    const t = (y + 1) / 2;
    for (let column = 0; column < size; column++) {
      const x = (column + 0.5) * pixel - 1;
      let r = top[0] + (bottom[0] - top[0]) * t;
      let g = top[1] + (bottom[1] - top[1]) * t;
      let b = top[2] + (bottom[2] - top[2]) * t;
      for (const { shape, color } of layers) {
        const alpha = Math.max(0, Math.min(1, 0.5 - shape(x, y) / pixel));
        r += (color[0] - r) * alpha;
        g += (color[1] - g) * alpha;
        b += (color[2] - b) * alpha;
      }
      rows[at++] = r;
      rows[at++] = g;
      rows[at++] = b;
    }
  }
  return png(size, rows);
}

function png(size: number, rows: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8 + body.length);
  frame.writeUInt32BE(data.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(crc32(body), 4 + body.length);
  return frame;
}
