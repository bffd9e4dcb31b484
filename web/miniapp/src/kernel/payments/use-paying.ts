/** One payment, from the choice of a way to its end: what the server says, what this phone has seen, and what a press does. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Mean, Payment } from "../../../../../server/src/kernel/payments/shapes.ts";
import type { Amount } from "../../../../../server/src/platform/shapes.ts";
import { randomId } from "../../../../kit/api.ts";
import { serverNow, useNow } from "../../../../kit/clock.ts";
import { isTransient } from "../../../../kit/problem.ts";
import { keys } from "../queries.ts";
import { openInvoice } from "./invoice.ts";
import { cancel, check, choose, topUp, usePayment } from "./requests.ts";
import { askAgainMs, type Seen, type Stage, seenNow, stageOf } from "./stage.ts";

/** What is to be paid: something that waits for payment, or a top-up that begins with its first choice. */
export type Bill = { paymentId: string } | { topUp: Amount; returnTo: string };

export interface Paying {
  payment: Payment | null;
  error: unknown;
  refetch: () => void;
  /** Null while there is no payment yet. */
  stage: Stage | null;
  isChoosing: boolean;
  chooseAgain: (isChoosing: boolean) => void;
  pick: (mean: Mean) => void;
  /** Why the last press came to nothing. */
  refusal: unknown;
  isPicking: boolean;
  /** Telegram's window is open. */
  isInvoiceOpen: boolean;
  payInvoice: () => void;
  /** The phone has seen that money left, or takes that back. */
  remember: () => void;
  forget: () => void;
  checkNow: () => void;
  isChecking: boolean;
  giveUp: () => void;
  isGivingUp: boolean;
}

const seenKey = (id: string): string => `souk.paid.${id}`;

function readSeen(id: string | null): Seen | null {
  try {
    return JSON.parse(sessionStorage.getItem(seenKey(id ?? "")) ?? "null") as Seen | null;
  } catch {
    return null;
  }
}

/** One idempotency key for each intention, over all of its attempts: a second press after a lost answer replays the first. */
function useAttemptKeys() {
  const known = useRef(new Map<string, string>());
  const keyOf = (intention: string): string => {
    const key = known.current.get(intention) ?? randomId();
    known.current.set(intention, key);
    return key;
  };
  /** A refusal is an answer: what is tried after it is another intention. */
  const forget = (intention: string, error: unknown) => {
    if (!isTransient(error)) known.current.delete(intention);
  };
  return { keyOf, forget };
}

function useSeen(payment: Payment | null) {
  const id = payment?.id ?? null;
  const [seen, setSeen] = useState<Seen | null>(() => readSeen(id));
  useEffect(() => setSeen(readSeen(id)), [id]);
  const remember = useCallback(() => {
    if (!payment) return;
    const next = seenNow(payment, serverNow());
    sessionStorage.setItem(seenKey(payment.id), JSON.stringify(next));
    setSeen(next);
  }, [payment]);
  const forget = useCallback(() => {
    if (payment) sessionStorage.removeItem(seenKey(payment.id));
    setSeen(null);
  }, [payment]);
  return { seen, remember, forget };
}

/** What can be done with a payment that is there. */
function useVerbs(payment: Payment | null) {
  const client = useQueryClient();
  const onSuccess = (changed: Payment) => {
    client.setQueryData(keys.payment(changed.id), changed);
    void client.invalidateQueries({ queryKey: [...keys.payments, "list"] });
  };
  const onError = () => void client.invalidateQueries({ queryKey: keys.payments });
  const checking = useMutation({
    mutationFn: (id: string) => check(id, randomId()),
    onSuccess,
    onError,
  });
  const cancelling = useMutation({
    mutationFn: (id: string) => cancel(id, randomId()),
    onSuccess,
    onError,
  });
  return {
    checking,
    cancelling,
    checkNow: () => payment && !checking.isPending && checking.mutate(payment.id),
    giveUp: () => payment && !cancelling.isPending && cancelling.mutate(payment.id),
  };
}

function usePicking(bill: Bill, id: string | null, onPicked: (payment: Payment) => void) {
  const client = useQueryClient();
  const { keyOf, forget } = useAttemptKeys();
  const isBusy = useRef(false);
  const intentionOf = ({ provider, method, asset }: Mean) => `${id ?? "new"}/${provider}/${method}/${asset}`;
  const picking = useMutation({
    mutationFn: (mean: Mean) => {
      const { provider, asset } = mean;
      const way = { provider, ...(mean.method ? { method: mean.method } : {}) };
      const key = keyOf(intentionOf(mean));
      if (id !== null) return choose(id, { ...way, asset }, key);
      if ("paymentId" in bill) throw new Error("a payment is chosen for by its id");
      return topUp({ ...bill.topUp, ...way, returnTo: bill.returnTo }, key);
    },
    onSuccess: (payment) => {
      client.setQueryData(keys.payment(payment.id), payment);
      void client.invalidateQueries({ queryKey: [...keys.payments, "list"] });
      void client.invalidateQueries({ queryKey: keys.balance });
      onPicked(payment);
    },
    onError: (error, mean) => {
      forget(intentionOf(mean), error);
      // Prices may have moved, and an answer that was lost may have been a yes.
      void client.invalidateQueries({ queryKey: keys.payments });
    },
    onSettled: () => {
      isBusy.current = false;
    },
  });
  const pick = (mean: Mean) => {
    // Two taps may come before the button is drawn disabled.
    if (isBusy.current) return;
    isBusy.current = true;
    picking.mutate(mean);
  };
  return { picking, pick };
}

/** Telegram's window for this payment. Whatever it says when it closes, the server is asked. */
function useInvoiceWindow(payment: Payment | null, onMaybe: () => void, onClosed: () => void) {
  const [isOpen, setOpen] = useState(false);
  const isBusy = useRef(false);
  const open = async () => {
    if (payment?.pay?.kind !== "stars" || isBusy.current) return;
    isBusy.current = true;
    setOpen(true);
    const said = await openInvoice(payment.pay.url);
    isBusy.current = false;
    setOpen(false);
    if (said === "maybe") onMaybe();
    onClosed();
  };
  return { isOpen, open };
}

export function usePaying(bill: Bill): Paying {
  const [id, setId] = useState("paymentId" in bill ? bill.paymentId : null);
  const [isChoosing, chooseAgain] = useState(false);
  const now = useNow();
  const waitsSince = useRef(serverNow());
  const latestSeen = useRef<Seen | null>(null);
  const query = usePayment(id, (one) =>
    askAgainMs(stageOf(one, latestSeen.current, serverNow()), serverNow() - waitsSince.current),
  );
  const payment = query.data ?? null;
  const { seen, remember, forget } = useSeen(payment);
  latestSeen.current = seen;
  const { checking, cancelling, checkNow, giveUp } = useVerbs(payment);
  const sawMoney = () => {
    waitsSince.current = serverNow();
    remember();
  };
  const invoice = useInvoiceWindow(payment, sawMoney, checkNow);

  // Whoever chose Stars wants Telegram's window, not another button: it opens once, as soon as there is an invoice.
  const opensItself = useRef(false);
  const { picking, pick } = usePicking(bill, id, (picked) => {
    setId(picked.id);
    chooseAgain(false);
    opensItself.current = true;
    waitsSince.current = serverNow();
  });
  const stage = payment && stageOf(payment, seen, now);
  const isReady = stage === "pay" && !isChoosing && payment?.pay?.kind === "stars";
  useEffect(() => {
    if (!isReady || !opensItself.current) return;
    opensItself.current = false;
    void invoice.open();
  });
  return {
    payment,
    error: query.error,
    refetch: () => void query.refetch(),
    stage,
    isChoosing,
    chooseAgain,
    pick,
    refusal: picking.error ?? cancelling.error ?? checking.error,
    isPicking: picking.isPending,
    isInvoiceOpen: invoice.isOpen,
    payInvoice: () => void invoice.open(),
    remember: sawMoney,
    forget,
    checkNow,
    isChecking: checking.isPending,
    giveUp,
    isGivingUp: cancelling.isPending,
  };
}
