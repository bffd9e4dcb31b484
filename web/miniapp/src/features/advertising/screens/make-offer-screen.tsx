/** An advertiser asks a channel for a place: a slot at its price, which is booked at once, or terms of their own, which await an answer. */
import { type ReactNode, useState } from "react";
import { useLocation, useSearchParams } from "wouter";
import { serverNow } from "../../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Avatar, Cell, Section } from "../../../../../kit/list.tsx";
import { QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { config } from "../../../kernel/config.ts";
import { useBack } from "../../../kernel/navigation.ts";
import "../advertising.css";
import { useChange } from "../changes.ts";
import { isBooking, type OfferDraft, offerProblems, ofSlot } from "../drafts/offer-draft.ts";
import { instantOf, localOf, priceTyped, soonest, typedPrice } from "../drafts/typed.ts";
import { formatOf } from "../names.ts";
import { CampaignChoice } from "../parts/campaign-choice.tsx";
import { DraftChoice } from "../parts/draft-choice.tsx";
import { OfferForm } from "../parts/offer-form.tsx";
import { SlotChoice } from "../parts/slot-choice.tsx";
import {
  type Campaign,
  type ChannelCard,
  type Offer,
  type Slot,
  useCard,
  useOwnCampaigns,
  useSlots,
} from "../queries.ts";

const LEAD_HOURS = 3;

export default function MakeOfferScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const [search] = useSearchParams();
  const card = useCard(id);
  const slots = useSlots(id);
  const campaigns = useOwnCampaigns();
  const data =
    card.data && slots.data && campaigns.data
      ? {
          channel: card.data,
          slots: slots.data.items.filter(({ status }) => status === "active"),
          campaigns: campaigns.data.pages
            .flatMap(({ items }) => items)
            .filter(({ status }) => status === "active"),
        }
      : undefined;
  const refetch = () => Promise.all([card.refetch(), slots.refetch(), campaigns.refetch()]);
  return (
    <Screen title={t("ads:make.title")} onBack={back} hasMainButton>
      <QueryView
        query={{ data, error: card.error ?? slots.error ?? campaigns.error, refetch }}
        skeleton={<SkeletonRows rows={6} avatar={0} />}
      >
        {(known) => (
          <Composer {...known} slotId={search.get("slot")} campaignId={search.get("campaign")} code={null} />
        )}
      </QueryView>
    </Screen>
  );
}

interface ComposerProps {
  channel: Pick<ChannelCard, "id" | "title" | "photoUrl">;
  slots: readonly Slot[];
  campaigns: readonly Campaign[];
  slotId: string | null;
  campaignId: string | null;
  /** Of a private slot: what opened it. */
  code: string | null;
}

export function Composer(props: ComposerProps): ReactNode {
  const { channel, slots, campaigns, code } = props;
  const t = useWords();
  const language = useLanguage();
  const [draft, setDraft] = useState(() => beginning(props, language));
  const [creativeId, setCreativeId] = useState<string | null>(null);
  const [isChecked, setChecked] = useState(false);
  const slot = slots.find(({ id }) => id === draft.slotId) ?? null;
  const change = (part: Partial<OfferDraft>) => setDraft({ ...draft, ...part });
  const { submit, isPending } = useSubmit(channel.id, { draft, creativeId, slot, code });
  const problems = offerProblems(draft, { nowMs: serverNow(), priceMin: config().priceMin.amount, slot });
  const books = isBooking(draft, slot);
  return (
    <>
      <Section label={t("ads:make.to")}>
        <Cell
          before={<Avatar name={channel.title} url={channel.photoUrl} size={44} />}
          beforeSize={44}
          title={channel.title}
          subtitle={t("ads:make.to")}
        />
      </Section>
      {slots.length > 0 && (
        <SlotChoice
          slots={slots}
          chosen={draft.slotId}
          onChoose={(next) =>
            change(next ? ofSlot(next, priceTyped(next.price.amount, language)) : { slotId: null })
          }
        />
      )}
      {campaigns.length > 0 && (
        <CampaignChoice
          campaigns={campaigns}
          chosen={draft.campaignId}
          onChoose={(campaignId) => {
            setCreativeId(null);
            change({ campaignId });
          }}
        />
      )}
      {draft.campaignId && (
        <DraftChoice campaignId={draft.campaignId} chosen={creativeId} onChoose={setCreativeId} />
      )}
      <OfferForm
        draft={draft}
        slot={slot}
        problems={isChecked ? problems : {}}
        hasTopics={draft.campaignId === null}
        whatNext={t(books ? "ads:make.nextBooking" : "ads:make.nextOffer")}
        button={t(books ? "ads:make.book" : "ads:make.send")}
        isPending={isPending}
        onChange={change}
        onSubmit={() => {
          setChecked(true);
          if (Object.keys(problems).length === 0) submit();
          return Object.keys(problems).length === 0;
        }}
      />
    </>
  );
}

function beginning({ slots, slotId, campaignId, campaigns }: ComposerProps, language: string): OfferDraft {
  const slot = slots.find(({ id }) => id === slotId) ?? slots[0] ?? null;
  const lead = Math.max(LEAD_HOURS, slot?.leadHours ?? 0);
  return {
    slotId: null,
    format: formatOf("1/24"),
    price: "",
    postAt: localOf(soonest(serverNow(), lead + 1)),
    isTopOfFeed: true,
    postedBy: "bot",
    campaignId: campaigns.some(({ id }) => id === campaignId) ? campaignId : null,
    topics: [],
    message: "",
    ...(slot ? ofSlot(slot, priceTyped(slot.price.amount, language)) : {}),
  };
}

interface Said {
  draft: OfferDraft;
  creativeId: string | null;
  slot: Slot | null;
  code: string | null;
}

/** A booking leads to the post that is to be agreed, an offer to its conversation. */
function useSubmit(channelId: string, { draft, creativeId, slot, code }: Said) {
  const [, navigate] = useLocation();
  const send = useChange<Offer>((offer) =>
    navigate(offer.dealId ? `/placements/${offer.dealId}` : `/offers/${offer.id}`, { replace: true }),
  );
  const submit = () => {
    const about = {
      postAt: instantOf(draft.postAt),
      message: draft.message,
      ...(draft.campaignId ? { campaignId: draft.campaignId } : { topics: [...draft.topics] }),
      ...(creativeId ? { creativeId } : {}),
    };
    if (slot && isBooking(draft, slot))
      return send.mutate({
        method: "POST",
        path: "/api/bookings",
        body: { ...(code ? { code } : { slotId: slot.id }), ...about },
      });
    send.mutate({
      method: "POST",
      path: "/api/offers",
      body: {
        channelId,
        ...about,
        ...(slot ? { slotId: slot.id } : {}),
        ...(slot && code ? { code } : {}),
        price: { amount: typedPrice(draft.price), asset: "TON" },
        format: draft.format,
        postedBy: draft.postedBy,
        isTopOfFeed: draft.isTopOfFeed,
      },
    });
  };
  return { submit, isPending: send.isPending };
}
