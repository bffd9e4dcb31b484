/** A publisher offers a place in one of their channels on a campaign. */
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { serverNow } from "../../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Avatar, ChoiceCell } from "../../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { config } from "../../../kernel/config.ts";
import { useBack } from "../../../kernel/navigation.ts";
import "../advertising.css";
import { useChange } from "../changes.ts";
import { type OfferDraft, offerProblems } from "../drafts/offer-draft.ts";
import { instantOf, localOf, priceTyped, soonest, typedPrice } from "../drafts/typed.ts";
import { countText, formatOf } from "../names.ts";
import { OfferForm } from "../parts/offer-form.tsx";
import { type Campaign, type Offer, type OwnChannel, useCampaign, useOwnChannels } from "../queries.ts";

export default function OfferOnCampaignScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const campaign = useCampaign(id);
  const channels = useOwnChannels();
  const data =
    campaign.data && channels.data
      ? {
          campaign: campaign.data,
          channels: channels.data.pages
            .flatMap(({ items }) => items)
            .filter(({ profile, role }) => profile?.isOpen && !profile.pausedBy && role !== "viewer"),
        }
      : undefined;
  const refetch = () => Promise.all([campaign.refetch(), channels.refetch()]);
  return (
    <Screen title={t("ads:onCampaign.title")} lead={campaign.data?.title} onBack={back} hasMainButton>
      <QueryView
        query={{ data, error: campaign.error ?? channels.error, refetch }}
        skeleton={<SkeletonRows rows={6} avatar={0} />}
      >
        {(known) => (known.channels.length === 0 ? <NoChannel /> : <Composer key={id} {...known} />)}
      </QueryView>
    </Screen>
  );
}

function NoChannel(): ReactNode {
  const t = useWords();
  const [, navigate] = useLocation();
  return (
    <Placeholder
      icon="channels"
      title={t("ads:onCampaign.none")}
      text={t("ads:onCampaign.noneText")}
      action={{ text: t("ads:hub.channels"), onClick: () => navigate("/ads/mine") }}
    />
  );
}

function Composer(props: { campaign: Campaign; channels: readonly OwnChannel[] }): ReactNode {
  const { campaign, channels } = props;
  const t = useWords();
  const language = useLanguage();
  const [, navigate] = useLocation();
  const [channelId, setChannelId] = useState(channels[0]?.id ?? "");
  const [draft, setDraft] = useState<OfferDraft>(() => ({
    slotId: null,
    format: formatOf(campaign.formats[0] ?? "1/24"),
    price: priceTyped(campaign.priceMax?.amount, language),
    postAt: localOf(soonest(Math.max(serverNow(), Date.parse(campaign.startsAt ?? "1970-01-01")), 24)),
    isTopOfFeed: true,
    postedBy: "bot",
    campaignId: campaign.id,
    topics: [],
    message: "",
  }));
  const [isChecked, setChecked] = useState(false);
  const problems = offerProblems(draft, {
    nowMs: serverNow(),
    priceMin: config().priceMin.amount,
    slot: null,
  });
  const make = useChange<Offer>((offer) => navigate(`/offers/${offer.id}`, { replace: true }));
  const submit = () => {
    setChecked(true);
    if (Object.keys(problems).length > 0) return false;
    make.mutate({
      method: "POST",
      path: `/api/campaigns/${campaign.id}/offers`,
      body: {
        channelId,
        price: { amount: typedPrice(draft.price), asset: "TON" },
        format: draft.format,
        postAt: instantOf(draft.postAt),
        postedBy: draft.postedBy,
        isTopOfFeed: draft.isTopOfFeed,
        message: draft.message,
      },
    });
    return true;
  };
  return (
    <>
      <ChannelChoice channels={channels} chosen={channelId} onChoose={setChannelId} />
      <OfferForm
        draft={draft}
        slot={null}
        formats={campaign.formats}
        problems={isChecked ? problems : {}}
        hasTopics={false}
        whatNext={t("ads:onCampaign.next")}
        button={t("ads:make.send")}
        isPending={make.isPending}
        onChange={(part) => setDraft({ ...draft, ...part })}
        onSubmit={submit}
      />
    </>
  );
}

function ChannelChoice(props: {
  channels: readonly OwnChannel[];
  chosen: string;
  onChoose: (id: string) => void;
}): ReactNode {
  const t = useWords();
  const language = useLanguage();
  return (
    <section className="section">
      <h2 className="section-header" id="channel-choice">
        {t("ads:onCampaign.channel")}
      </h2>
      <div className="section-body" role="radiogroup" aria-labelledby="channel-choice">
        {props.channels.map((channel) => {
          const { members } = channel.figures;
          return (
            <ChoiceCell
              key={channel.id}
              before={<Avatar name={channel.title} url={channel.photoUrl} size={40} />}
              title={channel.title}
              subtitle={
                members
                  ? t("ads:members", { count: members.value, members: countText(members.value, language) })
                  : t("ads:figures.membersUnknown")
              }
              isChosen={props.chosen === channel.id}
              onChoose={() => props.onChoose(channel.id)}
            />
          );
        })}
      </div>
    </section>
  );
}
