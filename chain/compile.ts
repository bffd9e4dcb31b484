/**
 * Compiles the contracts and freezes what comes out.
 *
 * The code of a contract is part of the address of everything that was ever agreed with it, so a build is a fact and
 * no artefact: `contracts/<name>/build/v<n>.json` is written once, never edited, only succeeded by v<n+1>.
 *
 *   bun chain/compile.ts                 compile, compare with the newest frozen build, exit 1 if they differ
 *   bun chain/compile.ts --freeze        write the next version of each contract whose code has changed
 */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { getTolkCompilerVersion, runTolkCompiler } from "@ton/tolk-js";

export type ContractName = "escrow" | "operator";
export const CONTRACT_NAMES: readonly ContractName[] = ["escrow", "operator"];

/** What is frozen. Hashes are lower-case hexadecimal SHA-256; `codeBoc` is base64. */
export interface Build {
  contract: string;
  version: number;
  compiler: string;
  sourcesHash: string;
  codeHash: string;
  codeBoc: string;
}

const contractsDir = join(dirname(fileURLToPath(import.meta.url)), "contracts");

/** Compiles the present sources. Throws with the compiler's message if they do not compile. */
export async function compileContract(name: ContractName): Promise<Omit<Build, "version">> {
  const dir = join(contractsDir, name);
  const result = await runTolkCompiler({
    entrypointFileName: `${name}.tolk`,
    fsReadCallback: (path) => readFileSync(join(dir, path), "utf8"),
  });
  if (result.status === "error") throw new Error(`${name}: ${result.message}`);
  return {
    contract: name,
    compiler: `tolk ${await getTolkCompilerVersion()}`,
    sourcesHash: hashSources(dir),
    codeHash: result.codeHashHex.toLowerCase(),
    codeBoc: result.codeBoc64,
  };
}

/** All frozen builds of a contract, oldest first. */
export function frozenBuilds(name: ContractName): Build[] {
  const dir = join(contractsDir, name, "build");
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((file) => /^v\d+\.json$/.test(file))
    .map((file) => JSON.parse(readFileSync(join(dir, file), "utf8")) as Build)
    .sort((a, b) => a.version - b.version);
}

/** SHA-256 over every source file in the order of its name: name, newline, content, NUL. */
function hashSources(dir: string): string {
  const hash = createHash("sha256");
  for (const file of readdirSync(dir).sort()) {
    if (!file.endsWith(".tolk")) continue;
    hash
      .update(`${file}\n`)
      .update(readFileSync(join(dir, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

function freeze(build: Omit<Build, "version">, version: number): string {
  const dir = join(contractsDir, build.contract, "build");
  mkdirSync(dir, { recursive: true });
  const path = join(dir, `v${version}.json`);
  writeFileSync(path, `${JSON.stringify({ version, ...build }, null, 2)}\n`, { flag: "wx" });
  return path;
}

if (import.meta.main) {
  for (const name of CONTRACT_NAMES) {
    const build = await compileContract(name);
    const newest = frozenBuilds(name).at(-1);
    const same = newest?.codeHash === build.codeHash;
    if (same) {
      process.stdout.write(`${name} v${newest?.version} ${build.codeHash}\n`);
    } else if (process.argv.includes("--freeze")) {
      const version = (newest?.version ?? 0) + 1;
      process.stdout.write(`${name} v${version} ${build.codeHash} frozen in ${freeze(build, version)}\n`);
    } else {
      process.stdout.write(
        `${name}: the sources give ${build.codeHash}, the newest build is ${newest?.codeHash}\n`,
      );
      process.exitCode = 1;
    }
  }
}
