import type { ShareCard } from "../../../../gateways/telegram/port.ts";
import type { Ctx } from "../../../../platform/context.ts";
import type { Language } from "../../../../platform/shapes.ts";
import { getCampaign } from "../campaigns/list-campaigns.ts";
import type { Campaign } from "../campaigns/shapes.ts";
import { appLink, startOf } from "../links.ts";
import { getCard, namesOf } from "../profiles/cards.ts";
import type { ChannelCard } from "../shapes.ts";
import type { Slot } from "../slots/shapes.ts";
import { getSlotByCode } from "../slots/views.ts";

const locales = { ru: "ru-RU", en: "en-GB" } as const;
const descriptionMax = 240;

type Say = (key: string, params?: Record<string, string | number>) => string;
const sayIn =
  (ctx: Ctx, language: Language): Say =>
  (key, params) =>
    ctx.words.say(language, `channels:share.${key}`, params);

const short = (text: string): string => {
  const characters = [...text];
  return characters.length <= descriptionMax ? text : `${characters.slice(0, descriptionMax - 1).join("")}…`;
};

/** The title in bold, the lines below it. Everything that people wrote is escaped. */
const html = (title: string, lines: string[]): string =>
  [`<b>${Bun.escapeHTML(title)}</b>`, ...lines.filter((line) => line !== "").map(Bun.escapeHTML)].join("\n");

function figuresOf(say: Say, card: ChannelCard, language: Language): string[] {
  const number = (value: number): string => new Intl.NumberFormat(locales[language]).format(value);
  const { members, views } = card.figures;
  return [
    members ? say("members", { members: number(members.value) }) : "",
    views ? say("views", { views: number(views.value) }) : "",
  ].filter(Boolean);
}

export function channelShare(ctx: Ctx, card: ChannelCard, language: Language): ShareCard {
  const say = sayIn(ctx, language);
  const figures = figuresOf(say, card, language);
  const price = card.priceFrom ? say("price", { price: card.priceFrom.amount }) : "";
  return {
    id: startOf.channel(card.id),
    title: card.title,
    description: [...figures, price].filter(Boolean).join(" · "),
    html: html(card.title, [
      card.username ? `@${card.username}` : "",
      ...figures,
      price,
      short(card.description),
    ]),
    button: { text: say("open"), url: card.deepLink },
  };
}

export async function slotShare(ctx: Ctx, slot: Slot, code: string, language: Language): Promise<ShareCard> {
  const say = sayIn(ctx, language);
  const { key, topHours, feedHours } = slot.format;
  const named = key === "custom" ? `${topHours}/${feedHours}` : key;
  const price = say("slot", { format: named, price: slot.price.amount });
  return {
    id: startOf.slot(code),
    title: slot.channel.title,
    description: price,
    html: html(slot.channel.title, [
      price,
      ...figuresOf(say, slot.channel, language),
      slot.isTopOfFeed ? say("top") : "",
      short(slot.note),
    ]),
    button: { text: say("open"), url: slot.deepLink ?? appLink(await namesOf(ctx), startOf.slot(code)) },
  };
}

export function campaignShare(ctx: Ctx, campaign: Campaign, language: Language): ShareCard {
  const say = sayIn(ctx, language);
  const most = campaign.priceMax ?? campaign.budget.free;
  const price = say("campaign", { price: most.amount });
  return {
    id: startOf.campaign(campaign.id),
    title: campaign.title,
    description: price,
    html: html(campaign.title, [price, short(campaign.brief)]),
    button: { text: say("open"), url: campaign.deepLink },
  };
}

export type Shared = { channelId: string } | { slotCode: string } | { campaignId: string };

/** The card of one thing that the reader can see. */
export async function shareOf(ctx: Ctx, what: Shared, language: Language): Promise<ShareCard> {
  if ("channelId" in what) return channelShare(ctx, await getCard(ctx, what.channelId), language);
  if ("campaignId" in what) return campaignShare(ctx, await getCampaign(ctx, what.campaignId), language);
  const slot = await getSlotByCode(ctx, what.slotCode);
  return slotShare(ctx, slot, slot.code ?? what.slotCode, language);
}
