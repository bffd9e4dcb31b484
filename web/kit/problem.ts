/** What went wrong with a request, as the screens know it. The server sends codes; the words are in the modules' copies. */
import type { Problem } from "../../server/src/platform/shapes.ts";

export type ProblemKind = Problem["error"]["kind"] | "offline";

export class ApiError extends Error {
  readonly code: string;
  readonly kind: ProblemKind;
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  readonly status: number;
  /** Seconds to wait, when the server said so. */
  readonly retryAfter: number | null;

  constructor(from: {
    code: string;
    kind: ProblemKind;
    details?: Readonly<Record<string, unknown>>;
    requestId: string;
    status: number;
    retryAfter?: number | null;
  }) {
    super(`${from.kind}: ${from.code}`);
    this.name = "ApiError";
    this.code = from.code;
    this.kind = from.kind;
    this.details = from.details ?? {};
    this.requestId = from.requestId;
    this.status = from.status;
    this.retryAfter = from.retryAfter ?? null;
  }
}

/** Whether asking again may help without anybody changing anything. */
export const isTransient = (error: unknown): boolean =>
  error instanceof ApiError &&
  (error.kind === "offline" || error.kind === "unavailable" || error.status >= 502);

/** `channels.offer_expired` → namespace `channels`, key `errors.offer_expired`, in the form that i18next takes. */
export function keyOfCode(code: string): string | null {
  const match = /^([a-z]+)\.([a-z0-9_]+)$/.exec(code);
  return match ? `${match[1]}:errors.${match[2]}` : null;
}
