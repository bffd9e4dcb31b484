/** Bundled and run inside the Mini App's frame: what is wrong on the screen as it stands. See `looks.ts`. */

const TOUCH = 44;
let faults = new Set<string>();
/** An open sheet is all that there is: the rest is inert. */
let layer: Element = document.body;

export type FaultsOfScreen = () => string[];
declare global {
  interface Window {
    faultsOfScreen: FaultsOfScreen;
  }
}

const label = (element: Element): string =>
  `<${element.tagName.toLowerCase()} ${element.className}> ${(element.textContent ?? "").trim().slice(0, 50)}`;
const isShown = (element: Element): boolean =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
  !element.closest(".visually-hidden, [aria-hidden='true']");

function sideways(): void {
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) faults.add(`scrolls sideways: ${scrollWidth} in ${innerWidth}`);
}

function texts(): void {
  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const text = (node.textContent ?? "").trim();
    if (!parent || text === "" || !isShown(parent)) continue;
    if (/\{\{|\}\}|\b[a-z]+:[a-z]+(\.[a-z_]+)+|^[a-z_]+(\.[a-z_]+)+$/i.test(text))
      faults.add(`untranslated: ${text}`);
    if (/undefined|NaN|\[object|Invalid Date/.test(text)) faults.add(`not words: ${text}`);
    box(node, parent, text);
    pale(parent, text);
  }
}

/** What was typed must be seen whole. */
function typed(): void {
  for (const input of layer.querySelectorAll("input")) {
    if (isShown(input) && input.value !== "" && input.scrollWidth > input.clientWidth + 1)
      faults.add(`cut in its field: ${input.value}`);
  }
}

function box(node: Node, parent: Element, text: string): void {
  const range = document.createRange();
  range.selectNodeContents(node);
  const holder = parent.closest("button, a, .chip, .section-body, .step-card, .tab, .badge, main, .sheet");
  const clip = parent.closest(".pills, .cell-title.one-line, .one-line");
  const limit = holder?.getBoundingClientRect();
  const style = getComputedStyle(parent);
  const isCut = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none" || clip !== null;
  for (const rect of range.getClientRects()) {
    if (rect.width === 0 || isCut) continue;
    if (rect.left < -1 || rect.right > innerWidth + 1) faults.add(`beyond the screen: ${text.slice(0, 60)}`);
    else if (limit && (rect.left < limit.left - 1 || rect.right > limit.right + 1))
      faults.add(`out of its box: ${text.slice(0, 60)} in ${label(holder as Element)}`);
    else if (
      limit &&
      !holder?.matches("main, .sheet") &&
      (rect.top < limit.top - 4 || rect.bottom > limit.bottom + 4)
    )
      faults.add(`above or below its box: ${text.slice(0, 60)} in ${label(holder as Element)}`);
  }
}

type Color = [number, number, number, number];
const colorOf = (value: string): Color => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  if (!canvas) return [0, 0, 0, 1];
  canvas.fillStyle = value;
  canvas.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, a = 255] = canvas.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
};
const over = (top: Color, under: Color): Color => {
  const mix = (at: 0 | 1 | 2) => top[at] * top[3] + under[at] * (1 - top[3]);
  return [mix(0), mix(1), mix(2), 1];
};
const backgroundOf = (element: Element | null): Color => {
  if (!element) return [255, 255, 255, 1];
  const own = colorOf(getComputedStyle(element).backgroundColor);
  return own[3] === 1 ? own : over(own, backgroundOf(element.parentElement));
};
const brightness = ([r, g, b]: Color): number => {
  const part = (value: number) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
};

function pale(element: Element, text: string): void {
  if (element.closest(":disabled, [aria-disabled='true'], .avatar")) return;
  const style = getComputedStyle(element);
  const under = backgroundOf(element);
  const [light = 1, dark = 0] = [over(colorOf(style.color), under), under]
    .map(brightness)
    .sort((a, b) => b - a);
  const contrast = (light + 0.05) / (dark + 0.05);
  const size = Number.parseFloat(style.fontSize);
  const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const least = isLarge ? 3 : 4.5;
  if (contrast < least - 0.05)
    faults.add(
      `pale, ${contrast.toFixed(2)}: ${text.slice(0, 40)} in ${label(element.parentElement ?? element)}`,
    );
}

function targets(): void {
  const all = layer.querySelectorAll("button, a[href], input, textarea, [role='radio'], [role='switch']");
  for (const element of all) {
    if (!isShown(element) || element.closest("tc-root, [inert]")) continue;
    const { width, height } = element.getBoundingClientRect();
    if (width >= TOUCH - 0.5 && height >= TOUCH - 0.5) continue;
    if (!isReached(element))
      faults.add(`small, ${Math.round(width)}×${Math.round(height)}: ${label(element)}`);
  }
}

/** A target may reach farther than it looks: asks the browser what a thumb would hit around its middle. */
function isReached(element: Element): boolean {
  element.scrollIntoView({ block: "center" });
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const reach = TOUCH / 2 - 1;
  const [across, down] = [width < TOUCH ? reach : 0, height < TOUCH ? reach : 0];
  // At the edge of the screen a thumb has nowhere else to go.
  const inside = (at: number, most: number) => Math.min(Math.max(at, 1), most - 1);
  return [
    [x - across, y],
    [x + across, y],
    [x, y - down],
    [x, y + down],
  ].every(([px = 0, py = 0]) => {
    const hit = document.elementFromPoint(inside(px, innerWidth), inside(py, innerHeight));
    return hit !== null && (element.contains(hit) || hit.closest("label")?.control === element);
  });
}

window.faultsOfScreen = () => {
  faults = new Set();
  layer = document.querySelector(".sheet") ?? document.body;
  sideways();
  texts();
  typed();
  targets();
  window.scrollTo(0, 0);
  return [...faults];
};
