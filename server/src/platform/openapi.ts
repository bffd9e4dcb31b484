/** OpenAPI 3.1 from the endpoints themselves: what is mounted is what is described. */
import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { problem } from "./shapes.ts";

type Json = Record<string, unknown>;

const schemaOf = (shape: z.ZodType, io: "input" | "output"): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(shape, { io, unrepresentable: "any" }) as Json;
  return rest;
};

const content = (schema: Json, example?: unknown): Json => ({
  "application/json": { schema, ...(example === undefined ? {} : { example }) },
});

export function openApi(endpoints: readonly Endpoint[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:([a-zA-Z]+)/g, "{$1}");
    paths[path] = { ...paths[path], [endpoint.method]: operation(endpoint) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Souk",
      version,
      description:
        "Amounts are decimal strings of minor units with their asset. Lists page by `cursor`. Mutations take an optional `Idempotency-Key`. Errors have one body, with a code whose words live in the clients.",
    },
    components: {
      securitySchemes: {
        initData: {
          type: "apiKey",
          in: "header",
          name: "Authorization",
          description: "`tma <initData>` of the Mini App",
        },
        session: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
      },
      schemas: { Problem: schemaOf(problem, "output") },
    },
    paths,
  };
}

function operation({ method, path, spec }: Endpoint): Json {
  const failure = {
    description: "Refused: see `error.code`",
    content: content({ $ref: "#/components/schemas/Problem" }),
  };
  const status = spec.answer ? (spec.status ?? 200) : 204;
  return {
    operationId: `${method}${path.replace(/[:/-]+(\w)/g, (_all, letter: string) => letter.toUpperCase())}`,
    summary: spec.summary,
    tags: [path.split("/")[2] ?? "platform"],
    "x-who": spec.who,
    ...(spec.who === "anonymous"
      ? { security: [{}, { initData: [] }, { session: [] }] }
      : { security: [{ initData: [] }, { session: [] }] }),
    parameters: [...parameters(spec.params, "path"), ...parameters(spec.query, "query")],
    ...(spec.body
      ? {
          requestBody: {
            required: true,
            content: content(schemaOf(spec.body, "input"), spec.examples?.body),
          },
        }
      : {}),
    ...(spec.bytes
      ? {
          requestBody: {
            required: true,
            content: Object.fromEntries(spec.bytes.types.map((type) => [type, {}])),
          },
        }
      : {}),
    responses: {
      [status]: {
        description: "Done",
        ...(spec.answer ? { content: content(schemaOf(spec.answer, "output"), spec.examples?.answer) } : {}),
      },
      default: failure,
    },
  };
}

function parameters(shape: z.ZodType | undefined, where: "path" | "query"): Json[] {
  if (!(shape instanceof z.ZodObject)) return [];
  const whole = schemaOf(shape, "input") as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(whole.properties ?? {}).map(([name, schema]) => ({
    name,
    in: where,
    required: where === "path" || (whole.required ?? []).includes(name),
    schema,
  }));
}
