import { expect, test } from "bun:test";
import { expectSoundLedger } from "../sound-ledger.ts";
import { checkInterleavings, openBooks } from "./interleavings.ts";

test("ten thousand stories of payments, refunds and banks leave the books whole", async () => {
  const books = await openBooks();
  try {
    await checkInterleavings(books, 10_000);
    await expectSoundLedger(books.world);
    expect(books.seen.came > books.seen.back && books.seen.back > 0n).toBe(true);
  } finally {
    await books.world.close();
  }
}, 7_200_000);
