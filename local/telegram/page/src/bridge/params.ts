/** Readers for what arrives from the frame: it is foreign input, so nothing is assumed about its shape. */

export type Params = Record<string, unknown>;

/** Thrown when the Mini App sends what Telegram would ignore; the phone shows it, so faults do not hide. */
export class Refusal extends Error {}

export function record(value: unknown): Params {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Params) : {};
}

export function text(params: Params, key: string, limits: { min?: number; max?: number } = {}): string {
  const value = params[key];
  if (typeof value !== "string") throw new Refusal(`${key} must be a string`);
  const { min = 0, max = Number.POSITIVE_INFINITY } = limits;
  const length = [...value].length;
  if (length < min || length > max)
    throw new Refusal(`${key} must have ${min} to ${max} characters, it has ${length}`);
  return value;
}

export function flag(params: Params, key: string): boolean {
  const value = params[key];
  if (typeof value !== "boolean") throw new Refusal(`${key} must be true or false`);
  return value;
}

export function optionalFlag(params: Params, key: string): boolean | undefined {
  return params[key] === undefined ? undefined : flag(params, key);
}

/** A `#RRGGBB` colour; Telegram's clients know no other notation. */
export function color(params: Params, key: string): string {
  const value = text(params, key);
  if (!/^#[0-9a-f]{6}$/i.test(value)) throw new Refusal(`${key} must look like #RRGGBB, it is "${value}"`);
  return value;
}

export function optionalColor(params: Params, key: string): string | undefined {
  const value = params[key];
  // The SDK clears a colour by sending an empty string or nothing at all.
  return value === undefined || value === "" ? undefined : color(params, key);
}

export function requestId(params: Params): string {
  const value = params.req_id;
  if (typeof value === "number") return String(value);
  return text(params, "req_id", { min: 1, max: 64 });
}
