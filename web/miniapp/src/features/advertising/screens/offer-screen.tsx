/** An offer as a conversation: whose word is awaited and until when, the terms that stand, and everything that was said. */
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import type { OfferAction } from "../../../../../../server/src/markets/channels/advertising/offers/shapes.ts";
import { Button } from "../../../../../kit/button.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Avatar, Cell, Section } from "../../../../../kit/list.tsx";
import { NextStepCard } from "../../../../../kit/next-step-card.tsx";
import { QueryView, Screen } from "../../../../../kit/screen.tsx";
import { toast } from "../../../../../kit/toast.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import { useMe } from "../../../kernel/queries.ts";
import { LinkWallet } from "../../../kernel/wallet/link-wallet.tsx";
import "../advertising.css";
import { useChange } from "../changes.ts";
import { isMyTurn, offerTone, offerWords } from "../offer-words.ts";
import { AcceptSheet } from "../parts/accept-sheet.tsx";
import { AnswerSheet } from "../parts/answer-sheet.tsx";
import { CardSkeleton } from "../parts/card-skeleton.tsx";
import { OfferTalk } from "../parts/offer-talk.tsx";
import { TermsSection } from "../parts/terms-section.tsx";
import { type Offer, type OfferTold, useOffer } from "../queries.ts";

export default function OfferScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = useOffer(id);
  return (
    <Screen title={query.data?.channel.title ?? t("ads:offer.one")} isTitleHidden onBack={back}>
      <QueryView query={query} skeleton={<CardSkeleton />}>
        {(offer) => <OfferView key={id} offer={offer} />}
      </QueryView>
    </Screen>
  );
}

type Open = "accept" | "counter" | "reject" | "wallet" | null;

function OfferView({ offer }: { offer: OfferTold }): ReactNode {
  const t = useWords();
  const [, navigate] = useLocation();
  const me = useMe().data;
  const [open, setOpen] = useState<Open>(null);
  const act = useChange<Offer>((answer, { path }) => {
    setOpen(null);
    if (path.endsWith("/accept") && answer.dealId)
      navigate(`/placements/${answer.dealId}`, { replace: true });
    else toast(t(`ads:offer.done.${path.split("/").at(-1)}`), "done");
  });
  const send = (action: OfferAction, body: object) =>
    act.mutate({ method: "POST", path: `/api/offers/${offer.id}/${action}`, body });
  const press = (action: OfferAction) => {
    if (action === "withdraw") send("withdraw", {});
    // The money of a deal goes from and to wallets: without one it could not be opened.
    else if (action === "accept" && me?.wallets.length === 0) setOpen("wallet");
    else setOpen(action as Open);
  };
  return (
    <>
      <Head offer={offer} />
      <OfferCard offer={offer} isBusy={act.isPending} onPress={press} />
      <TermsSection terms={offer.terms} hasMoney />
      <OfferTalk offer={offer} />
      <Around offer={offer} />
      {open === "accept" && (
        <AcceptSheet
          offer={offer}
          isBusy={act.isPending}
          onClose={() => setOpen(null)}
          onAccept={(body) => send("accept", { round: offer.round, ...body })}
        />
      )}
      {(open === "counter" || open === "reject") && (
        <AnswerSheet
          offer={offer}
          kind={open}
          isBusy={act.isPending}
          onClose={() => setOpen(null)}
          onSend={(body) => send(open, open === "counter" ? { round: offer.round, ...body } : body)}
        />
      )}
      {open === "wallet" && <LinkWallet onClose={() => setOpen(null)} onLinked={() => setOpen("accept")} />}
    </>
  );
}

function Head({ offer }: { offer: Offer }): ReactNode {
  const t = useWords();
  const other = offer.role === "publisher" ? offer.advertiser : offer.publisher;
  return (
    <div className="deal-head">
      <Avatar name={offer.channel.title} url={offer.channel.photoUrl} size={52} />
      <div className="cell-main">
        <p className="deal-head-title">{offer.channel.title}</p>
        <p className="cell-subtitle">{t(`ads:offer.head.${offer.role}`, { name: other.firstName })}</p>
      </div>
    </div>
  );
}

const order: readonly OfferAction[] = ["accept", "counter", "reject", "withdraw"];
const looks: Partial<Record<OfferAction, "filled" | "tinted" | "plain" | "danger">> = {
  accept: "filled",
  counter: "tinted",
  reject: "danger",
  withdraw: "danger",
};

function OfferCard(props: {
  offer: Offer;
  isBusy: boolean;
  onPress: (action: OfferAction) => void;
}): ReactNode {
  const { offer } = props;
  const t = useWords();
  const [, navigate] = useLocation();
  const words = offerWords(t, offer);
  const isOpen = offer.status === "open";
  const who = !isOpen ? "nobody" : isMyTurn(offer) ? "you" : (offer.turn ?? "nobody");
  const { dealId } = offer;
  return (
    <NextStepCard
      tone={offerTone(offer)}
      who={t(`ads:who.${who}`)}
      title={words.title}
      body={words.body}
      otherwise={words.otherwise}
      deadline={isOpen ? offer.expiresAt : null}
      progress={null}
    >
      {order
        .filter((action) => offer.can.includes(action))
        .map((action) => (
          <Button
            key={action}
            look={looks[action] ?? "plain"}
            isLoading={props.isBusy && action === "withdraw"}
            onClick={() => props.onPress(action)}
            testId={`action-${action}`}
          >
            {t(`ads:offer.action.${action}`)}
          </Button>
        ))}
      {dealId && (
        <Button onClick={() => navigate(`/placements/${dealId}`)} testId="open-placement">
          {t("ads:offer.openDeal")}
        </Button>
      )}
    </NextStepCard>
  );
}

/** Where to look before one answers. */
function Around({ offer }: { offer: Offer }): ReactNode {
  const t = useWords();
  return (
    <Section header={t("ads:offer.around")}>
      <Cell
        before={<Icon name="channels" />}
        title={offer.channel.title}
        subtitle={t("ads:offer.channelText")}
        to={`/channels/${offer.channel.id}`}
      />
      {offer.campaign && (
        <Cell
          before={<Icon name="deals" />}
          title={offer.campaign.title}
          subtitle={t("ads:offer.campaignText")}
          to={`/campaigns/${offer.campaign.id}`}
        />
      )}
    </Section>
  );
}
