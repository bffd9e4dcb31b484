/** One screen of the tour: whose phone, where, and what is pressed there. */
import type { Phone } from "./phone.ts";

export type Screen = {
  readonly name: string;
  readonly person: number;
  readonly path: string;
  /** What is pressed there. */
  readonly press?: (phone: Phone) => Promise<unknown>;
  readonly isSheet?: boolean;
  /** The action that the keyboard must reach: `main` for Telegram's own button, else a selector. */
  readonly primary?: string;
};
