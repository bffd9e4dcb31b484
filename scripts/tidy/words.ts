/** What must not stand in a committed file. */
import { isCode, isMade, isTest, lineAt, matching, type Rule, type Tree } from "./tree.ts";

/** In pieces, so that this file does not accuse itself. */
const UNFINISHED = new RegExp(
  `\\b(?:${["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"].join("|")})\\b`,
  "g",
);
const MACHINE_PATH = new RegExp(
  `(?<![\\w.~-])/(?:${["work", "root", "Users", "home"].join("|")})/[\\w.-]+`,
  "g",
);
const REGISTRY = new RegExp(
  `\\b(?:${["registry", "npm", "packages", "pypi"].join("|")})\\.[a-z0-9.-]+\\.(?:com|org|net|io|dev|internal|local)\\b|\\b(?:${["arti" + "factory", "j" + "frog", "ver" + "daccio"].join("|")})\\b`,
  "gi",
);

export const nothingIsUnfinished: Rule = (tree) =>
  finds(tree, UNFINISHED, "is a note to oneself; do it or write an issue");
export const noMachinePaths: Rule = (tree) => finds(tree, MACHINE_PATH, "is a path of one machine");
export const noRegistryHosts: Rule = (tree) => finds(tree, REGISTRY, "names a package registry");

/** `bun.lock` must resolve wherever it is installed. */
export const lockNamesNoHost: Rule = (tree) =>
  /https?:\/\//.test(tree.get("bun.lock") ?? "")
    ? ["bun.lock: holds an address; install without a registry of your own"]
    : [];

function finds(tree: Tree, pattern: RegExp, why: string): string[] {
  return matching(tree, (path) => !isMade(path)).flatMap(([path, text]) =>
    [...text.matchAll(pattern)].map((match) => `${path}:${lineAt(text, match.index)}: ${match[0]} ${why}`),
  );
}

const SWITCHED_OFF = /\b(?:test|it|describe)\.(?:skip|only|todo|failing)\(/g;

/** A test that is left out quietly promises what nobody checks; `skipIf` says its reason in the test's name. */
export const testsRun: Rule = (tree) =>
  matching(tree, isTest).flatMap(([path, text]) => {
    const off = [...text.matchAll(SWITCHED_OFF)].map(
      (match) => `${path}:${lineAt(text, match.index)}: ${match[0]} leaves a test out`,
    );
    const asks = /\b(?:expect|assert\w*|fc\.assert)\b/.test(text)
      ? []
      : [`${path}: expects nothing, so it cannot fail`];
    return [...off, ...asks];
  });

const DOMAIN = /^server\/src\/(?:kernel|markets)\//;

/** Time in the domain is `tx.now` or `clock`: the machine's own clock does not travel with the world. */
export const domainUsesTheClock: Rule = (tree) => {
  const code = matching(tree, (path) => DOMAIN.test(path) && isCode(path) && !isTest(path)).flatMap(
    ([path, text]) =>
      [...text.matchAll(/\bDate\.now\(\)|\bnew Date\(\)/g)].map(
        (match) =>
          `${path}:${lineAt(text, match.index)}: ${match[0]} is the machine's clock; use tx.now or clock`,
      ),
  );
  const sql = matching(tree, (path) => path.endsWith(".sql") || (DOMAIN.test(path) && !isTest(path))).flatMap(
    ([path, text]) =>
      [...text.matchAll(/(?<![.\w])(?:now\(\)|current_timestamp\b)/gi)]
        .filter((match) => path.endsWith(".sql") || /sql`[^`]*$/.test(text.slice(0, match.index)))
        .filter((match) => !/create function platform\.now[\s\S]{0,120}$/.test(text.slice(0, match.index)))
        .map(
          (match) =>
            `${path}:${lineAt(text, match.index)}: ${match[0]} does not travel in time; use platform.now()`,
        ),
  );
  return [...code, ...sql];
};
