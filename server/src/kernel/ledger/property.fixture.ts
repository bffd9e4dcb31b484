/** Random money: operations with keys and amounts from small ranges, so that they meet, and a model that says how each must end. */
import fc from "fast-check";
import type { Tx } from "../../platform/context.ts";
import { Problem } from "../../platform/errors.ts";
import type { Asset } from "../../platform/shapes.ts";
import { placeHold, postHold, voidHold } from "./holds.ts";
import { reverse } from "./reverse.ts";
import { transfer } from "./transfer.ts";

export type Operation =
  | { do: "move"; key: string; from: string; to: string; asset: Asset; amount: number }
  | { do: "hold"; key: string; of: string; asset: Asset; amount: number }
  | { do: "post"; hold: string; to: string; amount: number; rest: number }
  | { do: "void"; hold: string }
  | { do: "reverse"; key: string; of: string };

const users = ["user:a", "user:b", "user:c"];
const user = fc.constantFrom(...users);
const anybody = fc.constantFrom(...users, "fees", "gateway:test");
const asset = fc.constantFrom<Asset>("TON", "XTR");
const amount = fc.integer({ min: 1, max: 12 });
const moveKey = fc.constantFrom("m1", "m2", "m3", "m4", "m5", "m6");
const holdKey = fc.constantFrom("h1", "h2", "h3");
const reverseKey = fc.constantFrom("r1", "r2", "r3");

export const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("move" as const),
      key: moveKey,
      from: fc.constant("gateway:test"),
      to: user,
      asset,
      amount: fc.integer({ min: 10, max: 30 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({ do: fc.constant("move" as const), key: moveKey, from: anybody, to: anybody, asset, amount })
      .filter((one) => one.from !== one.to),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("hold" as const), key: holdKey, of: user, asset, amount }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("post" as const),
      hold: holdKey,
      to: user,
      amount,
      rest: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("void" as const), hold: holdKey }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("reverse" as const),
      key: reverseKey,
      of: fc.oneof(moveKey, holdKey, reverseKey, fc.constantFrom("h1#end", "h2#end")),
    }),
  },
);

const cause = { kind: "test.property", id: "1" };

/** Names belong to one run, so that runs share a database. */
export const named = (run: string, name: string): string =>
  name.startsWith("user:")
    ? `${name}.${run}`
    : name === "fees" || name.startsWith("gateway:")
      ? name
      : `${run}:${name}`;

/** Does it, and answers how it ended: `posted`, `replayed` or the code of the refusal. */
export async function perform(tx: Tx, run: string, one: Operation): Promise<string> {
  const at = (name: string) => named(run, name);
  const doing = () => {
    switch (one.do) {
      case "move":
        return transfer(tx, {
          key: at(one.key),
          cause,
          legs: [
            { account: at(one.from), asset: one.asset, amount: -BigInt(one.amount) },
            { account: at(one.to), asset: one.asset, amount: BigInt(one.amount) },
          ],
        });
      case "hold":
        return placeHold(tx, {
          key: at(one.key),
          cause,
          account: at(one.of),
          asset: one.asset,
          amount: BigInt(one.amount),
        });
      case "post":
        return postHold(tx, {
          hold: at(one.hold),
          cause,
          to: shares(one).map((to) => ({ account: at(to.account), amount: BigInt(to.amount) })),
        });
      case "void":
        return voidHold(tx, { hold: at(one.hold), cause });
      case "reverse":
        return reverse(tx, { key: at(one.key), of: at(one.of) });
    }
  };
  try {
    return (await doing()).isReplay ? "replayed" : "posted";
  } catch (error) {
    if (error instanceof Problem) return error.code.replace("ledger.", "");
    throw error;
  }
}

const shares = (one: Extract<Operation, { do: "post" }>) => [
  { account: one.to, amount: one.amount },
  ...(one.rest > 0 ? [{ account: "fees", amount: one.rest }] : []),
];

type Leg = { account: string; asset: Asset; amount: number; held: number };
type Done = {
  kind: "transfer" | "hold" | "post" | "void" | "reversal";
  input: string;
  legs: Leg[];
  of?: string;
};

/** The ledger as one would write it on paper. */
export class Model {
  readonly balances = new Map<string, number>();
  readonly helds = new Map<string, number>();
  readonly done = new Map<string, Done>();

  /** How it must end; when it is posted, it is. */
  perform(one: Operation): string {
    switch (one.do) {
      case "move":
        return this.post(one.key, "transfer", one, [
          { account: one.from, asset: one.asset, amount: -one.amount, held: 0 },
          { account: one.to, asset: one.asset, amount: one.amount, held: 0 },
        ]);
      case "hold":
        return this.post(one.key, "hold", one, [
          { account: one.of, asset: one.asset, amount: 0, held: one.amount },
        ]);
      case "post":
        return this.end(one.hold, "post", one, shares(one));
      case "void":
        return this.end(one.hold, "void", one, []);
      case "reverse":
        return this.reverse(one.key, one.of);
    }
  }

  private reverse(key: string, of: string): string {
    const first = this.done.get(of);
    if (!first) return "not_found";
    if (first.kind !== "transfer" && first.kind !== "post") return "not_reversible";
    for (const [other, done] of this.done) if (done.of === of && other !== key) return "already_reversed";
    const legs = first.legs
      .filter((leg) => leg.amount !== 0)
      .map((leg) => ({ ...leg, amount: -leg.amount, held: 0 }));
    return this.post(key, "reversal", { reverses: of }, legs, of);
  }

  private end(
    hold: string,
    kind: "post" | "void",
    input: object,
    to: { account: string; amount: number }[],
  ): string {
    const placed = this.done.get(hold)?.legs[0];
    if (!placed) return "hold_not_found";
    const total = to.reduce((sum, one) => sum + one.amount, 0);
    if (total > placed.held) return "hold_exceeded";
    const outcome = this.post(`${hold}#end`, kind, input, [
      { ...placed, amount: -total, held: -placed.held },
      ...to.map((one) => ({ ...one, asset: placed.asset, held: 0 })),
    ]);
    return outcome === "key_reused" ? "hold_ended" : outcome;
  }

  private post(key: string, kind: Done["kind"], input: object, legs: Leg[], of?: string): string {
    const text = JSON.stringify([kind, input]);
    const before = this.done.get(key);
    if (before) return before.input === text ? "replayed" : "key_reused";
    const place = (leg: Leg) => `${leg.account} ${leg.asset}`;
    const after = (leg: Leg) => ({
      balance: (this.balances.get(place(leg)) ?? 0) + leg.amount,
      held: (this.helds.get(place(leg)) ?? 0) + leg.held,
    });
    for (const leg of legs)
      if (leg.account.startsWith("user:") && after(leg).balance < after(leg).held)
        return "insufficient_funds";
    for (const leg of legs) {
      const { balance, held } = after(leg);
      this.balances.set(place(leg), balance);
      this.helds.set(place(leg), held);
    }
    this.done.set(key, { kind, input: text, legs, ...(of === undefined ? {} : { of }) });
    return "posted";
  }
}

/** Posting to the holder itself is a mistake of the programmer, which the database refuses with an error. */
export function isMeant(operations: readonly Operation[]): boolean {
  const holders = new Map<string, Set<string>>();
  for (const one of operations)
    if (one.do === "hold") holders.set(one.key, (holders.get(one.key) ?? new Set()).add(one.of));
  return operations.every((one) => one.do !== "post" || !holders.get(one.hold)?.has(one.to));
}
