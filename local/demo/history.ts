/** Deals in every state, made by the people of the local world in the days before the visitor comes. */
import type { TonConnectMessage } from "./connect.ts";
import type { Offered } from "./market.ts";
import type { Person } from "./person.ts";

type Deal = { id: string; status: string; escrow: { state: string } };
type Answer = { message: { messages: TonConnectMessage[] } | null };

export type Ending =
  | "released"
  | "refunded"
  | "undelivered"
  | "agreed"
  | "decided"
  | "expired"
  | "cancelled"
  | "verified"
  | "live"
  | "breached"
  | "disputed"
  | "funded"
  | "pending";

/** How one deal went, or stands. */
export type Plan = { readonly ends: Ending; readonly offer: Offered; readonly buyer: Person };
/** The people that a deal may need beside its parties. */
export type Others = { readonly arbiter: Person; readonly stranger: Person };

const WAIT_MS = 30_000;
const POLL_MS = 150;

async function until(buyer: Person, id: string, what: string, is: (deal: Deal) => boolean): Promise<void> {
  const end = Date.now() + WAIT_MS;
  let seen: Deal | undefined;
  while (Date.now() < end) {
    seen = await buyer.get<Deal>(`/api/deals/${id}`);
    if (is(seen)) return;
    await Bun.sleep(POLL_MS);
  }
  throw new Error(`deal ${id} is ${seen?.status}/${seen?.escrow.state}, not ${what}`);
}

const untilStatus = (buyer: Person, id: string, ...statuses: string[]): Promise<void> =>
  until(buyer, id, statuses.join(" or "), (deal) => statuses.includes(deal.status));

/** Joins, pays, and does what that deal's people do at once. Answers the deal's id. */
export async function begin(plan: Plan, others: Others): Promise<string> {
  const { buyer, offer, ends } = plan;
  const { id } = await buyer.post<Deal>("/api/deals", { listingId: offer.listingId });
  if (ends === "pending" || ends === "expired") return id;
  if (ends === "cancelled") {
    await buyer.post(`/api/deals/${id}/cancel`);
    return id;
  }
  const payment = await buyer.get<{ messages: TonConnectMessage[] }>(`/api/deals/${id}/payment`);
  await buyer.sign(payment.messages);
  await untilStatus(buyer, id, "IN_ESCROW");
  await goOn(plan, id, others);
  return id;
}

/** The money is locked: what its people do then. */
async function goOn({ ends, buyer, offer }: Plan, id: string, others: Others): Promise<void> {
  const { seller } = offer;
  switch (ends) {
    case "refunded":
      await signed(seller, `/api/deals/${id}/refund`);
      return untilStatus(buyer, id, "REFUNDED");
    case "agreed":
      await signed(buyer, `/api/deals/${id}/agree`, { sellerBps: 4_000 });
      await signed(seller, `/api/deals/${id}/agree`, { sellerBps: 4_000 });
      return untilStatus(buyer, id, "RELEASED");
    case "breached":
      await hand(offer, others.stranger);
      return until(buyer, id, "breached", (deal) => deal.escrow.state === "Breached");
    case "released":
    case "verified":
    case "live":
      return deliver(buyer, offer, id);
    case "decided":
      await deliver(buyer, offer, id);
      await dispute(
        buyer,
        id,
        "not_as_described",
        "Half of the promised archive is missing after the transfer.",
      );
      return decide(others.arbiter, buyer, id);
    case "disputed":
      await deliver(buyer, offer, id);
      return dispute(
        buyer,
        id,
        "not_as_described",
        "Канал передан, но партнёрских договоров из описания нет, продавец отвечает, что их никогда не было. Прошу вернуть часть суммы.",
      );
  }
}

async function deliver(buyer: Person, offer: Offered, id: string): Promise<void> {
  await hand(offer, buyer);
  await buyer.post(`/api/deals/${id}/recheck`);
  await untilStatus(buyer, id, "LIVE", "VERIFIED");
}

const hand = ({ seller, channelId }: Offered, toPerson: Person): Promise<unknown> =>
  seller.act({ type: "transferChannel", channelId, toPerson: toPerson.id });

/** The platform sends the dispute to the chain by itself; the person need not sign. */
async function dispute(buyer: Person, id: string, reason: string, text: string): Promise<void> {
  await buyer.post(`/api/deals/${id}/dispute`, { reason, text });
  await untilStatus(buyer, id, "DISPUTED");
}

async function decide(arbiter: Person, buyer: Person, id: string): Promise<void> {
  await signed(arbiter, `/api/admin/deals/${id}/resolve`, {
    sellerBps: 7_000,
    note: "Канал передан, но архив обещан целиком, а передана половина. Семьдесят процентов продавцу.",
  });
  await untilStatus(buyer, id, "RELEASED", "REFUNDED");
}

async function signed(person: Person, path: string, body?: unknown): Promise<void> {
  const { message } = await person.post<Answer>(path, body);
  if (message) await person.sign(message.messages);
}

/** Has the product look again, and waits for what time alone brings about. */
export async function finish({ buyer }: Plan, id: string, ...statuses: string[]): Promise<void> {
  await buyer.post(`/api/deals/${id}/recheck`);
  await untilStatus(buyer, id, ...statuses);
}
