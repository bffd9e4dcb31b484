import { afterAll, beforeEach, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { MigrationError, migrate } from "./migrate.ts";

const root = mkdtempSync(join(tmpdir(), "souk-migrate-"));
const databases: TestDatabase[] = [];
let database: TestDatabase;
let appRole: string;
let directory: string;

/** The template already holds the product's migrations; these tests bring their own, so they start from nothing. */
beforeEach(async () => {
  database = await createTestDatabase();
  databases.push(database);
  appRole = new URL(database.appUrl).username;
  directory = join(root, String(databases.length));
  mkdirSync(directory);
  const schemas = await query<{ name: string }>(
    database.ownerUrl,
    `select nspname as name from pg_namespace where nspowner = current_user::regrole`,
  );
  for (const { name } of schemas) await query(database.ownerUrl, `drop schema "${name}" cascade`);
});
afterAll(async () => {
  for (const used of databases) await used.drop();
  rmSync(root, { recursive: true, force: true });
});

async function query<T>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

const file = (name: string, sql: string): void => writeFileSync(join(directory, name), sql);
const run = (): Promise<string[]> => migrate({ ownerUrl: database.ownerUrl, appRole, directory });

async function failure(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    expect(error).toBeInstanceOf(MigrationError);
    return (error as Error).message;
  }
  throw new Error("The migration was expected to be refused.");
}

test("files are applied once, in order, and later ones when they appear", async () => {
  file("0001-books.sql", "create schema shop; create table shop.books (id int);");
  file(
    "0002-title.sql",
    "alter table shop.books add column title text; insert into shop.books values (1, 'one');",
  );
  expect(await run()).toEqual(["0001-books.sql", "0002-title.sql"]);
  expect(await run()).toEqual([]);
  file("0003-more.sql", "insert into shop.books values (2, 'two');");
  expect(await run()).toEqual(["0003-more.sql"]);
  expect(await query(database.ownerUrl, "select count(*)::int as books from shop.books")).toEqual([
    { books: 2 },
  ]);
});

test("a file that changed after it was applied is refused, and nothing else is applied", async () => {
  file("0001-books.sql", "create schema shop;");
  await run();
  file("0001-books.sql", "create schema shop; -- and a comment");
  file("0002-late.sql", "create schema late;");
  expect(await failure(run())).toContain("0001-books.sql is not what was applied");
  expect(await query(database.ownerUrl, "select 1 from pg_namespace where nspname = 'late'")).toEqual([]);
});

test("line ends of another system do not count as a change", async () => {
  file("0001-books.sql", "create schema shop;\ncreate table shop.books (id int);\n");
  await run();
  file("0001-books.sql", "create schema shop;\r\ncreate table shop.books (id int);\r\n");
  expect(await run()).toEqual([]);
});

test("a database that is newer than the program is refused", async () => {
  file("0001-books.sql", "create schema shop;");
  file("0002-new.sql", "create schema new;");
  await run();
  rmSync(join(directory, "0002-new.sql"));
  expect(await failure(run())).toContain("0002-new.sql");
});

test("a repeated number and a stray name are refused before anything is applied", async () => {
  file("0001-books.sql", "create schema shop;");
  file("0001-again.sql", "select 1;");
  expect(await failure(run())).toContain("taken by another file");
  rmSync(join(directory, "0001-again.sql"));
  file("0002_underscore.sql", "select 1;");
  expect(await failure(run())).toContain("0002_underscore.sql");
  expect(await query(database.ownerUrl, "select 1 from pg_namespace where nspname = 'shop'")).toEqual([]);
});

test("a file that would slip in before an applied one is refused", async () => {
  file("0001-books.sql", "create schema shop;");
  file("0003-later.sql", "create schema later;");
  await run();
  file("0002-slipped.sql", "create schema slipped;");
  expect(await failure(run())).toContain("Give it the next number");
});

test("a failing file leaves no trace of itself, and the ones before it stay", async () => {
  file("0001-books.sql", "create schema shop;");
  file("0002-broken.sql", "create table shop.half (id int);\n\nselect wrong from nowhere;");
  const said = await failure(run());
  expect(said).toContain("0002-broken.sql failed");
  expect(said).toContain("line 3");
  expect(await query(database.ownerUrl, "select number from migrations.applied")).toEqual([{ number: 1 }]);
  expect(await query(database.ownerUrl, "select to_regclass('shop.half') as half")).toEqual([{ half: null }]);
});

test("eight runners at once apply every file exactly once", async () => {
  file("0001-count.sql", "create schema shop; create table shop.runs (id int); select pg_sleep(0.2);");
  file("0002-run.sql", "insert into shop.runs values (1);");
  const done = await Promise.all(Array.from({ length: 8 }, run));
  expect(done.flat().sort()).toEqual(["0001-count.sql", "0002-run.sql"]);
  expect(await query(database.ownerUrl, "select count(*)::int as runs from shop.runs")).toEqual([
    { runs: 1 },
  ]);
});

test("the application's role gets what a file grants and nothing more", async () => {
  file(
    "0001-entries.sql",
    `create schema shop; create table shop.entries (id int, note text default 'x'::text);
     grant usage on schema shop to :app_role; grant select, insert on shop.entries to :app_role;`,
  );
  await run();
  await query(database.appUrl, "insert into shop.entries values (1)");
  for (const forbidden of [
    "update shop.entries set id = 2",
    "delete from shop.entries",
    "truncate shop.entries",
    "alter table shop.entries add column more int",
    "alter table shop.entries disable trigger all",
    "drop table shop.entries",
    "create table shop.other (id int)",
    "update migrations.applied set checksum = ''",
    "insert into migrations.applied (number, name, checksum) values (2, 'x', 'x')",
  ]) {
    await expect(query(database.appUrl, forbidden), forbidden).rejects.toThrow(
      /permission denied|must be owner/,
    );
  }
});

test("a role that does not exist, that owns the database or that is a superuser is refused as the application's", async () => {
  const owner = new URL(database.ownerUrl).username;
  const as = (role: string): Promise<string> =>
    failure(migrate({ ownerUrl: database.ownerUrl, appRole: role, directory }));
  expect(await as("nobody_of_that_name")).toContain("does not exist");
  expect(await as(owner)).toContain("the owner itself");
  expect(await as("postgres")).toContain("superuser");
});
