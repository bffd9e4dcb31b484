/** What the suite must be able to do at a provider: be its customers, its bad days, and its forgers. */
import type { Payment } from "../../src/kernel/payments/shapes.ts";
import type { Asset } from "../../src/platform/shapes.ts";
import type { World } from "../world.ts";

/** `before`, `after`: no answer in time, and the thing was not done, or was. `odd`: an answer that is none. */
export type Trouble = "before" | "after" | "500" | "429";
export type Asked = "create" | "get" | "refund";

/** How to tell the product of a payment, as often as one likes; nothing where the provider pushes nothing. */
export type News = { deliver(): Promise<number> };
/** `refused`: the provider asked us in the last moment, and no money was taken. */
export type Paying = { news: News; isRefused: boolean };

/** Other than the invoice says. `isUntold`: the provider's news of it get lost, where it has news. */
export type Given = { amount?: bigint; asset?: Asset; person?: number; isUntold?: boolean };

export type Driver = {
  readonly name: string;
  readonly asset: Asset;
  /** Minor units; large enough to be divided by ten. */
  readonly amount: bigint;
  readonly refunds: "part" | "whole" | "by_hand";
  /** What becomes of money that somebody else pays for the owner's invoice. */
  readonly strangers: "returned" | "refused" | "credited";
  /** A world with this provider in it. */
  createWorld(): Promise<World>;
  /** The person pays the invoice; `amount` and `asset` other than due where the provider lets people do that. */
  pay(invoice: Payment, given?: Given): Promise<Paying>;
  /** Money without a reference, or with one that is not ours, from somebody whom we cannot know. */
  payUnknown(amount: bigint): Promise<Paying>;
  /** News of a payment that never was, as well made as a stranger can. Answers what the product said. */
  forge(invoice: Payment): Promise<"refused" | "kept">;
  /** Things that a newer version of the provider might say. */
  oddities(invoice: Payment): Promise<void>;
  /** The next `times` questions of the kind go wrong. */
  trouble(asked: Asked, trouble: Trouble, times?: number): void;
  /** Lets whatever a provider asked to wait for pass. */
  calm(): Promise<void>;
  /** What has gone back to people, of everything, by the provider's own books. */
  refunded(): bigint;
  /** The provider takes a payment back without us; undefined where nobody can. */
  chargeBack?(receiptId: string): Promise<News>;
  /** Signs a refund, where a person does. */
  sign?(request: {
    messages: { address: string; amount: string; payload?: string | undefined }[];
  }): Promise<void>;
};

/** Calls of the outside that go wrong on order. */
export class Troubles {
  private readonly armed = new Map<string, { trouble: Trouble; fail: (trouble: Trouble) => Error }[]>();

  arm(method: string, trouble: Trouble, times: number, fail: (trouble: Trouble) => Error): void {
    const more = Array.from({ length: times }, () => ({ trouble, fail }));
    this.armed.set(method, [...(this.armed.get(method) ?? []), ...more]);
  }

  /** The same object, with these troubles before it. */
  around<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (object, name, receiver) => {
        const value: unknown = Reflect.get(object, name, receiver);
        if (typeof value !== "function" || typeof name !== "string") return value;
        return async (...args: unknown[]) => {
          const next = this.armed.get(name)?.shift();
          if (next && next.trouble !== "after") throw next.fail(next.trouble);
          const result: unknown = await value.apply(object, args);
          if (next) throw next.fail(next.trouble);
          return result;
        };
      },
    });
  }
}
