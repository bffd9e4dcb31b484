/** A campaign: for its advertiser the budget, the matches and the offers; for a publisher what is wanted, and the way to offer. */
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Button, MainButton } from "../../../../../kit/button.tsx";
import { serverNow } from "../../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Avatar, Cell, Chip, Section } from "../../../../../kit/list.tsx";
import { isSignedIn } from "../../../../../kit/reader.ts";
import { QueryView, Screen } from "../../../../../kit/screen.tsx";
import { Sheet } from "../../../../../kit/sheet.tsx";
import { date } from "../../../../../kit/time.ts";
import { toast } from "../../../../../kit/toast.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import "../advertising.css";
import { useChange } from "../changes.ts";
import { BudgetSection } from "../parts/budget-section.tsx";
import { campaignTones } from "../parts/campaign-cell.tsx";
import { CampaignDrafts } from "../parts/campaign-drafts.tsx";
import { CampaignFacts } from "../parts/campaign-facts.tsx";
import { CampaignOffers } from "../parts/campaign-offers.tsx";
import { CardSkeleton } from "../parts/card-skeleton.tsx";
import { ChannelMatches } from "../parts/channel-matches.tsx";
import { ShareCell } from "../parts/share-cell.tsx";
import { type Campaign, useCampaign } from "../queries.ts";

export default function CampaignScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = useCampaign(id);
  return (
    <Screen title={query.data?.title ?? t("ads:campaign.one")} isTitleHidden onBack={back} hasMainButton>
      <QueryView query={query} skeleton={<CardSkeleton />}>
        {(campaign) =>
          campaign.isMine ? <Own key={id} campaign={campaign} /> : <Others key={id} campaign={campaign} />
        }
      </QueryView>
    </Screen>
  );
}

function Head({ campaign }: { campaign: Campaign }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { advertiser } = campaign;
  return (
    <div className="deal-head">
      <Avatar name={advertiser.firstName} url={advertiser.photoUrl} size={52} />
      <div className="cell-main">
        <p className="deal-head-title">{campaign.title}</p>
        <p className="cell-subtitle">
          {campaign.isMine
            ? t("ads:campaign.yours")
            : t("ads:campaign.of", {
                name: advertiser.firstName,
                date: date(advertiser.memberSince, serverNow(), language),
              })}
        </p>
        {(campaign.isMine || campaign.status !== "active") && (
          <p className="chips">
            <Chip tone={campaignTones[campaign.status]}>{t(`ads:campaign.status.${campaign.status}`)}</Chip>
          </p>
        )}
      </div>
    </div>
  );
}

function Own({ campaign }: { campaign: Campaign }): ReactNode {
  const t = useWords();
  const [isEnding, setEnding] = useState(false);
  const [, navigate] = useLocation();
  const isOver = campaign.status === "ended" || campaign.status === "deleted";
  const steer = useChange<Campaign>((_, { method, path }) => {
    setEnding(false);
    const word = method === "DELETE" ? "deleted" : path.endsWith("/pause") ? "paused" : "resumed";
    toast(t(`ads:campaign.said.${word}`), "done");
    if (method === "DELETE") navigate("/ads/campaigns/mine", { replace: true });
  });
  const press = (what: "pause" | "resume") =>
    steer.mutate({ method: "POST", path: `/api/campaigns/${campaign.id}/${what}` });
  return (
    <>
      <Head campaign={campaign} />
      <BudgetSection budget={campaign.budget} />
      <CampaignOffers campaignId={campaign.id} />
      <CampaignDrafts campaign={campaign} />
      {campaign.status === "active" && <ChannelMatches campaign={campaign} />}
      <CampaignFacts campaign={campaign} />
      <Actions campaign={campaign} onSteer={press} onEnd={() => setEnding(true)} />
      {!isOver && (
        <MainButton
          text={t("ads:campaign.edit")}
          onClick={() => navigate(`/campaigns/${campaign.id}/edit`)}
        />
      )}
      {isEnding && (
        <EndSheet
          isBusy={steer.isPending}
          onClose={() => setEnding(false)}
          onEnd={() => steer.mutate({ method: "DELETE", path: `/api/campaigns/${campaign.id}` })}
        />
      )}
    </>
  );
}

function Actions(props: {
  campaign: Campaign;
  onSteer: (what: "pause" | "resume") => void;
  onEnd: () => void;
}): ReactNode {
  const { campaign } = props;
  const t = useWords();
  return (
    <Section>
      <ShareCell what={{ campaignId: campaign.id }} url={campaign.deepLink} text={campaign.title} />
      {campaign.status === "active" && (
        <Cell
          look="action"
          before={<Icon name="clock" />}
          title={t("ads:campaign.pause")}
          onClick={() => props.onSteer("pause")}
        />
      )}
      {campaign.status === "paused" && (
        <Cell
          look="action"
          before={<Icon name="refresh" />}
          title={t("ads:campaign.resume")}
          onClick={() => props.onSteer("resume")}
        />
      )}
      {campaign.status !== "deleted" && (
        <Cell
          look="danger"
          before={<Icon name="close" />}
          title={t("ads:campaign.delete")}
          onClick={props.onEnd}
        />
      )}
    </Section>
  );
}

function EndSheet(props: { isBusy: boolean; onEnd: () => void; onClose: () => void }): ReactNode {
  const t = useWords();
  return (
    <Sheet title={t("ads:campaign.deleteTitle")} onClose={props.onClose}>
      <Section>
        <div className="reassure" data-tone="waiting">
          <Icon name="warning" />
          <span>{t("ads:campaign.deleteText")}</span>
        </div>
      </Section>
      <div className="sheet-actions">
        <Button isLoading={props.isBusy} onClick={props.onEnd}>
          {t("ads:campaign.delete")}
        </Button>
        <Button look="plain" onClick={props.onClose}>
          {t("ads:accept.no")}
        </Button>
      </div>
    </Sheet>
  );
}

function Others({ campaign }: { campaign: Campaign }): ReactNode {
  const t = useWords();
  const [, navigate] = useLocation();
  return (
    <>
      <Head campaign={campaign} />
      <CampaignFacts campaign={campaign} />
      <Section>
        <div className="reassure" data-tone="safe">
          <Icon name="shield" />
          <span>{t("ads:campaign.safe")}</span>
        </div>
        <ShareCell what={{ campaignId: campaign.id }} url={campaign.deepLink} text={campaign.title} />
      </Section>
      {isSignedIn() && campaign.status === "active" && (
        <MainButton
          text={t("ads:campaign.offer")}
          onClick={() => navigate(`/campaigns/${campaign.id}/offer`)}
        />
      )}
    </>
  );
}
