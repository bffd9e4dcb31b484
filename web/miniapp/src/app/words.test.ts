/** The words of all screens, in both languages. */
import { expect, test } from "bun:test";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { banned, glossary } from "../../../kit/glossary.ts";
import { features } from "./features.ts";
import english from "./language.en.ts";
import russian from "./language.ru.ts";

type Tree = { [key: string]: string | Tree };
const wordsOfMarkets = async (language: "en" | "ru"): Promise<Record<string, Tree>> =>
  Object.fromEntries(
    await Promise.all(
      features.map(async ({ name, words }) => [name, (await words(language)).default as Tree] as const),
    ),
  );
const en: Record<string, Tree> = { ...(english as Record<string, Tree>), ...(await wordsOfMarkets("en")) };
const ru: Record<string, Tree> = { ...(russian as Record<string, Tree>), ...(await wordsOfMarkets("ru")) };
/** The web's own; the server's modules test theirs. */
const own = [
  ...[
    "kit",
    "app",
    "arbiter",
    "deal",
    "profile",
    "wallet",
    "pay",
    "photos",
    "balance",
    "review",
    "moderation",
  ],
  ...features.map(({ name }) => name),
];

function flat(tree: Tree, path = ""): Map<string, string> {
  const words = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const name = path ? `${path}.${key}` : key;
    if (typeof value === "string") words.set(name, value);
    else for (const [inner, text] of flat(value, name)) words.set(inner, text);
  }
  return words;
}

const wordsOf = (language: "en" | "ru", namespace: string): Map<string, string> =>
  flat((language === "en" ? en : ru)[namespace] ?? {});
const base = (key: string): string => key.replace(/_(one|few|many|other)$/, "");
const params = (text: string): string[] => [...text.matchAll(/{{(\w+)/g)].map(([, name = ""]) => name).sort();

for (const namespace of own) {
  test(`${namespace}: both languages say the same things with the same parameters`, () => {
    const [inEnglish, inRussian] = [wordsOf("en", namespace), wordsOf("ru", namespace)];
    expect(inEnglish.size).toBeGreaterThan(0);
    expect([...new Set([...inEnglish.keys()].map(base))].sort()).toEqual(
      [...new Set([...inRussian.keys()].map(base))].sort(),
    );
    for (const [key, text] of inEnglish) {
      const other = inRussian.get(key);
      if (other !== undefined) expect({ key, params: params(other) }).toEqual({ key, params: params(text) });
    }
  });

  test(`${namespace}: plurals have every form of their language`, () => {
    for (const [language, forms] of [
      ["en", ["one", "other"]],
      ["ru", ["one", "few", "many", "other"]],
    ] as const) {
      const keys = new Set(wordsOf(language, namespace).keys());
      for (const key of keys)
        if (key !== base(key)) for (const form of forms) expect(keys).toContain(`${base(key)}_${form}`);
    }
  });

  test(`${namespace}: things are called by their names, kindly`, () => {
    for (const language of ["en", "ru"] as const)
      for (const text of wordsOf(language, namespace).values())
        for (const pattern of banned[language]) expect(text).not.toMatch(pattern);
  });
}

test("the rows that lead into the markets are called by their names, kindly", () => {
  for (const { title, entries, own: mine = [] } of features)
    for (const said of [title, ...[...entries, ...mine].flatMap((row) => [row.title, row.text ?? row.title])])
      for (const language of ["en", "ru"] as const)
        for (const pattern of banned[language]) expect(said[language]).not.toMatch(pattern);
});

test("every key that a screen names has its words", async () => {
  const root = join(import.meta.dir, "../../..");
  const files = (await readdir(root, { recursive: true })).filter(
    (file) => /\.tsx?$/.test(file) && !/test\.ts|node_modules|dist\//.test(file),
  );
  expect(files.length).toBeGreaterThan(60);
  const known = new Set(
    own.flatMap((namespace) =>
      [...wordsOf("en", namespace).keys()].map((key) => `${namespace}:${base(key)}`),
    ),
  );
  const named = new RegExp(`["'\`]((?:${own.join("|")}):[\\w.]+)["'\`]`, "g");
  const missing: string[] = [];
  for (const file of files)
    for (const [, key = ""] of (await readFile(join(root, file), "utf8")).matchAll(named))
      if (!known.has(key)) missing.push(`${file}: ${key}`);
  expect(missing).toEqual([]);
});

test("every name of the glossary is the one that the screens use", () => {
  for (const [language, words] of [
    ["en", en],
    ["ru", ru],
  ] as const) {
    const said = [...flat(words).values()].join(" ").toLowerCase();
    // Cases and plurals change the end of a word: its beginning is enough.
    for (const term of Object.values(glossary))
      for (const word of term[language].split(" ")) expect(said).toContain(word.slice(0, 5).toLowerCase());
  }
});
