/** What the bot says of orders: short, with buttons. */
import type { Button } from "../../../gateways/telegram/port.ts";
import type { Ctx } from "../../../platform/context.ts";
import { formatMoney } from "../../../platform/format.ts";
import type { Language } from "../../../platform/shapes.ts";
import { minutesUntil } from "../rules.ts";
import type { Order, OrderDetails } from "../shapes.ts";

export type Said = { html: string; buttons: Button[][] };

const minutesLeft = (until: string, now: Date): number => minutesUntil(new Date(until), now);

const say = (ctx: Ctx, language: Language, key: string, params?: Record<string, string | number>): string =>
  ctx.words.say(language, `services:bot.${key}`, params);

const priceOf = (order: Order, language: Language): string =>
  formatMoney(`${order.price.amount} ${order.price.asset}`, language);

/** Category, place, time left, and what is wanted. */
export function orderText(ctx: Ctx, language: Language, order: Order): string {
  const facts = [
    ctx.words.say(language, `services:categories.${order.category}`),
    order.city,
    ...(order.distanceKm === undefined ? [] : [say(ctx, language, "km", { km: order.distanceKm })]),
    say(ctx, language, "left", { minutes: minutesLeft(order.expiresAt, ctx.clock.date()) }),
    say(ctx, language, "places", { left: order.maxTakes - order.takesCount }),
  ];
  return `<b>${Bun.escapeHTML(facts.join(" · "))}</b>\n${Bun.escapeHTML(order.description)}`;
}

export function listSaid(ctx: Ctx, language: Language, orders: readonly Order[]): Said {
  const all: Button[] = [{ kind: "app", text: say(ctx, language, "all_orders"), path: "/orders" }];
  if (orders.length === 0) return { html: say(ctx, language, "no_orders"), buttons: [all] };
  return {
    html: orders.map((one, at) => `${at + 1}. ${orderText(ctx, language, one)}`).join("\n\n"),
    buttons: [
      orders.map((one, at) => ({ kind: "callback", text: String(at + 1), data: `order:${one.id}` })),
      all,
    ],
  };
}

/** Asks before money is set aside. */
export function confirmSaid(ctx: Ctx, language: Language, order: Order): Said {
  const price = priceOf(order, language);
  return {
    html: `${orderText(ctx, language, order)}\n\n${say(ctx, language, "confirm", { price })}`,
    buttons: [
      [{ kind: "callback", text: say(ctx, language, "take", { price }), data: `take:${order.id}` }],
      [{ kind: "app", text: say(ctx, language, "open"), path: `/orders/${order.id}` }],
    ],
  };
}

export function takenSaid(ctx: Ctx, language: Language, order: Order): Said {
  return {
    html: `${orderText(ctx, language, order)}\n\n${contactSaid(ctx, language, order)}`,
    buttons: [
      ...(order.contact?.startsWith("@")
        ? [
            [
              {
                kind: "url" as const,
                text: say(ctx, language, "write"),
                url: `${ctx.settings.env.TELEGRAM_LINK_BASE}/${order.contact.slice(1)}`,
              },
            ],
          ]
        : []),
      [{ kind: "app", text: say(ctx, language, "open"), path: `/orders/${order.id}` }],
    ],
  };
}

/** While the customer has still to respond, until when. */
function contactSaid(ctx: Ctx, language: Language, order: Order): string {
  const contact = Bun.escapeHTML(order.contact ?? "");
  if (order.respondBy === null) return say(ctx, language, "contact_over", { contact });
  return say(ctx, language, "contact", { contact, minutes: minutesLeft(order.respondBy, ctx.clock.date()) });
}

export function takesSaid(ctx: Ctx, language: Language, orders: readonly Order[]): Said {
  const button: Button[] = [{ kind: "app", text: say(ctx, language, "all_takes"), path: "/orders/work" }];
  if (orders.length === 0) return { html: say(ctx, language, "no_takes"), buttons: [button] };
  const line = (one: Order): string => {
    const status = ctx.words.say(language, `services:status.${one.status}`);
    const head = `${ctx.words.say(language, `services:categories.${one.category}`)} · ${one.city} · ${status}`;
    return `<b>${Bun.escapeHTML(head)}</b>\n${Bun.escapeHTML(one.contact ?? "")}`;
  };
  return { html: orders.map(line).join("\n\n"), buttons: [button] };
}

/** The customer's own order: who took it, each with a button. */
export function ownSaid(ctx: Ctx, language: Language, order: OrderDetails): Said {
  const takers = order.takers ?? [];
  const isWaiting = order.respondBy !== null && takers.length > 0;
  const minutes = minutesLeft(order.respondBy ?? order.expiresAt, ctx.clock.date());
  const state =
    order.outcome === null
      ? say(ctx, language, isWaiting ? "respond_within" : "nobody_yet", { minutes })
      : ctx.words.say(language, `services:outcomes.${order.outcome}`);
  const choose: Button[][] = takers.map(({ user, rating }) => [
    {
      kind: "callback",
      text: say(ctx, language, rating ? "choose_rated" : "choose", {
        name: user.firstName,
        average: rating?.average ?? 0,
      }),
      data: `answer:${order.id}:${user.id}`,
    },
  ]);
  const called: Button[] = [
    { kind: "callback", text: say(ctx, language, "called"), data: `answer:${order.id}:0` },
  ];
  return {
    html: `${orderText(ctx, language, order)}\n\n${Bun.escapeHTML(state)}`,
    buttons: [
      ...(isWaiting ? [...choose, called] : []),
      [{ kind: "app", text: say(ctx, language, "open"), path: `/orders/${order.id}` }],
    ],
  };
}

/** Without enough money: how to get it and come back. */
export function rechargeSaid(ctx: Ctx, language: Language, details: Record<string, unknown>): Said {
  return {
    html: ctx.words.say(language, "services:errors.not_enough"),
    buttons: [
      [
        {
          kind: "app",
          text: say(ctx, language, "recharge"),
          path: String(details.recharge ?? "/balance/recharge"),
        },
      ],
    ],
  };
}

export const newOrderSaid = (ctx: Ctx, language: Language): Said => ({
  html: say(ctx, language, "new_order"),
  buttons: [[{ kind: "app", text: say(ctx, language, "write_order"), path: "/orders/new" }]],
});
