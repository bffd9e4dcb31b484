/** The sheets of a placement: each says in plain words what follows before anything is sent. */
import { type ReactNode, useState } from "react";
import { Button } from "../../../../../kit/button.tsx";
import { Field, focusFirstError } from "../../../../../kit/form.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon, type IconName } from "../../../../../kit/icons.tsx";
import { Section, type Tone } from "../../../../../kit/list.tsx";
import { Sheet } from "../../../../../kit/sheet.tsx";
import { useMe } from "../../../kernel/queries.ts";
import { LinkWallet } from "../../../kernel/wallet/link-wallet.tsx";
import { otherOf } from "../placement-words.ts";
import { blocksOf } from "../post/blocks.ts";
import type { Placement } from "../queries.ts";
import type { PlacementFlow } from "./placement-flow.ts";

interface Props {
  placement: Placement;
  flow: PlacementFlow;
}

export function PlacementSheets({ placement, flow }: Props): ReactNode {
  const me = useMe().data;
  // The second approval opens the deal, which is bound to a wallet of each side.
  const isMine = placement.access === "own";
  const needsWallet =
    flow.sheet === "wallet" || (isMine && flow.sheet === "approve" && me?.wallets.length === 0);
  if (needsWallet)
    return <LinkWallet onClose={() => flow.open(null)} onLinked={() => flow.open("approve")} />;
  if (flow.sheet === "approve") return <Approve placement={placement} flow={flow} />;
  if (flow.sheet === "cancel") return <Cancel placement={placement} flow={flow} />;
  if (flow.sheet === "report_post") return <ReportPost placement={placement} flow={flow} />;
  if (flow.sheet === "answer_edit") return <AnswerEdit placement={placement} flow={flow} />;
  return null;
}

function Say(props: { icon: IconName; tone: Tone; children: ReactNode }): ReactNode {
  return (
    <div className="reassure" data-tone={props.tone}>
      <Icon name={props.icon} />
      <span>{props.children}</span>
    </div>
  );
}

function Approve({ placement, flow }: Props): ReactNode {
  const t = useWords();
  const { creative, role } = placement;
  if (!creative) return null;
  const isLast = role === "advertiser" ? creative.approvedByPublisher : creative.approvedByAdvertiser;
  const name = otherOf(placement).firstName;
  return (
    <Sheet title={t("ads:approve.title")} onClose={() => flow.open(null)} testId="approve-sheet">
      <Section>
        <Say icon="check" tone="done">
          {t("ads:approve.text", { version: creative.version })}
        </Say>
        <Say icon="lock" tone="safe">
          {t(isLast ? `ads:approve.last.${role}` : "ads:approve.first", { name })}
        </Say>
      </Section>
      <div className="sheet-actions">
        <Button
          onClick={() => flow.run("approve", { version: creative.version })}
          isLoading={flow.isPending}
          testId="approve"
        >
          {t("ads:approve.button")}
        </Button>
        <Button look="plain" onClick={() => flow.open(null)}>
          {t("ads:accept.no")}
        </Button>
      </div>
    </Sheet>
  );
}

function Cancel({ placement, flow }: Props): ReactNode {
  const t = useWords();
  return (
    <Sheet title={t("ads:cancel.title")} onClose={() => flow.open(null)} testId="cancel-sheet">
      <Section>
        <Say icon="warning" tone="waiting">
          {t("ads:cancel.text", { name: otherOf(placement).firstName })}
        </Say>
      </Section>
      <div className="sheet-actions">
        <Button onClick={() => flow.run("cancel", {})} isLoading={flow.isPending}>
          {t("ads:cancel.button")}
        </Button>
        <Button look="plain" onClick={() => flow.open(null)}>
          {t("ads:accept.no")}
        </Button>
      </div>
    </Sheet>
  );
}

const POST_URL = /^https?:\/\/t\.me\/(c\/\d{5,16}|[A-Za-z]\w{3,31})\/\d{1,12}/;

function ReportPost({ placement, flow }: Props): ReactNode {
  const t = useWords();
  const [url, setUrl] = useState("");
  const [isChecked, setChecked] = useState(false);
  // A local world has links of its own; the server is the judge of them.
  const isRight = POST_URL.test(url.trim()) || /^https?:\/\/\S+\/\d+$/.test(url.trim());
  const send = () => {
    setChecked(true);
    if (isRight) flow.run("report_post", { url: url.trim() });
    else focusFirstError();
  };
  return (
    <Sheet title={t("ads:report.title")} onClose={() => flow.open(null)} testId="report-sheet">
      <Section footer={t("ads:report.footer")}>
        <Field
          label={t("ads:report.field")}
          placeholder={`https://t.me/${placement.channel.username ?? "c/…"}/12`}
          value={url}
          max={200}
          onChange={setUrl}
          error={isChecked && !isRight ? t("ads:report.wrong") : null}
        />
      </Section>
      <div className="sheet-actions">
        <Button onClick={send} isLoading={flow.isPending}>
          {t("ads:report.button")}
        </Button>
      </div>
    </Sheet>
  );
}

/** What stands there now beside what was agreed; either word of the advertiser's says what follows. */
function AnswerEdit({ placement, flow }: Props): ReactNode {
  const t = useWords();
  const edit = placement.post?.edit;
  if (!edit || !placement.preview) return null;
  const agreed = blocksOf(placement.preview)
    .flatMap(({ runs }) => runs.map(({ text }) => text))
    .join("");
  return (
    <Sheet title={t("ads:edit.title")} onClose={() => flow.open(null)} testId="edit-sheet">
      <Section header={t("ads:edit.agreed")}>
        <p className="prose">{agreed}</p>
      </Section>
      <Section header={t("ads:edit.now")} footer={t("ads:edit.footer")}>
        <p className="prose">{edit.text}</p>
      </Section>
      <div className="sheet-actions">
        <Button
          onClick={() => flow.run("answer_edit", { accept: true })}
          isLoading={flow.isPending}
          testId="accept-edit"
        >
          {t("ads:edit.accept")}
        </Button>
        <Button
          look="danger"
          onClick={() => flow.run("answer_edit", { accept: false })}
          isDisabled={flow.isPending}
          testId="reject-edit"
        >
          {t("ads:edit.reject")}
        </Button>
      </div>
    </Sheet>
  );
}
