/** The avatars of the local world: faces for people, emblems for channels, the sign of the bot. */
import {
  both,
  box,
  type Color,
  circle,
  cut,
  ellipse,
  join,
  type Layer,
  paint,
  polygon,
  type Shape,
  stroke,
} from "./shapes.ts";

const WHITE: Color = [255, 255, 255];

/** Pairs of colours from light to deep, in the spirit of Telegram's own default avatars. */
const GRADIENTS: readonly (readonly [Color, Color])[] = [
  [
    [255, 136, 94],
    [214, 69, 65],
  ],
  [
    [255, 205, 106],
    [240, 138, 36],
  ],
  [
    [130, 177, 255],
    [80, 88, 214],
  ],
  [
    [160, 222, 126],
    [52, 158, 88],
  ],
  [
    [83, 237, 214],
    [24, 150, 176],
  ],
  [
    [114, 213, 253],
    [42, 110, 208],
  ],
  [
    [224, 162, 243],
    [150, 72, 200],
  ],
  [
    [255, 150, 180],
    [205, 60, 120],
  ],
];

const below = (edge: number): Shape => box(0, edge + 2, 4, 2, 0);

const EMBLEMS: Readonly<Record<string, () => Shape>> = {
  mountain: () =>
    join(polygon([-0.55, 0.4, -0.12, -0.35, 0.3, 0.4]), polygon([0, 0.4, 0.3, -0.08, 0.6, 0.4])),
  wave: () =>
    join(
      ...[-0.25, 0.05, 0.35].map((y) =>
        stroke([-0.5, y, -0.25, y - 0.14, 0, y, 0.25, y - 0.14, 0.5, y], 0.11),
      ),
    ),
  sun: () =>
    join(
      circle(0, 0, 0.26),
      ...Array.from({ length: 8 }, (_, i) => {
        const [c, s] = [Math.cos((i * Math.PI) / 4), Math.sin((i * Math.PI) / 4)];
        return stroke([c * 0.4, s * 0.4, c * 0.54, s * 0.54], 0.1);
      }),
    ),
  chart: () => join(box(-0.36, 0.2, 0.12, 0.25), box(0, 0.06, 0.12, 0.39), box(0.36, -0.1, 0.12, 0.55)),
  cup: () =>
    join(
      box(-0.08, 0.12, 0.36, 0.32, 0.14),
      cut(circle(0.3, 0.08, 0.22), circle(0.3, 0.08, 0.12)),
      stroke([-0.22, -0.32, -0.18, -0.5], 0.08),
      stroke([0.06, -0.32, 0.1, -0.5], 0.08),
    ),
  book: () =>
    cut(
      box(0, 0, 0.55, 0.42, 0.1),
      box(0, 0, 0.03, 0.5, 0),
      box(-0.28, -0.12, 0.16, 0.03),
      box(0.28, -0.12, 0.16, 0.03),
    ),
  code: () =>
    join(
      stroke([-0.25, -0.3, -0.55, 0, -0.25, 0.3], 0.12),
      stroke([0.25, -0.3, 0.55, 0, 0.25, 0.3], 0.12),
      stroke([0.1, -0.4, -0.1, 0.4], 0.1),
    ),
  plane: () =>
    join(polygon([-0.6, 0.02, 0.6, -0.45, -0.2, 0.18]), polygon([-0.08, 0.14, 0.6, -0.45, 0.22, 0.45])),
  heart: () =>
    join(
      circle(-0.22, -0.12, 0.27),
      circle(0.22, -0.12, 0.27),
      polygon([-0.42, 0.06, 0, -0.14, 0.42, 0.06, 0, 0.52]),
    ),
  play: () => cut(circle(0, 0, 0.56), polygon([-0.16, 0.28, -0.16, -0.28, 0.32, 0])),
  leaf: () =>
    cut(both(circle(-0.25, 0.1, 0.6), circle(0.25, -0.1, 0.6)), stroke([-0.3, 0.4, 0.28, -0.38], 0.06)),
  bolt: () =>
    join(polygon([-0.3, 0.08, 0.16, -0.58, 0.02, 0.08]), polygon([0.3, -0.08, -0.16, 0.58, -0.02, -0.08])),
  camera: () =>
    cut(
      join(box(0, 0.06, 0.54, 0.36, 0.1), box(0, -0.3, 0.2, 0.12, 0.05)),
      cut(circle(0, 0.06, 0.24), circle(0, 0.06, 0.14)),
    ),
  home: () =>
    cut(
      join(polygon([-0.6, 0, 0, -0.52, 0.6, 0]), box(0, 0.2, 0.4, 0.3, 0.04)),
      box(0, 0.32, 0.11, 0.2, 0.02),
    ),
  gem: () =>
    cut(
      join(
        polygon([-0.56, -0.1, 0.56, -0.1, 0, 0.56]),
        polygon([-0.56, -0.1, -0.32, -0.42, 0.32, -0.42, 0.56, -0.1]),
      ),
      stroke([-0.56, -0.1, 0.56, -0.1], 0.05),
    ),
  globe: () =>
    cut(
      circle(0, 0, 0.55),
      cut(ellipse(0, 0, 0.28, 0.55), ellipse(0, 0, 0.22, 0.5)),
      stroke([-0.6, 0, 0.6, 0], 0.06),
    ),
  note: () =>
    join(
      ellipse(-0.26, 0.34, 0.2, 0.16),
      ellipse(0.32, 0.24, 0.2, 0.16),
      stroke([-0.1, 0.34, -0.1, -0.38, 0.48, -0.48, 0.48, 0.24], 0.1),
    ),
  ball: () =>
    cut(
      circle(0, 0, 0.55),
      stroke([-0.6, 0, 0.6, 0], 0.06),
      stroke([0, -0.6, 0, 0.6], 0.06),
      cut(circle(0.62, 0, 0.42), circle(0.62, 0, 0.36)),
      cut(circle(-0.62, 0, 0.42), circle(-0.62, 0, 0.36)),
    ),
  pen: () =>
    join(
      polygon([-0.14, 0.32, -0.32, 0.14, 0.3, -0.48, 0.48, -0.3]),
      polygon([-0.5, 0.5, -0.38, 0.2, -0.2, 0.38]),
    ),
  bag: () =>
    join(box(0, 0.14, 0.44, 0.4, 0.1), cut(circle(0, -0.22, 0.26), circle(0, -0.22, 0.17), below(-0.22))),
};

/** Names of the emblems that a channel can carry. */
export const EMBLEM_NAMES: readonly string[] = Object.keys(EMBLEMS);

const SKINS: readonly Color[] = [
  [255, 219, 190],
  [241, 194, 150],
  [214, 160, 116],
  [160, 108, 74],
];
const HAIRS: readonly Color[] = [
  [62, 44, 36],
  [120, 72, 40],
  [196, 144, 72],
  [40, 40, 52],
  [150, 60, 44],
  [120, 120, 128],
];
const SHIRTS: readonly Color[] = [
  [255, 255, 255],
  [46, 62, 92],
  [244, 222, 180],
  [52, 110, 100],
  [190, 64, 72],
];

function face(seed: number): Layer[] {
  const skin = pick(SKINS, seed * 7);
  const hair = pick(HAIRS, seed * 5 + 1);
  const shirt = pick(SHIRTS, seed * 3 + 2);
  const longHair = seed % 2 === 1;
  const head = ellipse(0, -0.12, 0.32, 0.38);
  const layers: Layer[] = [];
  if (longHair)
    layers.push({ shape: join(ellipse(0, -0.2, 0.43, 0.44), box(0, 0.14, 0.43, 0.36, 0.12)), color: hair });
  layers.push({ shape: ellipse(0, 0.98, 0.72, 0.58), color: shirt });
  layers.push({ shape: join(box(0, 0.3, 0.13, 0.2, 0.1), ellipse(0, 0.46, 0.2, 0.12)), color: skin });
  layers.push({ shape: head, color: skin });
  const fringe = longHair ? circle(0.1, 0.2, 0.43) : ellipse(0.04, 0.14, 0.42, 0.42);
  layers.push({ shape: cut(ellipse(0, -0.2, 0.38, 0.4), fringe), color: hair });
  const ink: Color = [60, 44, 44];
  layers.push({ shape: join(circle(-0.12, -0.1, 0.034), circle(0.12, -0.1, 0.034)), color: ink });
  layers.push({ shape: cut(circle(0, 0.02, 0.13), circle(0, -0.03, 0.14)), color: ink });
  return layers;
}

function pick<T>(from: readonly T[], index: number): T {
  const chosen = from[Math.abs(index) % from.length];
  if (chosen === undefined) throw new Error("nothing to pick from");
  return chosen;
}

function wordHash(word: string): number {
  let hash = 7;
  for (const letter of word) hash = (hash * 31 + letter.charCodeAt(0)) % 1_000_003;
  return hash;
}

/**
 * The PNG of an avatar. `word`: `face_1001` for a person, `bot` for the bot, else an emblem's name, with `_2` for another colour
 * (`leaf`, `leaf_3`); an unknown word gets the gem.
 */
export function drawAvatar(word: string, size: number): Uint8Array {
  if (word === "bot") {
    const sign = join(EMBLEMS.bag?.() ?? circle(0, 0, 0.5));
    return paint(size, [88, 190, 255], [30, 104, 222], [{ shape: sign, color: WHITE }]);
  }
  const person = /^face_(\d+)$/.exec(word);
  if (person) {
    const seed = Number(person[1]);
    const [top, bottom] = pick(GRADIENTS, seed * 3 + 4);
    return paint(size, top, bottom, face(seed));
  }
  const [name = "", variant = "0"] = word.split("_");
  const emblem = EMBLEMS[name] ?? EMBLEMS.gem;
  const [top, bottom] = pick(GRADIENTS, wordHash(name) + Number(variant) * 3);
  return paint(size, top, bottom, emblem ? [{ shape: emblem(), color: WHITE }] : []);
}
