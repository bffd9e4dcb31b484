/**
 * What Telegram refuses. `description` is in Telegram's own wording; the Bot API answers it with `status`, the host API as `code`.
 */
export class Refusal extends Error {
  readonly status: number;
  readonly description: string;
  readonly retryAfter: number | null;

  constructor(status: number, description: string, retryAfter: number | null = null) {
    super(description);
    this.name = "Refusal";
    this.status = status;
    this.description = description;
    this.retryAfter = retryAfter;
  }
}

export const badRequest = (text: string): Refusal => new Refusal(400, `Bad Request: ${text}`);
export const forbidden = (text: string): Refusal => new Refusal(403, `Forbidden: ${text}`);

/** What a person's client is told, by Telegram's name for the error (`CHAT_ADMIN_REQUIRED`) and plainly. */
export class ClientRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "ClientRefusal";
    this.code = code;
  }
}
