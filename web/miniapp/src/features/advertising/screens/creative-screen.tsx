/** The creative of a placement: whoever changes it proposes a version, and the other side is asked again. */
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import type { AdData } from "../../../../../../server/src/markets/channels/placements/shapes.ts";
import { MainButton } from "../../../../../kit/button.tsx";
import { Field, focusFirstError } from "../../../../../kit/form.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { haptics, useClosingConfirmation } from "../../../../../kit/telegram.ts";
import { toast } from "../../../../../kit/toast.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import { useMe } from "../../../kernel/queries.ts";
import { LinkWallet } from "../../../kernel/wallet/link-wallet.tsx";
import { useChange } from "../changes.ts";
import { creativeOf, creativeProblems, hasProblems } from "../drafts/creative-draft.ts";
import { markingText } from "../marking.ts";
import { CreativeForm } from "../parts/creative-form.tsx";
import { useCreative } from "../parts/use-creative.ts";
import { otherOf } from "../placement-words.ts";
import { type Placement, usePlacement } from "../queries.ts";

export default function CreativeScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = usePlacement(id);
  return (
    <Screen title={t("ads:editor.title")} onBack={back} hasMainButton>
      <QueryView query={query} skeleton={<SkeletonRows rows={5} avatar={0} />}>
        {(placement) =>
          placement.nextStep.actions.includes("edit_creative") ? (
            <Editor key={id} placement={placement} />
          ) : (
            <Placeholder icon="lock" title={t("ads:editor.closed")} text={t("ads:editor.closedText")} />
          )
        }
      </QueryView>
    </Screen>
  );
}

const noAd: AdData = { erid: null, advertiserName: null, advertiserInn: null };

/** What is being written, what is wrong with it, and sending it: a wallet is linked on the way where there is none. */
function useEditor(placement: Placement) {
  const t = useWords();
  const [, navigate] = useLocation();
  const me = useMe().data;
  const before = placement.creative;
  const [basedOn] = useState(before?.version ?? 0);
  const written = useCreative(before);
  const [firstAd] = useState<AdData>(before?.ad ?? noAd);
  const [ad, setAd] = useState(firstAd);
  const [isChecked, setChecked] = useState(false);
  const [isLinking, setLinking] = useState(false);
  useClosingConfirmation(written.isDirty || ad !== firstAd);
  const problems = creativeProblems(written.draft, placement.postedBy);
  const adWrong = adProblems(ad);
  const save = useChange<Placement>(() => {
    toast(t("ads:editor.sent", { name: otherOf(placement).firstName }), "done");
    navigate(`/placements/${placement.id}`, { replace: true });
  });
  const send = () => {
    setLinking(false);
    save.mutate({
      method: "PUT",
      path: `/api/deals/${placement.id}/creative`,
      body: { basedOn, ...creativeOf(written.draft), ...(placement.role === "advertiser" ? { ad } : {}) },
    });
  };
  const submit = () => {
    setChecked(true);
    if (hasProblems(problems) || Object.keys(adWrong).length > 0) {
      haptics.error();
      return focusFirstError();
    }
    // Proposing is agreeing to it, and the other's word opens the deal, which is bound to a wallet of each side.
    if (me?.wallets.length === 0) setLinking(true);
    else send();
  };
  return {
    written,
    ad,
    problems: isChecked ? problems : null,
    adWrong: isChecked ? adWrong : {},
    isStale: before !== null && before.version !== basedOn,
    isPending: save.isPending,
    isLinking,
    setAd,
    submit,
    send,
    stopLinking: () => setLinking(false),
  };
}

function Editor({ placement }: { placement: Placement }): ReactNode {
  const t = useWords();
  const editor = useEditor(placement);
  const { firstName: name } = otherOf(placement);
  return (
    <>
      {editor.isStale && (
        <Section>
          <div className="reassure" data-tone="trouble" role="status">
            <span>{t("ads:editor.stale", { name })}</span>
          </div>
        </Section>
      )}
      <CreativeForm
        creative={editor.written}
        problems={editor.problems}
        channel={placement.channel}
        mark={markingText(editor.ad)}
        at={placement.postAt}
      />
      {placement.role === "advertiser" && (
        <AdFields ad={editor.ad} problems={editor.adWrong} onChange={editor.setAd} />
      )}
      <MainButton
        text={t(editor.written.photos.isBusy ? "ads:editor.photosBusy" : "ads:editor.send", { name })}
        isEnabled={editor.written.isWhole}
        isLoading={editor.isPending}
        onClick={editor.submit}
      />
      {editor.isLinking && <LinkWallet onClose={editor.stopLinking} onLinked={editor.send} />}
    </>
  );
}

const adProblems = ({ erid, advertiserInn }: AdData): Partial<Record<keyof AdData, string>> => ({
  ...(erid !== null && !/^[A-Za-z0-9]{5,100}$/.test(erid) ? { erid: "erid" } : {}),
  ...(advertiserInn !== null && !/^(\d{10}|\d{12})$/.test(advertiserInn) ? { advertiserInn: "inn" } : {}),
});

function AdFields(props: {
  ad: AdData;
  problems: Partial<Record<keyof AdData, string>>;
  onChange: (ad: AdData) => void;
}): ReactNode {
  const { ad, problems, onChange } = props;
  const t = useWords();
  const field = (name: keyof AdData, max: number) => (
    <Field
      label={t(`ads:law.${name}`)}
      value={ad[name] ?? ""}
      max={max}
      keyboard={name === "advertiserInn" ? "numeric" : "text"}
      onChange={(typed) => onChange({ ...ad, [name]: typed.trim() === "" ? null : typed.trimStart() })}
      error={problems[name] ? t(`ads:problem.${problems[name]}`) : null}
    />
  );
  return (
    <Section header={t("ads:law.header")} footer={t("ads:law.adFooter")}>
      {field("erid", 100)}
      {field("advertiserName", 200)}
      {field("advertiserInn", 12)}
    </Section>
  );
}
