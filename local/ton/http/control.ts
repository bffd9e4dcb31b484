/** The control API: what a person or a test does to this world from outside. Every path is under `/control/`. */
import { Address, Cell, internal } from "@ton/core";
import { z } from "zod";
import type { Chain } from "../chain/chain.ts";
import type { Payments } from "../chain/wallets.ts";
import type { Fault, Faults } from "./faults.ts";
import { json, readJson } from "./toncenter.ts";

const nano = z.string().regex(/^\d{1,20}$/);
const addressText = z
  .string()
  .refine(Address.isFriendly, "friendly address expected")
  .or(z.string().regex(/^-?\d+:[0-9a-fA-F]{64}$/));
const bocText = z.string().transform((text, context) => {
  try {
    return Cell.fromBase64(text);
  } catch {
    context.addIssue("not a base64 bag of cells");
    return z.NEVER;
  }
});

const faucetShape = z.strictObject({ address: addressText, amount: nano });
const timeShape = z.union([
  z.strictObject({ advanceSeconds: z.int().min(0) }),
  z.strictObject({ to: z.int() }),
]);
const revertShape = z.strictObject({ hash: z.string() });
const anyFault = {
  api: z.enum(["v2", "v3", "any"]).default("any"),
  method: z.string().default("*"),
  times: z.int().min(1).nullable().default(1),
};
const seconds = z.number().min(0).max(86_400);
const faultShape = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.enum(["timeoutBefore", "timeoutAfter"]),
    seconds: seconds.default(60),
    ...anyFault,
  }),
  z.strictObject({ kind: z.literal("status"), status: z.int().min(400).max(599), ...anyFault }),
  z.strictObject({ kind: z.literal("malformed"), ...anyFault }),
  z.strictObject({ kind: z.enum(["skip", "repeat"]), count: z.int().min(1), ...anyFault }),
  z.strictObject({ kind: z.literal("lag"), seconds, ...anyFault }),
  z.strictObject({
    kind: z.literal("lie"),
    account: addressText,
    balance: nano.optional(),
    code: z.string().optional(),
    data: z.string().optional(),
    hideTransactions: z.boolean().optional(),
    ...anyFault,
  }),
  z.strictObject({ kind: z.literal("stall"), seconds }),
]);

export const sendShape = z.strictObject({
  to: addressText,
  amount: nano,
  body: bocText.optional(),
  comment: z.string().optional(),
  stateInit: bocText.optional(),
  bounce: z.boolean().optional(),
});

export type ControlParts = { chain: Chain; payments: Payments; faults: Faults };

export class BadRequest extends Error {}

/** Parses a body or throws BadRequest with what is wrong with it. */
export async function bodyOf<T>(request: Request, shape: z.ZodType<T>): Promise<T> {
  const parsed = shape.safeParse((await readJson(request)) ?? {});
  if (parsed.success) return parsed.data;
  throw new BadRequest(
    parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "),
  );
}

/** Answers a path that this part knows, else undefined. */
export async function control(
  parts: ControlParts,
  request: Request,
  path: string,
): Promise<Response | undefined> {
  const { chain, payments, faults } = parts;
  switch (`${request.method} ${path}`) {
    case "GET /control/time":
      return json(200, time(chain));
    case "POST /control/time": {
      const body = await bodyOf(request, timeShape);
      const step = "to" in body ? body.to - chain.now() : body.advanceSeconds;
      if (step < 0) throw new BadRequest("time only moves forward");
      chain.advance(step);
      return json(200, time(chain));
    }
    case "POST /control/faucet": {
      const body = await bodyOf(request, faucetShape);
      payments.grant(
        internal({ to: Address.parse(body.address), value: BigInt(body.amount), bounce: false }),
      );
      return json(202, { ok: true });
    }
    case "POST /control/mine":
      await chain.mine();
      return json(200, { seqno: chain.state.head });
    case "POST /control/revert": {
      const { hash } = await bodyOf(request, revertShape);
      const taken = await chain.revert(hashOf(hash));
      return taken ? json(200, { ok: true }) : json(409, { error: "no such transaction, or it is final" });
    }
    case "GET /control/faults":
      return json(200, { faults: faults.all(), stalledUntil: chain.stalledUntil });
    case "POST /control/faults":
      addFault(parts, await bodyOf(request, faultShape));
      return json(201, { ok: true });
    case "DELETE /control/faults":
      faults.clear();
      chain.stalledUntil = 0;
      return json(200, { ok: true });
    default:
      return undefined;
  }
}

function addFault({ chain, faults }: ControlParts, fault: z.infer<typeof faultShape>): void {
  if (fault.kind === "stall") chain.stalledUntil = Date.now() + fault.seconds * 1000;
  else faults.add(fault as Fault);
}

function time(chain: Chain) {
  return { now: chain.now(), offset: chain.state.clock.offset, seqno: chain.state.head };
}

function hashOf(text: string): string {
  return /^[0-9a-fA-F]{64}$/.test(text) ? text.toLowerCase() : Buffer.from(text, "base64").toString("hex");
}
