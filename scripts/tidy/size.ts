/** Files and functions that fit on a few screens, and names that are written one way. */
import ts from "typescript";
import { isCode, isTest, matching, type Rule } from "./tree.ts";

const FILE_LINES_MAX = 320;
const FUNCTION_LINES_MAX = 70;

/** Words are a list: cutting it would only hide where a text is. */
const isWords = (path: string): boolean => /\/(copy|words)\.(ru|en)\.ts$/.test(path);

export const filesAreShort: Rule = (tree) =>
  matching(tree, (path) => isCode(path) && !isWords(path)).flatMap(([path, text]) => {
    const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
    return lines > FILE_LINES_MAX ? [`${path}: ${lines} lines; at most ${FILE_LINES_MAX}`] : [];
  });

export const functionsAreShort: Rule = (tree) =>
  matching(tree, (path) => isCode(path) && /\.tsx?$/.test(path)).flatMap(([path, text]) => {
    const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
    const faults: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node) && "body" in node && node.body && !isGroupOfTests(node, path)) {
        const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
        const lines = source.getLineAndCharacterOfPosition(node.end).line - first + 1;
        if (lines > FUNCTION_LINES_MAX) {
          faults.push(`${path}:${first + 1}: a function of ${lines} lines; at most ${FUNCTION_LINES_MAX}`);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return faults;
  });

/** The callback of `describe` is a heading, not a function. */
function isGroupOfTests(node: ts.Node, path: string): boolean {
  return (
    isTest(path) && ts.isCallExpression(node.parent) && /^describe\b/.test(node.parent.expression.getText())
  );
}

export const namesAreKebabCase: Rule = (tree) =>
  matching(tree, (path) => isCode(path) && !/^[^/]*$/.test(path)).flatMap(([path]) => {
    const wrong = path.split("/").filter((part) => !/^\.?[a-z0-9]+([-.][a-z0-9]+)*$/.test(part));
    return wrong.length > 0 ? [`${path}: ${wrong.join(", ")} is not kebab-case`] : [];
  });

const MODULES = [
  /^server\/src\/platform\//,
  /^server\/src\/(?:gateways|kernel|markets)\/[^/]+\//,
  /^(?:local|web)\/[^/]+\//,
  /^(?:chain|bench|scripts|launcher)\//,
];

export const modulesHaveReadmes: Rule = (tree) => {
  const modules = new Set<string>();
  for (const path of tree.keys()) {
    for (const module of MODULES) {
      const found = module.exec(path)?.[0];
      if (found) modules.add(found);
    }
  }
  return [...modules]
    .filter((module) => !tree.has(`${module}README.md`))
    .map((module) => `${module}: no README.md`);
};
