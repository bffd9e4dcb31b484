/** What a bot answers to a pressed button and to an inline query. */
import type { PreparedMessage } from "../world/model.ts";

export interface AnswerCallback {
  readonly text: string;
  readonly alert: boolean;
  readonly url: string | null;
}

export interface AnswerCheckout {
  readonly ok: boolean;
  readonly message: string;
}

export interface InlineResult {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly message: PreparedMessage;
}

export interface AnswerInline {
  readonly results: readonly InlineResult[];
  readonly nextOffset: string;
}
