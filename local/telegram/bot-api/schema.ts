/** The shape of `published-types.jsonl`; see `generate-schema.ts` for how it is made. */
export type Schema =
  | "string"
  | "number"
  | "boolean"
  | "file"
  | { readonly enum: readonly (string | number)[] }
  | { readonly array: Schema }
  | { readonly object: SchemaProps }
  | { readonly ref: string }
  | { readonly any: readonly Schema[] };

/** Property name → its schema, and 1 when it must be there. */
export type SchemaProps = { readonly [name: string]: readonly [Schema, 0 | 1] };

export interface SchemaFile {
  readonly methods: { readonly [name: string]: SchemaProps };
  readonly types: { readonly [name: string]: Schema };
}

type SchemaLine =
  | { readonly method: string; readonly params: SchemaProps }
  | { readonly type: string; readonly is: Schema };

/** Reads the lines that `generate-schema.ts` wrote. */
export function readSchema(lines: string): SchemaFile {
  const methods: Record<string, SchemaProps> = {};
  const types: Record<string, Schema> = {};
  for (const text of lines.split("\n")) {
    if (text === "") continue;
    const line = JSON.parse(text) as SchemaLine;
    if ("method" in line) methods[line.method] = line.params;
    else types[line.type] = line.is;
  }
  return { methods, types };
}
