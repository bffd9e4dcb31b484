/** One dispute: what both say, what happened, and the arbiter's decision, signed by the arbiter's own wallet. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import type { Deal, DealAnswer } from "../../../../../server/src/kernel/deals/shapes.ts";
import type { TonConnectRequest } from "../../../../../server/src/platform/shapes.ts";
import { formatBps } from "../../../../kit/amount.ts";
import { send } from "../../../../kit/api.ts";
import { Button } from "../../../../kit/button.tsx";
import { useLanguage, useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { NextStepCard } from "../../../../kit/next-step-card.tsx";
import { QueryView, Screen } from "../../../../kit/screen.tsx";
import { Sheet } from "../../../../kit/sheet.tsx";
import { toast } from "../../../../kit/toast.tsx";
import { DealContract, DealDeadlines, DealMoney, DealParties } from "../deals/deal-facts.tsx";
import { DealDispute, DealOutcome } from "../deals/deal-outcome.tsx";
import { DealTimeline } from "../deals/deal-timeline.tsx";
import { useSent } from "../deals/sent.ts";
import { nextWords, toneOf, whoseMove } from "../deals/words.ts";
import { useBack } from "../navigation.ts";
import { keys } from "../queries.ts";
import { WalletFallback } from "../wallet/fallback.tsx";
import { DecisionForm } from "./decision-form.tsx";
import { useCase } from "./queries.ts";

const SignSheet = lazy(() => import("../wallet/sign-sheet.tsx"));

export default function CaseScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = useCase(id);
  return (
    <Screen title={query.data?.subject.channelTitle ?? t("arbiter:case")} onBack={back} hasMainButton>
      <QueryView query={query}>{(deal) => <Case deal={deal} />}</QueryView>
    </Screen>
  );
}

interface Decision {
  sellerBps: number;
  note: string;
}

function Case({ deal }: { deal: Deal }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const client = useQueryClient();
  const { sent, remember } = useSent(deal);
  const [decision, setDecision] = useState<Decision | null>(null);
  const [request, setRequest] = useState<TonConnectRequest | null>(null);
  const resolve = useMutation({
    mutationFn: (body: Decision) => send<DealAnswer>("POST", `/api/admin/deals/${deal.id}/resolve`, body),
    onSuccess: ({ message }) => {
      setDecision(null);
      void client.invalidateQueries({ queryKey: keys.desk });
      if (message) setRequest(message);
      else toast(t("deal:said.resolve"), "done");
    },
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
  const words = nextWords(t, deal);
  const mayDecide = deal.nextStep.actions.includes("resolve") && !sent;
  return (
    <>
      <NextStepCard
        tone={toneOf(deal)}
        who={sent ? t("deal:who.chain") : whoseMove(t, deal)}
        title={sent ? t("deal:sent.other.title") : words.title}
        body={sent ? t("deal:sent.other.text") : words.body}
        otherwise={
          sent || !mayDecide
            ? null
            : t("arbiter:silent", { share: formatBps(deal.escrow.sellerBps, language) })
        }
        deadline={deal.nextStep.deadline}
        progress={null}
      />
      {deal.outcome && <DealOutcome deal={deal} outcome={deal.outcome} />}
      {deal.dispute && <DealDispute deal={deal} dispute={deal.dispute} />}
      <DealTimeline deal={deal} />
      {mayDecide && <DecisionForm deal={deal} onDecide={setDecision} isPaused={request !== null} />}
      <DealMoney deal={deal} />
      <DealParties deal={deal} />
      <DealDeadlines deal={deal} />
      <DealContract deal={deal} />
      {decision && (
        <DecisionSheet
          decision={decision}
          isPending={resolve.isPending}
          onDecide={() => resolve.mutate(decision)}
          onClose={() => setDecision(null)}
        />
      )}
      {request && (
        <Suspense fallback={<WalletFallback onClose={() => setRequest(null)} />}>
          <SignSheet
            deal={{ ...deal, role: "arbiter" }}
            action="resolve"
            request={request}
            onSent={() => {
              remember("resolve");
              window.scrollTo({ top: 0 });
            }}
            onClose={() => setRequest(null)}
          />
        </Suspense>
      )}
    </>
  );
}

function DecisionSheet(props: {
  decision: Decision;
  isPending: boolean;
  onDecide: () => void;
  onClose: () => void;
}): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { sellerBps } = props.decision;
  const share = t("deal:split.share", {
    seller: formatBps(sellerBps, language),
    buyer: formatBps(10_000 - sellerBps, language),
  });
  return (
    <Sheet title={t("arbiter:confirmTitle")} onClose={props.onClose} testId="confirm-resolve">
      <p className="screen-lead">
        {share}. {t("arbiter:confirmText")}
      </p>
      <div className="sheet-actions">
        <Button onClick={props.onDecide} isLoading={props.isPending}>
          {t("arbiter:decide")}
        </Button>
      </div>
    </Sheet>
  );
}
