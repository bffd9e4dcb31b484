/** Arrow keys move within a group of radios, as they do among native ones. One listener for the whole page. */

const steps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** The place after `step` from `place`, around the ends. */
export const placeAfter = (place: number, step: number, count: number): number =>
  (place + step + count) % count;

export function listenToRadioKeys(): void {
  document.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const radio = event.target instanceof HTMLElement ? event.target.closest('[role="radio"]') : null;
    const group = radio?.closest('[role="radiogroup"]');
    if (!step || !radio || !group) return;
    const radios = [...group.querySelectorAll<HTMLElement>('[role="radio"]')];
    const next = radios[placeAfter(radios.indexOf(radio as HTMLElement), step, radios.length)];
    event.preventDefault();
    next?.focus();
    next?.click();
  });
}
