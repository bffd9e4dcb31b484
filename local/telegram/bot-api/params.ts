/**
 * Reads the parameters of a Bot API call in any of the four encodings and checks them against the published types. Stricter than Telegram
 * in one point: a parameter or field that the types do not know is refused, where Telegram ignores it in silence, so that a misspelling shows.
 */
import { badRequest } from "../world/refusal.ts";
import { readSchema, type Schema, type SchemaFile, type SchemaProps } from "./schema.ts";

/** An uploaded file, in the place of the parameter that names it. */
export interface Upload {
  readonly bytes: Uint8Array;
}

export type RawParams = Record<string, unknown>;

const SCHEMA: SchemaFile = readSchema(
  await Bun.file(new URL("./published-types.jsonl", import.meta.url)).text(),
);
const MAX_BODY_BYTES = 50 * 1024 * 1024;

/** Telegram's own words for a parameter that is missing. */
const MISSING: Readonly<Record<string, string>> = {
  chat_id: "chat_id is empty",
  text: "message text is empty",
  user_id: "invalid user_id specified",
  message_id: "message identifier is not specified",
  photo: "there is no photo in the request",
  file_id: "invalid file_id",
  callback_query_id: "query is too old and response timeout expired or query ID is invalid",
  inline_query_id: "query is too old and response timeout expired or query ID is invalid",
};

export function isPublishedMethod(name: string): boolean {
  return Object.hasOwn(SCHEMA.methods, name);
}

/** The published spelling of a method: Telegram does not mind the case of letters. */
export function methodName(name: string): string | null {
  if (isPublishedMethod(name)) return name;
  const lower = name.toLowerCase();
  return Object.keys(SCHEMA.methods).find((method) => method.toLowerCase() === lower) ?? null;
}

/** The parameters as they came, from the query string and the body; nothing is checked yet. */
export async function readParams(request: Request): Promise<RawParams> {
  const params: RawParams = {};
  for (const [name, value] of new URL(request.url).searchParams) params[name] = value;
  if (request.method !== "POST") return params;
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES)
    throw badRequest("request is too big");
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("application/json")) return { ...params, ...(await readJson(request)) };
  if (type.startsWith("application/x-www-form-urlencoded")) {
    for (const [name, value] of new URLSearchParams(await request.text())) params[name] = value;
  } else if (type.startsWith("multipart/form-data")) {
    await readForm(request, params);
  }
  return params;
}

async function readJson(request: Request): Promise<RawParams> {
  const text = await request.text();
  if (text === "") return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw badRequest("can't parse JSON object");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw badRequest("JSON object expected");
  return body as RawParams;
}

async function readForm(request: Request, params: RawParams): Promise<void> {
  const files = new Map<string, Upload>();
  for (const [name, value] of await request.formData()) {
    if (typeof value === "string") params[name] = value;
    else files.set(name, { bytes: await value.bytes() });
  }
  for (const [name, file] of files) {
    const address = `attach://${name}`;
    const direct = Object.entries(params).find(([, value]) => value === address)?.[0];
    const inside = Object.entries(params).find(([, value]) => JSON.stringify(value ?? "").includes(address));
    if (!direct && inside) params[inside[0]] = attached(inside[1], address, file);
    else params[direct ?? name] = file;
  }
}

/** Media groups name their files inside of JSON. */
function attached(value: unknown, address: string, file: Upload): unknown {
  try {
    const parsed = typeof value === "string" ? JSON.parse(value) : value;
    const fill = (one: unknown): unknown => {
      if (one === address) return file;
      if (Array.isArray(one)) return one.map(fill);
      if (typeof one !== "object" || one === null || isUpload(one)) return one;
      return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, fill(inner)]));
    };
    return fill(parsed);
  } catch {
    throw badRequest("can't parse JSON encoded parameter");
  }
}

/** Checks and converts the parameters of `method`. @throws Refusal 400 with Telegram's wording. */
export function checkParams(method: string, raw: RawParams): RawParams {
  const props = SCHEMA.methods[method];
  if (!props) throw new Error(`not a published method: ${method}`);
  const checked: RawParams = {};
  for (const [name, value] of Object.entries(raw)) {
    if (value === null || value === undefined) continue;
    const expected = props[name];
    if (!expected)
      throw badRequest(`parameter "${name}" is not part of ${method} (Local Telegram is strict)`);
    const converted = fromText(expected[0], value);
    const fault = mismatch(expected[0], converted, name);
    if (fault) throw badRequest(name === "chat_id" ? "chat not found" : fault);
    checked[name] = converted;
  }
  for (const [name, [, required]] of Object.entries(props)) {
    const absent = checked[name] === undefined || (checked[name] === "" && name in MISSING);
    if (required && absent) throw badRequest(MISSING[name] ?? `parameter "${name}" is required`);
  }
  return checked;
}

/** In forms and query strings everything is text: numbers, booleans, and JSON for the rest. */
function fromText(schema: Schema, value: unknown): unknown {
  if (typeof value !== "string") return value;
  const plain = resolve(schema);
  if (plain === "number" || (accepts(plain, "number") && /^-?\d+$/.test(value))) {
    return value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
  }
  if (plain === "boolean") {
    const word = value.toLowerCase();
    if (["true", "yes", "1"].includes(word)) return true;
    return ["false", "no", "0", ""].includes(word) ? false : value;
  }
  if (accepts(plain, "string") || accepts(plain, "file") || accepts(plain, "enum")) return value;
  try {
    return JSON.parse(value);
  } catch {
    throw badRequest("can't parse JSON encoded parameter");
  }
}

function resolve(schema: Schema): Schema {
  if (typeof schema === "object" && "ref" in schema) {
    const target = SCHEMA.types[schema.ref];
    if (!target) throw new Error(`unknown type ${schema.ref}`);
    return resolve(target);
  }
  return schema;
}

function accepts(schema: Schema, kind: "string" | "number" | "file" | "enum"): boolean {
  if (schema === kind) return true;
  if (typeof schema === "string") return false;
  if ("any" in schema) return schema.any.some((one) => accepts(resolve(one), kind));
  return kind === "enum" && "enum" in schema;
}

/** Null when `value` fits; else what is wrong, in the words of Telegram's JSON reader. */
function mismatch(schema: Schema, value: unknown, name: string): string | null {
  const type = resolve(schema);
  const wrong = (kind: string): string => `can't parse ${name}: field must be of type ${kind}`;
  if (type === "string") return typeof value === "string" ? null : wrong("String");
  if (type === "boolean") return typeof value === "boolean" ? null : wrong("Boolean");
  if (type === "number") return typeof value === "number" && Number.isFinite(value) ? null : wrong("Number");
  if (type === "file") return typeof value === "string" || isUpload(value) ? null : wrong("InputFile");
  if ("enum" in type) return enumMismatch(type.enum, value, name);
  if ("array" in type) {
    if (!Array.isArray(value)) return wrong("Array");
    for (const item of value) {
      const fault = mismatch(type.array, item, name);
      if (fault) return fault;
    }
    return null;
  }
  if ("any" in type) return unionMismatch(type.any, value, name);
  return "object" in type ? objectMismatch(type.object, value, name) : null;
}

export function isUpload(value: unknown): value is Upload {
  return typeof value === "object" && value !== null && "bytes" in value && value.bytes instanceof Uint8Array;
}

function enumMismatch(words: readonly (string | number)[], value: unknown, name: string): string | null {
  if (words.includes(value as string)) return null;
  if (name === "parse_mode") {
    const lower = String(value).toLowerCase();
    return lower === "" || words.some((w) => String(w).toLowerCase() === lower)
      ? null
      : "unsupported parse_mode";
  }
  return `can't parse ${name}: "${String(value)}" is not one of ${words.join(", ")}`;
}

/** Of several that do not fit, the one that shares most fields with the value says what is wrong. */
function unionMismatch(options: readonly Schema[], value: unknown, name: string): string | null {
  let best: { fault: string; shared: number } | null = null;
  for (const option of options) {
    const fault = mismatch(option, value, name);
    if (fault === null) return null;
    const shared = sharedFields(resolve(option), value);
    if (!best || shared > best.shared) best = { fault, shared };
  }
  return best?.fault ?? `can't parse ${name}`;
}

function sharedFields(schema: Schema, value: unknown): number {
  if (typeof value !== "object" || value === null || typeof schema === "string") return 0;
  if (!("object" in schema)) return 0;
  return Object.keys(value).filter((key) => Object.hasOwn(schema.object, key)).length;
}

function objectMismatch(props: SchemaProps, value: unknown, name: string): string | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return `can't parse ${name}: field must be of type Object`;
  }
  for (const [key, item] of Object.entries(value)) {
    const expected = props[key];
    if (!expected) return `can't parse ${name}: unexpected field "${key}"`;
    if (item === null || item === undefined) continue;
    const fault = mismatch(expected[0], item, key);
    if (fault) return fault;
  }
  const present = value as Record<string, unknown>;
  for (const [key, [, required]] of Object.entries(props)) {
    if (required && (present[key] === undefined || present[key] === null)) {
      return `can't parse ${name}: can't find field "${key}"`;
    }
  }
  return null;
}
