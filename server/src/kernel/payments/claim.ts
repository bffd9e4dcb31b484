import { eq } from "drizzle-orm";
import type { Tx } from "../../platform/context.ts";
import { publicUsers } from "../identity/index.ts";
import { account, transfer } from "../ledger/index.ts";
import { notify } from "../notifications/index.ts";
import { money, unclaimedAccount } from "./accounts.ts";
import { paymentErrors } from "./errors.ts";
import { lockReceipt } from "./refund-payment.ts";
import { refundable } from "./rules.ts";
import { type ReceiptRow, receipts } from "./tables.ts";

type Claim = { receiptId: string; userId: string };

/** The receipt, locked, and what of it is still nobody's. @throws payments.already_claimed, payments.not_found */
export async function unclaimedNow(tx: Tx, given: Claim): Promise<{ row: ReceiptRow; left: bigint }> {
  const { row } = await lockReceipt(tx, given.receiptId);
  // What the provider has taken back meanwhile is nobody's any more.
  const left = refundable(row);
  if (row.outcome !== "unclaimed" || left === 0n) throw paymentErrors.already_claimed();
  if ((await publicUsers(tx.db, [given.userId])).size === 0) throw paymentErrors.not_found();
  return { row, left };
}

/** Two of the staff agree whose money it is: it goes on that person's balance, once. */
export async function claimReceipt(tx: Tx, given: Claim): Promise<void> {
  const { userId } = given;
  const { row, left } = await unclaimedNow(tx, given);
  await transfer(tx, {
    key: `receipt:${row.id}:claim`,
    cause: { kind: "payments.claimed", id: row.id },
    legs: [
      { account: unclaimedAccount, asset: row.asset, amount: -left },
      { account: account.user(userId), asset: row.asset, amount: left },
    ],
  });
  await tx.db.update(receipts).set({ userId, outcome: "unasked" }).where(eq(receipts.id, row.id));
  await notify(tx, {
    userId,
    kind: "payments.unasked",
    topic: "payments",
    params: { amount: money(left, row.asset) },
    link: "/balance",
    key: `receipt:${row.id}`,
  });
}
