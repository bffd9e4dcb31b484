/**
 * Telegram Stars: what people have, invoices, charges, subscriptions, and the bot's list of transactions. A charge moves Stars and tells
 * the bot in one step, after the bot has said that it may.
 */
import { writePrivate } from "./messages.ts";
import type { Person, StarCharge, StarLine, StoredInvoice } from "./model.ts";
import { botUser, personUser } from "./objects.ts";
import { badRequest, ClientRefusal } from "./refusal.ts";
import type { World } from "./world.ts";

/** What everybody begins with. */
export const STARS_AT_FIRST = 2_500;
export const MONTH_SECONDS = 2_592_000;

export const starsOf = (world: World, personId: number): number =>
  world.store.get("stars", personId) ?? STARS_AT_FIRST;

/** What has come to the bot and not gone back. */
export const starsOfBot = (world: World): number =>
  lines(world).reduce((sum, line) => sum + (line.direction === "in" ? line.amount : -line.amount), 0);

/** In the order in which they happened. */
export const lines = (world: World): StarLine[] => world.store.all("starLine");

export function topUp(world: World, personId: number, amount: number): void {
  world.store.put("stars", personId, starsOf(world, personId) + amount);
}

export function invoiceBySlug(world: World, slug: string): StoredInvoice {
  const found = world.store.get("invoice", slug.replace(/^\$/, ""));
  if (!found) throw new ClientRefusal("SLUG_INVALID", "There is no such invoice.");
  return found;
}

/** Takes the Stars and tells the bot. @throws ClientRefusal when there are not enough */
export function charge(world: World, person: Person, invoice: StoredInvoice, isFirst = true): StarCharge {
  return world.store.transact(() => {
    const left = starsOf(world, person.id) - invoice.amount;
    if (left < 0) throw new ClientRefusal("BALANCE_TOO_LOW", "There are not enough Stars.");
    world.store.put("stars", person.id, left);
    const date = world.clock.now();
    const made: StarCharge = {
      id: `stx${world.token(24)}`,
      personId: person.id,
      slug: invoice.slug,
      amount: invoice.amount,
      payload: invoice.payload,
      date,
      isRefunded: false,
      until: invoice.isMonthly ? date + MONTH_SECONDS : null,
      isCanceled: false,
      isRenewed: false,
    };
    world.store.put("charge", made.id, made);
    addLine(world, made, "in");
    writePrivate(world, person.id, world.bot.id, {
      text: "",
      service: {
        type: "successful_payment",
        title: invoice.title,
        amount: invoice.amount,
        payload: invoice.payload,
        chargeId: made.id,
        until: made.until,
        isFirst,
      },
    });
    return made;
  });
}

function addLine(world: World, made: StarCharge, direction: StarLine["direction"]): void {
  const { id, amount, personId, payload } = made;
  const line = { id, amount, personId, payload, direction, date: world.clock.now() };
  world.store.put("starLine", world.store.next("starLine"), { ...line, isMonthly: made.until !== null });
}

const needCharge = (world: World, userId: number, chargeId: string): StarCharge => {
  if (!world.person(userId)) throw badRequest("USER_ID_INVALID");
  if (chargeId === "") throw badRequest("CHARGE_ID_EMPTY");
  const found = world.store.get("charge", chargeId);
  if (found?.personId !== userId) throw badRequest("CHARGE_NOT_FOUND");
  return found;
};

/** The bot gives a charge back, whole and once. The person sees it in the chat, and the bot is told. */
export function refund(world: World, userId: number, chargeId: string): void {
  const made = needCharge(world, userId, chargeId);
  if (made.isRefunded) throw badRequest("CHARGE_ALREADY_REFUNDED");
  if (starsOfBot(world) < made.amount) throw badRequest("BALANCE_TOO_LOW");
  world.store.transact(() => {
    giveBack(world, made);
    writePrivate(world, userId, world.bot.id, {
      text: "",
      service: {
        type: "refunded_payment",
        amount: made.amount,
        payload: made.payload,
        chargeId: made.id,
      },
    });
  });
}

/** The store of the phone takes the money back: Stars leave the bot's list, and nobody asks or tells it. */
export function chargeBack(world: World, chargeId: string): void {
  const made = world.store.get("charge", chargeId);
  if (!made || made.isRefunded) throw new ClientRefusal("CHARGE_NOT_FOUND", "There is no such charge.");
  world.store.transact(() => giveBack(world, made));
}

function giveBack(world: World, made: StarCharge): void {
  world.store.put("charge", made.id, { ...made, isRefunded: true, isCanceled: true });
  addLine(world, made, "out");
  topUp(world, made.personId, made.amount);
}

/** The bot ends a subscription, or lets it go on; the person's own ending stays. */
export function editSubscription(world: World, userId: number, chargeId: string, isCanceled: boolean): void {
  const made = needCharge(world, userId, chargeId);
  if (made.until === null) throw badRequest("CHARGE_NOT_FOUND");
  world.store.put("charge", made.id, { ...made, isCanceled });
}

/** The person ends or renews one of their subscriptions; the bot is told. */
export function ownSubscription(world: World, person: Person, chargeId: string, isCanceled: boolean): void {
  const made = world.store.get("charge", chargeId);
  if (made?.personId !== person.id || made.until === null)
    throw new ClientRefusal("SUBSCRIPTION_NOT_FOUND", "There is no such subscription.");
  world.store.put("charge", made.id, { ...made, isCanceled });
  tellSubscription(world, person, made.payload, isCanceled ? "canceled" : "active");
}

function tellSubscription(
  world: World,
  person: Person,
  payload: string,
  state: "canceled" | "active" | "failed",
): void {
  world.updates.push("subscription", { user: personUser(person), invoice_payload: payload, state });
}

/** After the clock has moved: every subscription whose month is over is charged again, or ends. */
export function renewDue(world: World): void {
  const now = world.clock.now();
  for (const made of world.store.all("charge")) {
    const person = world.person(made.personId);
    const invoice = world.store.get("invoice", made.slug);
    if (!person || !invoice || made.until === null || made.until > now) continue;
    if (made.isRenewed || made.isRefunded || made.isCanceled) continue;
    world.store.transact(() => {
      world.store.put("charge", made.id, { ...made, isRenewed: true });
      if (starsOf(world, person.id) < made.amount) tellSubscription(world, person, made.payload, "failed");
      else charge(world, person, invoice, false);
    });
  }
}

/** A line as `getStarTransactions` gives it. */
export function lineObject(world: World, line: StarLine) {
  const person = world.person(line.personId);
  const partner = {
    type: "user" as const,
    transaction_type: "invoice_payment" as const,
    user: person ? personUser(person) : botUser(world),
    invoice_payload: line.payload,
    ...(line.isMonthly ? { subscription_period: MONTH_SECONDS } : {}),
  };
  return {
    id: line.id,
    amount: line.amount,
    date: line.date,
    ...(line.direction === "in" ? { source: partner } : { receiver: partner }),
  };
}
