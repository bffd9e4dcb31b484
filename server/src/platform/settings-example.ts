/** `.env.example` from the schema, so that neither knows a setting which the other does not. */
import type { z } from "zod";
import { schema } from "./settings.ts";

/** Text of `.env.example`: every setting, what it means, its default. */
export function exampleEnvironment(): string {
  const lines = [
    "# Made from server/src/platform/settings.ts by `souk config example`. Empty values take the default.",
    "",
  ];
  for (const [name, field] of Object.entries(schema.shape)) {
    const fallback = defaultOf(field);
    lines.push(
      `# ${field.description ?? ""}`,
      `${fallback === undefined ? "" : "# "}${name}=${fallback ?? ""}`,
      "",
    );
  }
  return lines.join("\n");
}

function defaultOf(field: z.ZodType): string | undefined {
  const parsed = field.safeParse(undefined);
  if (!parsed.success || parsed.data === undefined)
    return field.safeParse(undefined).success ? "" : undefined;
  const value: unknown = parsed.data;
  if (Buffer.isBuffer(value)) return value.toString("hex");
  return Array.isArray(value) ? value.join(",") : String(value);
}
