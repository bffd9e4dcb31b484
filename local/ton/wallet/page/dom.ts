/** Elements without a framework. */

type Child = Node | string | null | undefined | false;

/** An element with attributes; `on…` ones are listeners, `class` is the class. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | boolean | (() => void)> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

const PATHS = {
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  back: "M9 14l-5-5 5-5M4 9h11a5 5 0 0 1 0 10h-3",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10v10H9zM5 15V5h10",
  check: "M5 12.5l4.5 4.5L19 7.5",
  cross: "M7 7l10 10M17 7L7 17",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  key: "M14 10a4 4 0 1 0-3.5 4L13 16.5h2V19h3v-3l-4.5-4.5",
  shield: "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6z",
  warn: "M12 4l9 16H3zM12 10v4M12 17v.5",
} as const;

export function icon(name: keyof typeof PATHS): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** The site's picture, or its first letter if there is none. */
export function picture(name: string, url: string | null, className: string): HTMLElement {
  const box = h("span", { class: className, "aria-hidden": "true" }, [...name][0]?.toUpperCase() ?? "?");
  if (url === null) return box;
  const image = h("img", { src: url, alt: "" });
  image.addEventListener("load", () => box.replaceChildren(image));
  return box;
}
