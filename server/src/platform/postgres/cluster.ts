/**
 * One PostgreSQL cluster in a directory: making it, starting its server, finding the one that runs, stopping it.
 */
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { basename, join, resolve } from "node:path";
import type { PostgresPrograms } from "./binaries.ts";
import { isAlive } from "./pid-lock.ts";

/** The superuser that initdb makes. */
export const ADMIN_ROLE = "postgres";
const READY_TIMEOUT_MS = 30_000;

export type RunningServer = { readonly pid: number; readonly port: number; readonly ready: boolean };
export type LaunchOptions = { readonly port?: number; readonly unsafeForTests?: boolean };

/** initdb into a directory aside and a rename, so that a killed first start leaves nothing half made. */
export function initialiseCluster(
  directory: string,
  programs: PostgresPrograms,
  adminPassword: string,
): void {
  const draft = `${programs.dataDirectory}.new`;
  const passwordFile = join(programs.owner ? resolve(draft, "..") : directory, "initdb-password");
  rmSync(draft, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, adminPassword, { mode: 0o600 });
  if (programs.owner) chownSync(passwordFile, programs.owner.uid, programs.owner.gid);
  const [command = "", ...args] = [
    ...programs.prefix,
    programs.initdb,
    `--pgdata=${draft}`,
    `--username=${ADMIN_ROLE}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    `--locale=${hasUtf8Locale() ? "C.UTF-8" : "C"}`,
    "--no-instructions",
    "--no-sync",
  ];
  const made = spawnSync(command, args, { encoding: "utf8", cwd: "/", env: cleanEnvironment() });
  rmSync(passwordFile, { force: true });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  renameSync(draft, programs.dataDirectory);
}

/** Trigrams classify letters by the C library's locale; Debian always has C.UTF-8. */
function hasUtf8Locale(): boolean {
  const known = spawnSync("locale", ["-a"], { encoding: "utf8" }).stdout ?? "";
  return /^c\.utf-?8$/im.test(known);
}

/** Starts the server on the first free port from `options.port` on. Rejects with the end of its log. */
export async function launchServer(
  directory: string,
  programs: PostgresPrograms,
  options: LaunchOptions,
): Promise<RunningServer> {
  const logPath = join(directory, "postgres.log");
  const until = Date.now() + READY_TIMEOUT_MS;
  let port = await freePort(options.port ?? 0);
  for (;;) {
    const start = Date.now();
    const pid = spawnServer(programs, port, logPath, options.unsafeForTests === true);
    const running = await waitUntilReady(programs.dataDirectory, pid, until);
    if (running) return running;
    const said = endOfLog(logPath);
    if (Date.now() > until) throw new Error(`PostgreSQL did not start. Its log ends with:\n${said}`);
    if (/Address already in use|could not create any TCP/.test(said)) port = await freePort(port + 1);
    // Backends of a killed server need a moment to notice that it is gone.
    else if (/shared memory block|lock file/.test(said)) await Bun.sleep(200);
    else throw new Error(`PostgreSQL stopped after ${Date.now() - start} ms. Its log ends with:\n${said}`);
  }
}

/** The server gets its own session: a Ctrl-C at the terminal reaches the launcher, which stops things in order. */
function spawnServer(programs: PostgresPrograms, port: number, logPath: string, unsafe: boolean): number {
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "timezone=UTC",
    "log_timezone=UTC",
    "jit=off",
    // Statements carry people's data, and the log is a plain file.
    "log_min_error_statement=panic",
    "log_parameter_max_length_on_error=0",
    ...(unsafe ? ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"] : []),
  ];
  const [command = "", ...args] = [
    ...programs.prefix,
    programs.postgres,
    "-D",
    programs.dataDirectory,
    "-p",
    String(port),
    ...settings.flatMap((setting) => ["-c", setting]),
  ];
  const log = openSync(logPath, "w", 0o600);
  chmodSync(logPath, 0o600);
  const child = spawn(command, args, {
    detached: true,
    stdio: ["ignore", log, log],
    cwd: "/",
    env: cleanEnvironment(),
  });
  closeSync(log);
  child.on("error", () => undefined);
  child.unref();
  if (child.pid === undefined) throw new Error(`Cannot run ${command}.`);
  return child.pid;
}

/** PG* variables of the caller would change what initdb and the server do; secrets of the caller do not belong there. */
function cleanEnvironment(): Record<string, string> {
  return { PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C.UTF-8" };
}

async function waitUntilReady(
  dataDirectory: string,
  pid: number,
  until: number,
): Promise<RunningServer | undefined> {
  while (Date.now() < until) {
    const running = readPidFile(dataDirectory);
    if (running?.ready && running.pid === pid) return running;
    if (!isAlive(pid)) return undefined;
    await Bun.sleep(10);
  }
  process.kill(pid, "SIGQUIT");
  return undefined;
}

/** The server that runs on this directory now. One that is starting or stopping is waited for. */
export async function findRunningServer(dataDirectory: string): Promise<RunningServer | undefined> {
  const until = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < until) {
    const running = readPidFile(dataDirectory);
    if (!running) return undefined;
    if (!isPostgres(running.pid)) {
      // The machine was cut off; the id may belong to anybody by now, and the server would refuse to start over this file.
      rmSync(join(dataDirectory, "postmaster.pid"), { force: true });
      return undefined;
    }
    if (running.ready) return running;
    await Bun.sleep(20);
  }
  throw new Error(`A PostgreSQL server on ${dataDirectory} is neither ready nor gone.`);
}

/** postmaster.pid: process id, directory, start, port, socket directory, address, shared memory, state — a line each. */
function readPidFile(dataDirectory: string): RunningServer | undefined {
  try {
    const lines = readFileSync(join(dataDirectory, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0
      ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" }
      : undefined;
  } catch {
    return undefined;
  }
}

function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`)).startsWith("postgres");
  } catch {
    // No /proc on this system, or no right to look: the living id has to do.
    return !existsSync("/proc/self/exe");
  }
}

/** SIGINT is PostgreSQL's fast shutdown; SIGQUIT, which needs recovery at the next start, only if that takes too long. */
export async function stopServer(dataDirectory: string, pid: number): Promise<void> {
  const until = Date.now() + 8_000;
  if (readPidFile(dataDirectory)?.pid !== pid || !isPostgres(pid)) return;
  process.kill(pid, "SIGINT");
  while (isAlive(pid)) {
    if (Date.now() > until) {
      process.kill(pid, "SIGQUIT");
      return;
    }
    await Bun.sleep(10);
  }
}

function endOfLog(path: string): string {
  return readFileSync(path, "utf8").trim().split("\n").slice(-8).join("\n");
}

async function freePort(from: number): Promise<number> {
  for (let port = from; port <= 65_535; port += 1) {
    const taken = await listenOnce(port);
    if (taken !== undefined) return taken;
  }
  throw new Error(`No free port from ${from} upwards.`);
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once("error", () => done(undefined));
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : undefined));
    });
  });
}
