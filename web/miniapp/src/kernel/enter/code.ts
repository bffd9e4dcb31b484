/**
 * The code of a one-time link stands in the page's fragment. It is taken out of the address at once, so that it stays neither in the history nor on the
 * screen, and is used by nothing but a press of the button.
 */
const CODE = /^[A-Za-z0-9_-]{32}$/;

/** The code in what a person pasted: the whole link, or the code alone; null when there is none. */
export function codeIn(pasted: string): string | null {
  const bare = pasted.trim().replace(/^.*#/s, "");
  return CODE.test(bare) ? bare : null;
}

/** The code in the address of this page, which then holds it no more. */
export function takeCode(): string | null {
  if (location.pathname !== "/enter") return null;
  const code = codeIn(location.hash);
  if (location.hash) history.replaceState(history.state, "", location.pathname);
  return code;
}
