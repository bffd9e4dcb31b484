/**
 * Errors have a code, which belongs to a module, and a kind, which belongs to the platform and maps to HTTP.
 * Words live with the web and the bot: nothing here is prose for a person.
 */
export const kinds = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  closed: 409,
  unpaid: 402,
  limited: 429,
  unavailable: 503,
  bug: 500,
} as const;
export type Kind = keyof typeof kinds;

/** An expected refusal. `details` is shown to the caller: never put personal data or database text in it. */
export class Problem extends Error {
  readonly code: string;
  readonly kind: Kind;
  readonly details: Record<string, unknown>;

  constructor(code: string, kind: Kind, details: Record<string, unknown> = {}) {
    super(`${kind}: ${code}`);
    this.name = "Problem";
    this.code = code;
    this.kind = kind;
    this.details = details;
  }
}

type ErrorsOf<T extends Record<string, Kind>> = {
  [code in keyof T]: (details?: Record<string, unknown>) => Problem;
};

/** Declares a module's errors: `errors("channels", { listing_closed: "closed" })`, then `throw channelErrors.listing_closed({ listingId })`. */
export function errors<const T extends Record<string, Kind>>(module: string, codes: T): ErrorsOf<T> {
  const made = {} as ErrorsOf<T>;
  for (const code of Object.keys(codes) as (keyof T & string)[]) {
    const kind = codes[code] as Kind;
    made[code] = (details = {}) => new Problem(`${module}.${code}`, kind, details);
  }
  return made;
}

/** Errors that any module may need. */
export const platformErrors = errors("platform", {
  invalid: "invalid",
  malformed_json: "invalid",
  body_too_large: "invalid",
  unauthenticated: "unauthenticated",
  forbidden: "forbidden",
  not_found: "not_found",
  key_reused: "conflict",
  /** Two different people of the staff are needed. */
  same_person: "forbidden",
  proposal_closed: "closed",
  limited: "limited",
  unavailable: "unavailable",
  bug: "bug",
});

/** States a truth that the code relies on. A failed assertion stops this request, not the system. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}
