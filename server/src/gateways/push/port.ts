/** What the product needs of the push services of browsers. Errors are `PushFailure`. */
import { OutsideFailure } from "../../platform/gateway.ts";

export type PushSubscription = { endpoint: string; keys: { p256dh: string; auth: string } };
export type PushMessage = {
  to: PushSubscription;
  /** Encrypted for the browser (RFC 8291); at most 3993 bytes. */
  text: string;
  ttlSeconds: number;
  /** At most 32 characters of base64url: the service keeps only the last undelivered message of a topic. */
  topic: string;
};

export type PushPort = {
  /** Null when push is not configured; else what a browser subscribes with. */
  readonly publicKey: string | null;
  /** Whether an endpoint is one of the configured services: nothing else is ever called. */
  isKnown(endpoint: string): boolean;
  /** `gone`: the subscription does not exist any more. */
  send(message: PushMessage): Promise<"sent" | "gone">;
};

/** `unknown` is worth another try: no answer, too many, a fault of the service. */
export class PushFailure extends OutsideFailure {
  readonly reason: "refused" | "unknown";
  constructor(reason: "refused" | "unknown", message: string) {
    super(message);
    this.name = "PushFailure";
    this.reason = reason;
  }
}
