/** Telegram Stars by the Bot API: invoices, refunds, and the bot's own list of transactions. */
import { type Api, GrammyError } from "grammy";
import type { StarTransaction } from "grammy/types";
import { type StarLine, type StarsPort, TelegramFailure } from "./port.ts";

/** What Telegram answers to a refund that it has made already. */
const REFUNDED_ALREADY = "charge_already_refunded";
/** The only period that Telegram knows, seconds. */
const MONTH = 2_592_000;

export function starsOf(api: Api, asked: <T>(run: () => Promise<T>) => Promise<T>): StarsPort {
  return {
    invoiceLink: ({ title, description, payload, amount, isMonthly }) =>
      asked(() =>
        api.createInvoiceLink(
          title,
          description,
          payload,
          "",
          "XTR",
          [{ label: title, amount: Number(amount) }],
          isMonthly ? { subscription_period: MONTH } : {},
        ),
      ),
    refund: (payer, chargeId) =>
      asked(async () => {
        try {
          await api.refundStarPayment(Number(payer), chargeId);
          return "done" as const;
        } catch (error) {
          if (isRefunded(error)) return "already" as const;
          throw error;
        }
      }),
    lines: (offset, limit) =>
      asked(async () => (await api.getStarTransactions({ offset, limit })).transactions.map(toLine)),
    balance: () => asked(async () => BigInt((await api.getMyStarBalance()).amount)),
    setSubscription: (payer, chargeId, isCanceled) =>
      asked(async () => {
        await api.editUserStarSubscription(Number(payer), chargeId, isCanceled);
      }),
  };
}

const isRefunded = (error: unknown): boolean =>
  error instanceof GrammyError && error.description.toLowerCase().includes(REFUNDED_ALREADY);

function toLine(one: StarTransaction): StarLine {
  const partner = one.source ?? one.receiver;
  if (!Number.isSafeInteger(one.amount))
    throw new TelegramFailure("unknown", "an amount of Stars is no number");
  // A refund names the invoice's kind too; what else passes between the bot and a person is no payment of an invoice.
  const isInvoice = partner?.type === "user" && partner.transaction_type === "invoice_payment";
  return {
    id: one.id,
    amount: BigInt(one.amount),
    at: one.date,
    direction: one.source ? "in" : "out",
    payment: isInvoice ? { payer: String(partner.user.id), payload: partner.invoice_payload ?? null } : null,
  };
}
