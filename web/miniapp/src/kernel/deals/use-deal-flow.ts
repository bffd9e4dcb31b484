/** What a press on a deal starts, and where it stands: at most one sheet at a time. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import type { Deal, DealAction, DealAnswer } from "../../../../../server/src/kernel/deals/shapes.ts";
import type { TonConnectRequest } from "../../../../../server/src/platform/shapes.ts";
import { send } from "../../../../kit/api.ts";
import { useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { toast } from "../../../../kit/toast.tsx";
import { keys } from "../queries.ts";
import { type Sent, useSent } from "./sent.ts";

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
  const signed = (action: DealAction) => {
    remember(action);
    // The card at the top now says that it is on its way.
    window.scrollTo({ top: 0 });
  };
  return { step, isPending: verb.isPending, sent, start, close, run, signed };
}
