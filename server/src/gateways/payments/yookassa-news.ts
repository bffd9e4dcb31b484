/** What YooKassa posts to us (yookassa.ru/developers/using-api/webhooks): an event and the object as it was then. Pure. */
import { z } from "zod";
import { sha256 } from "../../platform/ids.ts";
import { type PaymentEvent, PaymentFailure } from "./port.ts";

const id = z.string().min(1).max(64);
const news = z.object({
  type: z.literal("notification"),
  event: z.string().max(100),
  object: z.object({
    id,
    payment_id: id.optional(),
    created_at: z.string().optional(),
    metadata: z.record(z.string(), z.unknown()).nullish(),
  }),
});

/** @throws PaymentFailure("refused") for what is no notification */
export function readNews(body: Uint8Array): PaymentEvent[] {
  let said: unknown;
  try {
    said = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new PaymentFailure("refused", "not a notification");
  }
  const parsed = news.safeParse(said);
  if (!parsed.success) throw new PaymentFailure("refused", "not a notification");
  const { event, object } = parsed.data;
  const about = event.startsWith("refund.") ? ("refund" as const) : ("receipt" as const);
  const receiptId = about === "refund" ? object.payment_id : object.id;
  // Payouts, deals, saved cards: nothing of ours.
  if (!receiptId || !/^(payment|refund)\./.test(event)) return [];
  const reference = object.metadata?.reference;
  const at = Date.parse(object.created_at ?? "");
  return [
    {
      // By its very words: what somebody made up about a payment cannot stand in the place of what will be said of it.
      key: `${event}:${object.id}:${sha256(Buffer.from(body)).toString("hex").slice(0, 16)}`,
      about,
      receiptId,
      reference: about === "receipt" && typeof reference === "string" ? reference : null,
      handle: receiptId,
      at: new Date(Number.isNaN(at) ? 0 : at),
    },
  ];
}
