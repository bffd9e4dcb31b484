/** What `souk` can be asked besides starting. Each returns the exit code. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { exampleEnvironment } from "../server/src/platform/settings-example.ts";
import { buildPages, LOCAL_TELEGRAM, MINI_APP } from "./build.ts";
import { openDatabase } from "./database.ts";
import { openHome, ROOT } from "./home.ts";
import { countJobs, listDead, retryDead } from "./jobs.ts";
import { FIRST_PORT } from "./ports.ts";
import { pushKeys } from "./push-keys.ts";
import { say, warn } from "./say.ts";

/** Runs `work` with the database, and stops the embedded server afterwards unless it was running already. */
export async function withDatabase<T>(
  work: (appUrl: string, applied: readonly string[]) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(openHome(), process.env, FIRST_PORT + 30);
  try {
    return await work(database.appUrl, database.applied);
  } finally {
    if (database.embedded && !database.embedded.adopted) await database.embedded.stop();
  }
}

export function migrateCommand(): Promise<number> {
  if (process.env.DATABASE_URL && !process.env.DATABASE_OWNER_URL) {
    warn("DATABASE_OWNER_URL is not set: migrations run as the owner of the tables.");
    return Promise.resolve(1);
  }
  return withDatabase(async (_url, applied) => {
    for (const name of applied) say(`applied ${name}`);
    say(applied.length > 0 ? `${applied.length} migrations applied` : "nothing to apply");
    return 0;
  });
}

export async function buildCommand(): Promise<number> {
  const built = await buildPages([MINI_APP, LOCAL_TELEGRAM]);
  say(built.length > 0 ? `built ${built.join(", ")}` : "nothing has changed");
  return 0;
}

export function jobsCommand([what = "list", ...rest]: readonly string[]): Promise<number> {
  return withDatabase(async (url) => {
    if (what === "list") {
      say("waiting  active  given up  job");
      for (const { job, waiting, active, dead } of await countJobs(url)) {
        say(
          `${String(waiting).padStart(7)}  ${String(active).padStart(6)}  ${String(dead).padStart(8)}  ${job}`,
        );
      }
      return 0;
    }
    if (what === "failed") {
      const dead = await listDead(url);
      for (const { id, job, error, attempts, at } of dead) {
        say(`${id}  ${at.toISOString()}  ${job}  ${error}  after ${attempts} attempts`);
      }
      say(
        dead.length > 0
          ? `${dead.length} given up; \`souk jobs retry <id>\` or \`--all\``
          : "none was given up",
      );
      return 0;
    }
    if (what === "retry" && rest.length > 0) {
      const moved = await retryDead(url, rest.includes("--all") ? undefined : rest);
      say(`${moved} put back`);
      return moved > 0 || rest.includes("--all") ? 0 : 1;
    }
    warn("souk jobs [list | failed | retry <id>… | retry --all]");
    return 2;
  });
}

export function configCommand([what, flag]: readonly string[]): Promise<number> {
  if (what !== "example") {
    warn("souk config example [--print]");
    return Promise.resolve(2);
  }
  if (flag === "--print") say(exampleEnvironment());
  else {
    writeFileSync(join(ROOT, ".env.example"), exampleEnvironment());
    say("wrote .env.example");
  }
  return Promise.resolve(0);
}

/** Prints a pair; who changes it later makes every browser subscribe anew. */
export function pushCommand([what]: readonly string[]): Promise<number> {
  if (what !== "keys") {
    warn("souk push keys");
    return Promise.resolve(2);
  }
  const { publicKey, privateKey } = pushKeys();
  say(`WEB_PUSH_PUBLIC_KEY=${publicKey}\nWEB_PUSH_PRIVATE_KEY=${privateKey}`);
  return Promise.resolve(0);
}
