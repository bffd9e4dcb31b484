/** What a person does with Stars: looks at an invoice, pays it, gets more, ends a subscription. */
import type { Action, ActResult } from "../protocol.ts";
import type { Person } from "../world/model.ts";
import { personUser } from "../world/objects.ts";
import { ClientRefusal } from "../world/refusal.ts";
import { charge, invoiceBySlug, ownSubscription, starsOf, topUp } from "../world/stars.ts";
import type { Host } from "./context.ts";

export type StarsAction = Extract<
  Action,
  { type: "openInvoice" | "payInvoice" | "topUpStars" | "setSubscription" }
>;

export async function actStars(host: Host, person: Person, action: StarsAction): Promise<ActResult> {
  switch (action.type) {
    case "openInvoice": {
      const { slug, title, description, amount, isMonthly } = invoiceBySlug(host.world, action.slug);
      const balance = starsOf(host.world, person.id);
      return { type: "invoiceSheet", slug, title, description, amount, isMonthly, balance };
    }
    case "payInvoice":
      return pay(host, person, action.slug);
    case "topUpStars":
      topUp(host.world, person.id, action.amount);
      return { type: "done" };
    case "setSubscription":
      ownSubscription(host.world, person, action.chargeId, action.isCanceled);
      return { type: "done" };
  }
}

/** The bot is asked whether it may go on, and has ten seconds; only then are the Stars taken. */
async function pay(host: Host, person: Person, slug: string): Promise<ActResult> {
  const { world, queries } = host;
  const invoice = invoiceBySlug(world, slug);
  if (starsOf(world, person.id) < invoice.amount)
    throw new ClientRefusal("BALANCE_TOO_LOW", "There are not enough Stars.");
  if (world.botChat(person.id).blocked)
    throw new ClientRefusal("YOU_BLOCKED_USER", "The bot is blocked: unblock it first.");
  const id = `${world.bot.id}${world.token(8)}`;
  const answered = queries.checkouts.ask(id);
  world.updates.push("pre_checkout_query", {
    id,
    from: personUser(person),
    currency: "XTR",
    total_amount: invoice.amount,
    invoice_payload: invoice.payload,
  });
  const answer = await answered;
  if (answer === null) return { type: "invoice", status: "failed", message: "BOT_PRECHECKOUT_TIMEOUT" };
  if (!answer.ok) return { type: "invoice", status: "failed", message: answer.message };
  charge(world, person, invoice);
  return { type: "invoice", status: "paid", message: "" };
}
