import { writeSync } from "node:fs";
import pino from "pino";

export type Log = pino.Logger;

/**
 * Structured logs on stdout. Redaction is a second line of defence: callers do not log bodies, tokens or
 * personal data in the first place. Drizzle's error text holds parameter values, so errors go through `errorFields`.
 */
export function createLog(level: string, base: Record<string, unknown> = {}): Log {
  return pino(
    {
      level,
      base,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { log: hideSecrets },
    },
    destination(),
  );
}

/** Says that a request was answered: its id, route template, status and milliseconds. */
export type RequestLogger = (requestId: string, route: string, status: number, ms: number) => void;

/**
 * The one line that is written thousands of times a second, as `log.info(…, "request")` would write it. Put together by hand, because
 * pino takes several times as long over it; nothing in it can be secret.
 */
export function requestLogger(log: Log): RequestLogger {
  const bindings = JSON.stringify(log.bindings()).slice(1, -1);
  const common = bindings === "" ? "" : `,${bindings}`;
  return (requestId, route, status, ms) => {
    if (!log.isLevelEnabled("info")) return;
    const fields = JSON.stringify({ requestId, route, status, ms: Math.round(ms * 10) / 10, msg: "request" });
    destination().write(`{"level":30,"time":"${new Date().toISOString()}"${common},${fields.slice(1)}\n`);
  };
}

const flushMs = 20;
let stdout: pino.DestinationStream | undefined;
/** One for the process, so that all its lines come in order. */
const destination = (): pino.DestinationStream => {
  stdout ??= batched();
  return stdout;
};

/**
 * Lines are written together every 20 ms: a write for each line costs more than making it. What is buffered is written when the
 * process ends, also by an exception; only `kill -9` loses the last 20 ms.
 */
function batched(): pino.DestinationStream {
  let text = "";
  const take = (): string => {
    const taken = text;
    text = "";
    return taken;
  };
  process.on("exit", () => {
    try {
      if (text !== "") writeSync(1, take());
    } catch {
      // A full pipe at the very end: what it cannot take is lost, and nobody is left to be told.
    }
  });
  return {
    write(line) {
      if (text === "") setTimeout(() => text !== "" && process.stdout.write(take()), flushMs);
      text += line;
    },
  };
}

const SECRETS = ["authorization", "initData", "refreshToken", "accessToken", "token", "signature"];

/** Top level and one below. By hand, because pino's own redaction costs more than the rest of a request's line. */
function hideSecrets(fields: Record<string, unknown>): Record<string, unknown> {
  for (const key in fields) {
    const value = fields[key];
    if (typeof value !== "object" || value === null) continue;
    for (const name of SECRETS) {
      if (name in value) return { ...fields, [key]: { ...value, [name]: "[hidden]" } };
    }
  }
  for (const name of SECRETS) if (name in fields) return { ...fields, [name]: "[hidden]" };
  return fields;
}

/** What may be logged of an unknown error: its class, SQLSTATE and place, never text that may quote parameters. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { errorType: typeof error };
  const cause = error.cause instanceof Error ? error.cause : undefined;
  const code = sqlState(error);
  // The database quotes what it could not read: `invalid input syntax for type uuid: "…"`.
  const isQuery =
    error.name === "DrizzleQueryError" ||
    "query" in error ||
    error.message.startsWith("Failed query") ||
    code !== undefined;
  return {
    errorType: error.name,
    ...(code ? { sqlState: code } : {}),
    ...(isQuery ? {} : { message: error.message }),
    ...(cause ? { causeType: cause.name } : {}),
    stack: stackOnly(error),
  };
}

/** SQLSTATE of a database error, wherever the driver put it. */
export function sqlState(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return undefined;
}

const stackOnly = (error: Error): string =>
  (error.stack ?? "")
    .split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 12)
    .join("\n");
