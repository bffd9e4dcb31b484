import { afterAll, beforeAll, expect, test } from "bun:test";
import { expectSoundLedger } from "../sound-ledger.ts";
import { checkInterleavings, openBooks } from "./interleavings.ts";

let books: Awaited<ReturnType<typeof openBooks>>;
beforeAll(async () => {
  books = await openBooks();
}, 60_000);
afterAll(() => books.world.close());

test("whatever happens at once: each payment is credited once, no more goes back than came, sums are zero", async () => {
  await checkInterleavings(books, 60);
  await expectSoundLedger(books.world);
  expect(books.seen.came > books.seen.back && books.seen.back > 0n).toBe(true);
}, 600_000);
