/**
 * What markets keep of a person's preferences, beside the language: each adds its part once, when it is loaded. The endpoints of one's own
 * account take and show all parts; what a part means is its market's affair.
 */
import { z } from "zod";
import type { Ctx } from "../../platform/context.ts";
import { meExample } from "./examples.ts";
import { type Me, me, putPreferences } from "./shapes.ts";

export type PreferencesPart = {
  /** Its field in `PUT /api/users/me/preferences`, and in `preferences` of the account. */
  name: string;
  put: z.ZodType;
  view: z.ZodType;
  /** For the description of the API. */
  example: { put: unknown; view: unknown };
  /** The market's own verb: it checks, writes and logs. */
  set: (ctx: Ctx, given: unknown) => Promise<unknown>;
  get: (ctx: Ctx) => Promise<unknown>;
};

const parts = new Map<string, PreferencesPart>();

export function addPreferences(part: PreferencesPart): void {
  parts.set(part.name, part);
}

const shapeOf = (which: "put" | "view", isOptional: boolean) =>
  Object.fromEntries(
    [...parts.values()].map((part) => [part.name, isOptional ? part[which].optional() : part[which]]),
  );

/** Asked for when everything is loaded: the endpoints are made then. */
export const preferencesBody = () => putPreferences.extend(shapeOf("put", true));
export const accountShape = () => me.extend({ preferences: z.object(shapeOf("view", false)) });

const examplesOf = (which: "put" | "view") =>
  Object.fromEntries([...parts.values()].map((part) => [part.name, part.example[which]]));
export const preferencesExample = () => ({ language: "ru" as const, ...examplesOf("put") });
export const accountExample = () => ({ ...meExample, preferences: examplesOf("view") });

export async function withPreferences(
  ctx: Ctx,
  account: Me,
): Promise<Me & { preferences: Record<string, unknown> }> {
  const read = [...parts.values()].map(async (part) => [part.name, await part.get(ctx)] as const);
  return { ...account, preferences: Object.fromEntries(await Promise.all(read)) };
}

/** Takes the parts out of what was sent and sets them; answers what is left: identity's own. */
export async function setParts(
  ctx: Ctx,
  body: Record<string, unknown>,
): Promise<z.input<typeof putPreferences>> {
  const own = { ...body };
  for (const part of parts.values()) {
    if (own[part.name] !== undefined) await part.set(ctx, own[part.name]);
    delete own[part.name];
  }
  return own;
}
