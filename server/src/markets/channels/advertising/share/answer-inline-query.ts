import { type ShareCard, TelegramFailure } from "../../../../gateways/telegram/port.ts";
import { languageOf } from "../../../../kernel/identity/index.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { Problem } from "../../../../platform/errors.ts";
import type { Language } from "../../../../platform/shapes.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { listCampaigns } from "../campaigns/list-campaigns.ts";
import { campaignSearch } from "../campaigns/shapes.ts";
import { readerOf } from "../profiles/cards.ts";
import { searchChannels } from "../profiles/search-channels.ts";
import { channelSearch } from "../shapes.ts";
import { campaignShare, channelShare, type Shared, shareOf } from "./cards.ts";

const each = 10;

/** `ch_<id>`, `a_<code>`, `c_<id>`, as in the links that open the Mini App. */
function namedBy(query: string): Shared | null {
  const [, kind, rest = ""] = /^(ch|a|c)_(\S+)$/.exec(query) ?? [];
  if (kind === "a") return { slotCode: rest };
  if (!uuid.safeParse(rest).success) return null;
  return kind === "ch" ? { channelId: rest } : kind === "c" ? { campaignId: rest } : null;
}

/** The one thing that is named, or channels and campaigns found by the words; with no words, those at the top. */
async function cardsFor(ctx: Ctx, query: string, language: Language): Promise<ShareCard[]> {
  const named = namedBy(query);
  if (named) {
    try {
      return [await shareOf(ctx, named, language)];
    } catch (error) {
      if (error instanceof Problem && error.kind === "not_found") return [];
      throw error;
    }
  }
  const q = query === "" ? {} : { q: query };
  const channels = channelSearch.safeParse({ ...q, limit: each });
  const campaigns = campaignSearch.safeParse({ ...q, limit: each });
  if (!channels.success || !campaigns.success) return [];
  const [found, open] = await Promise.all([
    searchChannels(ctx, channels.data),
    listCampaigns(ctx, campaigns.data),
  ]);
  return [
    ...found.items.map((card) => channelShare(ctx, card, language)),
    ...open.items.map((campaign) => campaignShare(ctx, campaign, language)),
  ];
}

/** Somebody typed the bot's name in a chat: they choose from what they could see in the Mini App. */
export async function answerInlineQuery(ctx: Ctx, queryId: string, query: string): Promise<void> {
  const userId = readerOf(ctx);
  const language = userId === null ? "en" : await languageOf(ctx.db, userId);
  const cards = await cardsFor(ctx, query.trim().slice(0, 100), language);
  try {
    await ctx.gateways.telegram.share.answer(queryId, cards);
  } catch (error) {
    // Whoever asked has gone on typing: nobody waits for this answer.
    if (!(error instanceof TelegramFailure) || error.reason !== "refused") throw error;
  }
}
