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
    .filter(({ name }) => !new RegExp(`\\bworker(?:<[^(]*>)?\\(\\s*${name}\\b`).test(text))
    .map(({ path, name }) => `${path}: the job ${name} has no worker`);
};

/** Each `post(`, `put(`, `patch(` and `del(` of a routes file, up to the next route, must call a verb. */
export const mutationsAreVerbs: Rule = (tree) => {
  const verbs = new Set(declarations(tree, "verb").map(({ name }) => name));
  return matching(tree, (path) => SERVER.test(path) && /\/(routes|admin)\.ts$/.test(path)).flatMap(
    ([path, text]) => {
      const routes = [...text.matchAll(/\b(get|post|put|patch|del|delete)\(\s*["'`](\/[^"'`]*)["'`]/g)];
      return routes.flatMap((route, index) => {
        if (route[1] === "get") return [];
        const body = text.slice(route.index, routes[index + 1]?.index ?? text.length);
        const names = [...body.matchAll(/\b(\w+)\b/g)].some((word) => verbs.has(word[1] ?? ""));
        return names ? [] : [`${path}:${lineAt(text, route.index)}: ${route[1]} ${route[2]} calls no verb`];
      });
    },
  );
};

export const verbsHaveTests: Rule = (tree) => {
  const tests = matching(tree, (path) => isTest(path))
    .map(([, text]) => text)
    .join("\n");
  return declarations(tree, "verb")
    .filter(({ name }) => !new RegExp(`\\b${name}\\b`).test(tests))
    .map(({ path, name }) => `${path}: no test names the verb ${name}`);
};
