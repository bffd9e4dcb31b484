/** The files of the checkout that the tidiness rules look at: what is committed, or would be. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Path below the root, with forward slashes, to the text. */
export type Tree = ReadonlyMap<string, string>;
/** A rule returns one sentence for each fault, beginning with the file. */
export type Rule = (tree: Tree) => string[];

const BINARY = /\.(png|jpe?g|webp|avif|gif|ico|woff2?|ttf|boc|zst|gz|pdf|mp3|wasm)$/;
const SIZE_MAX = 2_000_000;

export function readTree(root: string): Tree {
  const listed = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (listed.status !== 0) throw new Error(`git ls-files failed: ${listed.stderr}`);
  const paths = [...new Set(listed.stdout.split("\0"))].filter((path) => path && !BINARY.test(path)).sort();
  const tree = new Map<string, string>();
  for (const path of paths) {
    const full = join(root, path);
    // A file may be listed and gone: deleted in the work tree, not yet in the index.
    if (!existsSync(full) || statSync(full).size > SIZE_MAX) continue;
    tree.set(path, readFileSync(full, "utf8"));
  }
  return tree;
}

export const isTest = (path: string): boolean => /\.(test|deep|story)\.tsx?$/.test(path);
/** Code that people write: not what a program made. */
export const isCode = (path: string): boolean =>
  /\.(ts|tsx|cts|mts|cjs|mjs|js|tolk)$/.test(path) && !isMade(path);
export const isMade = (path: string): boolean => /(^|\/)build\/|\.boc\.ts$|\.min\.js$/.test(path);

export function matching(tree: Tree, test: (path: string) => boolean): [path: string, text: string][] {
  return [...tree].filter(([path]) => test(path));
}

export const lineAt = (text: string, index: number): number => text.slice(0, index).split("\n").length;
