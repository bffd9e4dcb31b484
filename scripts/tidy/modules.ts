/** What belongs together and a compiler cannot see: codes and words, jobs and workers, routes and verbs, verbs and tests. */
import { isTest, lineAt, matching, type Rule, type Tree } from "./tree.ts";

const SERVER = /^server\/src\/.*\.ts$/;
const serverCode = (tree: Tree) => matching(tree, (path) => SERVER.test(path) && !isTest(path));

type Declared = { readonly path: string; readonly name: string };

/** `export const acceptOffer = verb("channels.accept_offer", …)` by the name of the function. */
function declarations(tree: Tree, maker: string): Declared[] {
  const pattern = new RegExp(`\\bconst (\\w+) = ${maker}(?:<[^(]*>)?\\(`, "g");
  return serverCode(tree)
    .filter(([path]) => !path.startsWith("server/src/platform/"))
    .flatMap(([path, text]) => [...text.matchAll(pattern)].map((match) => ({ path, name: match[1] ?? "" })));
}

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");

/** Every code that the server can send, as `module.code`. */
export function errorCodes(tree: Tree): string[] {
  return serverCode(tree).flatMap(([, text]) =>
    [...withoutComments(text).matchAll(/\berrors\(\s*"(\w+)",\s*\{([^}]*)\}/g)].flatMap(([, module, body]) =>
      [...(body ?? "").matchAll(/"?(\w+)"?\s*:\s*"/g)].map((code) => `${module}.${code[1]}`),
    ),
  );
}

/**
 * Words stand in `*.ru.ts` and `*.en.ts`, under `errors: { offer_expired: … }`. The platform's own codes are told by their kind,
 * under `problem: { … }`.
 */
export const codesAreInBothLanguages: Rule = (tree) =>
  ["ru", "en"].flatMap((language) => {
    const copies = matching(tree, (path) => path.endsWith(`.${language}.ts`));
    return errorCodes(tree).flatMap((code) => {
      const [module, name = ""] = code.split(".");
      if (module === "platform") return [];
      const isThere = copies.some(([, text]) =>
        blocks(text, "errors").some((block) => new RegExp(`\\b${name}"?:`).test(block)),
      );
      return isThere ? [] : [`*.${language}.ts: no words for the error ${code}`];
    });
  });

export const kindsAreInBothLanguages: Rule = (tree) => {
  const table =
    /\bconst kinds = \{([^}]*)\}/.exec(tree.get("server/src/platform/errors.ts") ?? "")?.[1] ?? "";
  const kinds = [...table.matchAll(/(\w+):/g)].map((match) => match[1] ?? "");
  return ["ru", "en"].flatMap((language) => {
    const words = matching(tree, (path) => path.startsWith("web/") && path.endsWith(`.${language}.ts`));
    const known = words.flatMap(([, text]) => blocks(text, "problem")).join("\n");
    return kinds
      .filter((kind) => !new RegExp(`\\b${kind}:`).test(known))
      .map((kind) => `web/**/*.${language}.ts: no words for problems of the kind ${kind}`);
  });
};

/** The texts between the braces of every `name: { … }`. */
function blocks(text: string, name: string): string[] {
  return [...text.matchAll(new RegExp(`\\b${name}"?: \\{`, "g"))].map((match) => {
    const start = match.index + match[0].length;
    let depth = 1;
    let end = start;
    for (; end < text.length && depth > 0; end += 1) {
      if (text[end] === "{") depth += 1;
      if (text[end] === "}") depth -= 1;
    }
    return text.slice(start, end);
  });
}

export const jobsHaveWorkers: Rule = (tree) => {
  const text = serverCode(tree)
    .map(([, code]) => code)
    .join("\n");
  return declarations(tree, "job")
    .filter(({ name }) => !new RegExp(`\\bworker(?:<[^(]*>)?\\(\\s*(?:\\w+\\.)?${name}\\b`).test(text))
    .map(({ path, name }) => `${path}: the job ${name} has no worker`);
};

type Route = {
  readonly path: string;
  readonly line: number;
  readonly method: string;
  readonly url: string;
  readonly words: Set<string>;
};

/** The endpoints of every routes file; `words` are those of its declaration, up to the next one. */
function routesOf(tree: Tree): Route[] {
  return matching(tree, (path) => SERVER.test(path) && /\/(routes|admin)\.ts$/.test(path)).flatMap(
    ([path, text]) => {
      const starts = [...text.matchAll(/\b(get|post|put|patch|del|delete)\(\s*["'`](\/[^"'`]*)["'`]/g)];
      return starts.map((start, index) => {
        const body = text.slice(start.index, starts[index + 1]?.index ?? text.length);
        const words = new Set([...body.matchAll(/\b\w+\b/g)].map(([word]) => word));
        return { path, line: lineAt(text, start.index), method: start[1] ?? "", url: start[2] ?? "", words };
      });
    },
  );
}

/** Verbs, and the functions beside them that do something outside before they call one. */
function actions(tree: Tree): Map<string, string[]> {
  const verbs = declarations(tree, "verb").map(({ name }) => name);
  const found = new Map(verbs.map((name) => [name, [name]]));
  for (const [path, text] of serverCode(tree)) {
    if (/\/(routes|admin|bot|workers|module|index)\.ts$/.test(path)) continue;
    const called = verbs.filter((verb) => new RegExp(`\\b${verb}(?:\\.within)?\\(`).test(text));
    if (called.length === 0) continue;
    for (const [, name = ""] of text.matchAll(/\bexport (?:async )?(?:function|const) (\w+)/g)) {
      if (!found.has(name)) found.set(name, called);
    }
  }
  return found;
}

/** Everything that changes something goes through a verb: there the rights are checked and the deed is written down. */
export const mutationsAreVerbs: Rule = (tree) => {
  const known = actions(tree);
  return routesOf(tree)
    .filter(({ method, words }) => method !== "get" && ![...words].some((word) => known.has(word)))
    .map(({ path, line, method, url }) => `${path}:${line}: ${method} ${url} calls no verb`);
};

/** A test names the verb, or asks over HTTP for the endpoint that calls it. */
export const verbsHaveTests: Rule = (tree) => {
  const tests = matching(tree, isTest)
    .map(([, text]) => text)
    .join("\n");
  const known = actions(tree);
  const asked = new Set(
    routesOf(tree)
      .filter(({ method, url }) => callOf(method, url).test(tests))
      .flatMap(({ words }) => [...words].flatMap((word) => known.get(word) ?? [])),
  );
  return declarations(tree, "verb")
    .filter(({ name }) => !asked.has(name) && !new RegExp(`\\b${name}\\b`).test(tests))
    .map(({ path, name }) => `${path}: no test names the verb ${name}, nor asks for an endpoint of it`);
};

/** `.post("/api/deals/${id}/cancel"` for `post` and `/api/deals/:id/cancel`. */
function callOf(method: string, url: string): RegExp {
  const path = url.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&").replaceAll(/:\w+/g, "[^/\"'`]+");
  return new RegExp(`\\b${method}(?:<[^(]*>)?\\(\\s*["'\`]${path}["'\`?]`);
}
