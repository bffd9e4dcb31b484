/** SOUK_HOME: everything that a machine keeps for this checkout, and nothing of which is ever committed. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const ROOT = resolve(import.meta.dir, "..");

export type Home = {
  readonly path: string;
  readonly logs: string;
  /** Heads of the ledger's chain, written beside the database. */
  readonly anchors: string;
  /** Pictures that people send. */
  readonly files: string;
  /** Held by the launcher that runs; its note is the address to open. */
  readonly lock: string;
};

/** Creates the directories for their owner only: databases and keys are in them. */
export function openHome(environment: Record<string, string | undefined> = process.env): Home {
  const path = resolve(ROOT, environment.SOUK_HOME || ".souk");
  const logs = join(path, "logs");
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  return {
    path,
    logs,
    anchors: join(path, "anchors"),
    files: join(path, "files"),
    lock: join(path, "launcher.lock"),
  };
}

/** What belongs to the world that was, beside its database. */
export function clearHome(home: Home): void {
  for (const folder of [home.anchors, home.files]) rmSync(folder, { recursive: true, force: true });
}

/** Secrets of the local world, made once: 32 random bytes in hex each. */
export type LocalSecrets = {
  readonly sessionSecret: string;
  readonly dataKey: string;
  readonly hotSeed: string;
};

export function readLocalSecrets(home: Home): LocalSecrets {
  const path = join(home.path, "local-secrets.json");
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as LocalSecrets;
  const random = (): string => randomBytes(32).toString("hex");
  const secrets: LocalSecrets = { sessionSecret: random(), dataKey: random(), hotSeed: random() };
  writeFileSync(`${path}.new`, JSON.stringify(secrets), { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return secrets;
}
