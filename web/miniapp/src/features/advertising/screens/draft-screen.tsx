/** A draft of the post that belongs to a campaign. */
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Button, MainButton } from "../../../../../kit/button.tsx";
import { Field, focusFirstError } from "../../../../../kit/form.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { haptics, useClosingConfirmation } from "../../../../../kit/telegram.ts";
import { toast } from "../../../../../kit/toast.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import { useChange } from "../changes.ts";
import { creativeOf, creativeProblems, hasProblems } from "../drafts/creative-draft.ts";
import { CreativeForm } from "../parts/creative-form.tsx";
import { useCreative } from "../parts/use-creative.ts";
import { type Creative, useCreatives } from "../queries.ts";

export default function DraftScreen({ id, draftId }: { id: string; draftId: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = useCreatives(id);
  const isNew = draftId === "new";
  const found = query.data?.items.find((one) => one.id === draftId) ?? null;
  return (
    <Screen title={t(isNew ? "ads:drafts.newTitle" : "ads:drafts.title")} onBack={back} hasMainButton>
      <QueryView query={query} skeleton={<SkeletonRows rows={4} avatar={0} />}>
        {() =>
          isNew || found ? (
            <Editor key={draftId} campaignId={id} creative={found} />
          ) : (
            <Placeholder icon="search" title={t("ads:drafts.gone")} text={t("ads:drafts.goneText")} />
          )
        }
      </QueryView>
    </Screen>
  );
}

function Editor({ campaignId, creative }: { campaignId: string; creative: Creative | null }): ReactNode {
  const t = useWords();
  const [, navigate] = useLocation();
  const [title, setTitle] = useState(creative?.title ?? "");
  const written = useCreative(creative);
  const [isChecked, setChecked] = useState(false);
  useClosingConfirmation(written.isDirty || title !== (creative?.title ?? ""));
  const problems = creativeProblems(written.draft, "bot");
  const isUntitled = title.trim() === "";
  const save = useChange((_, { method }) => {
    toast(t(method === "DELETE" ? "ads:drafts.removed" : "ads:drafts.saved"), "done");
    navigate(`/campaigns/${campaignId}`, { replace: true });
  });
  const path = `/api/campaigns/${campaignId}/creatives${creative ? `/${creative.id}` : ""}`;
  const submit = () => {
    setChecked(true);
    if (isUntitled || hasProblems(problems)) {
      haptics.error();
      return focusFirstError();
    }
    save.mutate({
      method: creative ? "PUT" : "POST",
      path,
      body: { title: title.trim(), ...creativeOf(written.draft) },
    });
  };
  return (
    <>
      <Section footer={t("ads:drafts.titleFooter")}>
        <Field
          label={t("ads:drafts.name")}
          value={title}
          max={80}
          onChange={setTitle}
          error={isChecked && isUntitled ? t("ads:problem.draftTitle") : null}
        />
      </Section>
      <CreativeForm
        creative={written}
        problems={isChecked ? problems : null}
        channel={{ title: t("ads:drafts.anyChannel") }}
        mark={null}
        at={null}
      />
      {creative && (
        <div className="sheet-actions">
          <Button look="danger" onClick={() => save.mutate({ method: "DELETE", path })}>
            {t("ads:drafts.remove")}
          </Button>
        </div>
      )}
      <MainButton
        text={t(written.photos.isBusy ? "ads:editor.photosBusy" : "kit:save")}
        isEnabled={written.isWhole}
        isLoading={save.isPending}
        onClick={submit}
      />
    </>
  );
}
