/** What the person at the terminal reads: one line for each thing done, and how long it took. */

const isTerminal = process.stdout.isTTY === true;
const paint = (code: number, text: string): string => (isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text);

// A closed terminal must not end the program in the middle of stopping.
process.stdout.on("error", () => undefined);
process.stderr.on("error", () => undefined);

export const say = (text = ""): void => void process.stdout.write(`${text}\n`);
export const warn = (text: string): void => void process.stderr.write(`${paint(33, text)}\n`);
export const strong = (text: string): string => paint(1, text);
export const faint = (text: string): string => paint(2, text);

/** Does `work` and says so with its duration; what it returns may add a few words. */
export async function step<T>(
  name: string,
  work: () => Promise<T>,
  words?: (result: T) => string,
): Promise<T> {
  const begun = performance.now();
  const result = await work();
  const took = `${((performance.now() - begun) / 1_000).toFixed(1)} s`;
  say(`  ${paint(32, "✓")} ${name.padEnd(16)} ${(words?.(result) ?? "").padEnd(44)} ${faint(took)}`);
  return result;
}
