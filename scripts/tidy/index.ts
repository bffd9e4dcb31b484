/** What linters cannot hold. Run by `npm run check`, and by server/test/tidy.test.ts with a planted fault for each rule. */
import {
  codesAreInBothLanguages,
  jobsHaveWorkers,
  kindsAreInBothLanguages,
  mutationsAreVerbs,
  verbsHaveTests,
} from "./modules.ts";
import { filesAreShort, functionsAreShort, modulesHaveReadmes, namesAreKebabCase } from "./size.ts";
import type { Rule, Tree } from "./tree.ts";
import {
  domainUsesTheClock,
  lockNamesNoHost,
  noMachinePaths,
  noRegistryHosts,
  nothingIsUnfinished,
  testsRun,
} from "./words.ts";

export const rules = {
  filesAreShort,
  functionsAreShort,
  namesAreKebabCase,
  modulesHaveReadmes,
  codesAreInBothLanguages,
  kindsAreInBothLanguages,
  jobsHaveWorkers,
  mutationsAreVerbs,
  verbsHaveTests,
  nothingIsUnfinished,
  noMachinePaths,
  noRegistryHosts,
  lockNamesNoHost,
  testsRun,
  domainUsesTheClock,
} satisfies Record<string, Rule>;

export const findFaults = (tree: Tree): string[] => Object.values(rules).flatMap((rule) => rule(tree));
