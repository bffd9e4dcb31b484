/** What the reader has signed and the chain has not shown yet. Kept for the tab's life, so that a reload still waits honestly. */
import { useCallback, useState } from "react";
import type { Deal, DealAction } from "../../../../../server/src/kernel/deals/shapes.ts";
import { serverNow } from "../../../../kit/clock.ts";

export interface Sent {
  action: DealAction;
  /** Milliseconds of the server's clock. */
  at: number;
  /** The deal as it was; the wait is over when either has changed. */
  status: string;
  state: string;
}

const WAIT_MS = 15 * 60_000;
const keyOf = (dealId: string): string => `souk.sent.${dealId}`;

function read(dealId: string): Sent | null {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(dealId)) ?? "null") as Sent | null;
  } catch {
    return null;
  }
}

/** Whether a signed message is still on its way, for all that the deal shows. */
export function isOnItsWay(sent: Sent | null, deal: Pick<Deal, "status" | "escrow">, nowMs: number): boolean {
  if (!sent || nowMs - sent.at > WAIT_MS) return false;
  return sent.status === deal.status && sent.state === deal.escrow.state;
}

export function useSent(deal: Deal): { sent: Sent | null; remember: (action: DealAction) => void } {
  const [sent, setSent] = useState(() => read(deal.id));
  const remember = useCallback(
    (action: DealAction) => {
      const next: Sent = { action, at: serverNow(), status: deal.status, state: deal.escrow.state };
      sessionStorage.setItem(keyOf(deal.id), JSON.stringify(next));
      setSent(next);
    },
    [deal.id, deal.status, deal.escrow.state],
  );
  return { sent: isOnItsWay(sent, deal, serverNow()) ? sent : null, remember };
}
