/** What the reader has signed and the chain has not shown yet. Kept for the tab's life, so that a reload still waits honestly. */
import { useCallback, useState } from "react";
import type { Deal, DealAction, EscrowStateName } from "../../../../../server/src/kernel/deals/shapes.ts";
import { serverNow } from "../../../../kit/clock.ts";

export interface Sent {
  action: DealAction;
  /** Milliseconds of the server's clock. */
  at: number;
  /** The deal as it was. */
  status: string;
  state: string;
  /** What both had consented to, as it was. */
  consents: string;
}

type Seen = Pick<Deal, "status" | "agreement"> & { escrow: Pick<Deal["escrow"], "state"> };

const WAIT_MS = 15 * 60_000;
const keyOf = (dealId: string): string => `souk.sent.${dealId}`;
/** The state that an action leads to. The others lead to none of their own. */
const goals: Partial<Record<DealAction, EscrowStateName>> = {
  release: "Settled",
  refund: "Settled",
  resolve: "Settled",
  dispute: "Disputed",
};

/** Whether the contract is where the action leads, by whoever's message: the platform may have been quicker than the wallet. */
export const isReached = (action: DealAction, deal: Seen): boolean =>
  action === "pay" ? deal.escrow.state !== "Init" : goals[action] === deal.escrow.state;

export const sentNow = (action: DealAction, deal: Seen, nowMs: number): Sent => ({
  action,
  at: nowMs,
  status: deal.status,
  state: deal.escrow.state,
  consents: JSON.stringify(deal.agreement),
});

/** Whether a signed message is still on its way, for all that the deal shows. */
export function isOnItsWay(sent: Sent | null, deal: Seen, nowMs: number): boolean {
  if (!sent || nowMs - sent.at > WAIT_MS || isReached(sent.action, deal)) return false;
  if (sent.action === "agree" && sent.consents !== JSON.stringify(deal.agreement)) return false;
  return sent.status === deal.status && sent.state === deal.escrow.state;
}

function read(dealId: string): Sent | null {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(dealId)) ?? "null") as Sent | null;
  } catch {
    return null;
  }
}

export function useSent(deal: Deal): { sent: Sent | null; remember: (action: DealAction) => void } {
  const [sent, setSent] = useState(() => read(deal.id));
  const remember = useCallback(
    (action: DealAction) => {
      const next = sentNow(action, deal, serverNow());
      sessionStorage.setItem(keyOf(deal.id), JSON.stringify(next));
      setSent(next);
    },
    [deal],
  );
  return { sent: isOnItsWay(sent, deal, serverNow()) ? sent : null, remember };
}
