/** A campaign, new or changed: what it is about, whom it is for, what it may cost, when, and what the law wants named. */
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { MainButton } from "../../../../../kit/button.tsx";
import { focusFirstError } from "../../../../../kit/form.tsx";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Placeholder, QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { haptics, useClosingConfirmation } from "../../../../../kit/telegram.ts";
import { toast } from "../../../../../kit/toast.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import { useChange } from "../changes.ts";
import {
  type CampaignDraft,
  campaignOf,
  campaignProblems,
  draftOf,
  emptyCampaign,
} from "../drafts/campaign-draft.ts";
import { CampaignForm } from "../parts/campaign-form.tsx";
import { type Campaign, useCampaign } from "../queries.ts";

/** `id` is absent on the way to a new one. */
export default function CampaignEditorScreen({ id }: { id?: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  return (
    <Screen title={t(id ? "ads:campaign.edit" : "ads:campaign.newTitle")} onBack={back} hasMainButton>
      {id ? <Existing key={id} id={id} /> : <Editor campaign={null} />}
    </Screen>
  );
}

function Existing({ id }: { id: string }): ReactNode {
  const t = useWords();
  const query = useCampaign(id);
  return (
    <QueryView query={query} skeleton={<SkeletonRows rows={6} avatar={0} />}>
      {(campaign) =>
        campaign.isMine ? (
          <Editor campaign={campaign} />
        ) : (
          <Placeholder icon="lock" title={t("ads:campaign.notYours")} text={t("ads:campaign.notYoursText")} />
        )
      }
    </QueryView>
  );
}

function Editor({ campaign }: { campaign: Campaign | null }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const [, navigate] = useLocation();
  const [draft, setDraft] = useState<CampaignDraft>(() =>
    campaign ? draftOf(campaign, language) : emptyCampaign,
  );
  const [isChecked, setChecked] = useState(false);
  const [isDirty, setDirty] = useState(false);
  useClosingConfirmation(isDirty);
  const problems = campaignProblems(draft);
  const save = useChange<Campaign>((saved) => {
    toast(t(campaign ? "ads:campaign.saved" : "ads:campaign.begun"), "done");
    navigate(`/campaigns/${saved.id}`, { replace: true });
  });
  const submit = () => {
    setChecked(true);
    if (Object.keys(problems).length > 0) {
      haptics.error();
      return focusFirstError();
    }
    const body = campaignOf(draft);
    if (campaign) save.mutate({ method: "PUT", path: `/api/campaigns/${campaign.id}`, body });
    else save.mutate({ method: "POST", path: "/api/campaigns", body });
  };
  return (
    <>
      <CampaignForm
        draft={draft}
        problems={isChecked ? problems : {}}
        onChange={(part) => {
          setDirty(true);
          setDraft({ ...draft, ...part });
        }}
      />
      <MainButton
        text={t(campaign ? "kit:save" : "ads:campaign.begin")}
        isLoading={save.isPending}
        onClick={submit}
      />
    </>
  );
}
