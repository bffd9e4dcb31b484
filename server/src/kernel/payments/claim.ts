import { eq } from "drizzle-orm";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { publicUsers } from "../identity/index.ts";
import { account, transfer } from "../ledger/index.ts";
import { notify } from "../notifications/index.ts";
import { money, unclaimedAccount } from "./accounts.ts";
import { paymentErrors } from "./errors.ts";
import { lockReceipt } from "./refund-payment.ts";
import { refundable } from "./rules.ts";
import { claiming } from "./shapes.ts";
import { receipts } from "./tables.ts";

/** Staff has found out whose money it is: it goes on that person's balance, once. @throws payments.already_claimed */
export const claimReceipt = verb("payments.claim", {
  input: claiming.extend({ receiptId: uuid }),
  allow: ["staff:support", "staff:admin"],
  run: async (tx, { receiptId, userId }) => {
    const { row } = await lockReceipt(tx, receiptId);
    // What the provider has taken back meanwhile is nobody's any more.
    const left = refundable(row);
    if (row.outcome !== "unclaimed" || left === 0n) throw paymentErrors.already_claimed();
    if ((await publicUsers(tx.db, [userId])).size === 0) throw paymentErrors.not_found();
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
    return { receiptId };
  },
});
