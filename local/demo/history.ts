/** Deals in every state, made by the people of the local world in the days before the visitor comes. */
import type { Offered } from "./market.ts";
import type { Person, TonConnectMessage } from "./person.ts";

type Deal = { id: string; status: string; escrow: { state: string } };
type Payment = { messages: TonConnectMessage[] };
type Answer = { message: Payment | null };

/** How one deal of the past went. `at` names the moment of the story in which it is begun. */
export type Plan = {
  readonly ends:
    | "released"
    | "refunded"
    | "expired"
    | "cancelled"
    | "disputed"
    | "funded"
    | "live"
    | "verified"
    | "pending";
  readonly offer: Offered;
  readonly buyer: Person;
};

const waitMs = 30_000;

/** Polls the deal as its buyer until it is in one of these states. Throws when it does not get there. */
async function until(buyer: Person, id: string, statuses: readonly string[]): Promise<void> {
  const end = Date.now() + waitMs;
  let seen = "";
  while (Date.now() < end) {
    const deal = await buyer.get<Deal>(`/api/deals/${id}`);
    seen = deal.status;
    if (statuses.includes(seen)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`deal ${id} is ${seen}, not ${statuses.join(" or ")}`);
}

/** Joins, and pays unless the plan says otherwise. Answers the deal's id. */
export async function begin(plan: Plan): Promise<string> {
  const { buyer, offer } = plan;
  const deal = await buyer.post<Deal>("/api/deals", { listingId: offer.listingId });
  if (plan.ends === "pending" || plan.ends === "expired") return deal.id;
  if (plan.ends === "cancelled") {
    await buyer.post(`/api/deals/${deal.id}/cancel`);
    return deal.id;
  }
  const payment = await buyer.get<Payment>(`/api/deals/${deal.id}/payment`);
  await buyer.sign(payment.messages);
  await until(buyer, deal.id, ["IN_ESCROW"]);
  return deal.id;
}

/** What happens after the money is locked, up to where it needs time to pass. */
export async function goOn(plan: Plan, id: string): Promise<void> {
  const { buyer, offer } = plan;
  const { seller, channelId } = offer;
  if (plan.ends === "refunded") {
    const { message } = await seller.post<Answer>(`/api/deals/${id}/refund`);
    if (message) await seller.sign(message.messages);
    return until(buyer, id, ["REFUNDED"]);
  }
  if (plan.ends === "disputed") {
    const { message } = await seller.post<Answer>(`/api/deals/${id}/dispute`, {
      reason: "other",
      text: "Покупатель просит передать канал на другой аккаунт, которого нет в сделке. Прошу арбитра посмотреть переписку.",
    });
    if (message) await seller.sign(message.messages);
    return until(buyer, id, ["DISPUTED"]);
  }
  if (["released", "live", "verified"].includes(plan.ends)) {
    await seller.act({ type: "transferChannel", channelId, toPerson: buyer.id });
    return until(buyer, id, ["LIVE", "VERIFIED", "RELEASED"]);
  }
}

/** Waits for what time alone brings about. */
export async function finish(plan: Plan, id: string): Promise<void> {
  const expected: Partial<Record<Plan["ends"], string[]>> = {
    released: ["RELEASED"],
    verified: ["VERIFIED"],
    expired: ["EXPIRED"],
  };
  const statuses = expected[plan.ends];
  if (statuses) await until(plan.buyer, id, statuses);
}
