/**
 * What a press on a deal starts: a confirmation that says what will follow, the request to the server, and, when the answer holds a
 * message, its signing in the reader's own wallet. Only one sheet is open at a time.
 */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useLocation } from "wouter";
import type { Deal, DealAction, DealAnswer } from "../../../../../server/src/kernel/deals/shapes.ts";
import type { TonConnectRequest } from "../../../../../server/src/platform/shapes.ts";
import { send } from "../../../../kit/api.ts";
import { useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { toast } from "../../../../kit/toast.tsx";
import { keys } from "../queries.ts";
import { WalletFallback } from "../wallet/fallback.tsx";
import { AgreeSheet } from "./agree-sheet.tsx";
import { ConfirmSheet } from "./confirm-sheet.tsx";
import { DisputeSheet } from "./dispute-sheet.tsx";
import { isReached, type Sent, useSent } from "./sent.ts";

const SignSheet = lazy(() => import("../wallet/sign-sheet.tsx"));

type Step =
  | { kind: "idle" }
  | { kind: "confirm"; action: DealAction }
  | { kind: "agree" }
  | { kind: "dispute" }
  | { kind: "sign"; action: DealAction; request: TonConnectRequest | null };

export interface Flow {
  step: Step;
  isPending: boolean;
  sent: Sent | null;
  start: (action: DealAction) => void;
  close: () => void;
  run: (action: DealAction, body?: object) => void;
  signed: (action: DealAction) => void;
}

export function useDealFlow(deal: Deal): Flow {
  const t = useWords();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [step, setStep] = useState<Step>({ kind: "idle" });
  const { sent, remember } = useSent(deal);
  const close = () => setStep({ kind: "idle" });
  const verb = useMutation({
    mutationFn: ({ action, body }: { action: DealAction; body: object }) =>
      send<DealAnswer>("POST", `/api/deals/${deal.id}/${action}`, body),
    onSuccess: ({ deal: changed, message }, { action }) => {
      client.setQueryData(keys.deal(deal.id), changed);
      void client.invalidateQueries({ queryKey: keys.deals });
      if (message) setStep({ kind: "sign", action, request: message });
      else {
        close();
        toast(t(`deal:said.${action}`), "done");
      }
    },
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
  const run = (action: DealAction, body: object = {}) => verb.mutate({ action, body });
  const start = (action: DealAction) => {
    if (action === "pay") setStep({ kind: "sign", action, request: null });
    else if (action === "agree" || action === "dispute") setStep({ kind: action });
    else if (action === "recheck") run("recheck");
    else if (action === "resolve") navigate(`/arbiter/${deal.id}`);
    else setStep({ kind: "confirm", action });
  };
  return { step, isPending: verb.isPending, sent, start, close, run, signed: remember };
}

export function DealFlow({ flow, deal }: { flow: Flow; deal: Deal }): ReactNode {
  const { step, close } = flow;
  if (step.kind === "confirm") return <ConfirmSheet deal={deal} action={step.action} flow={flow} />;
  if (step.kind === "agree") return <AgreeSheet deal={deal} flow={flow} />;
  if (step.kind === "dispute") return <DisputeSheet deal={deal} flow={flow} />;
  if (step.kind === "sign" && isReached(step.action, deal))
    return <Reached flow={flow} action={step.action} />;
  if (step.kind === "sign")
    return (
      <Suspense fallback={<WalletFallback onClose={close} />}>
        <SignSheet
          deal={deal}
          action={step.action}
          request={step.request}
          onSent={() => flow.signed(step.action)}
          onClose={close}
        />
      </Suspense>
    );
  return null;
}

/** While the reader was still to sign, the contract got there by another's message: nothing is left to do. */
function Reached({ flow, action }: { flow: Flow; action: DealAction }): ReactNode {
  const t = useWords();
  const { close } = flow;
  useEffect(() => {
    close();
    if (action === "dispute") toast(t("deal:said.dispute"), "done");
  });
  return null;
}
