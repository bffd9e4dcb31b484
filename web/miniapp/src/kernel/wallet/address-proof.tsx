/** On request: the address of the contract, worked out again on the reader's own device. */
import { type ReactNode, useState } from "react";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import { useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Cell } from "../../../../kit/list.tsx";

type State = "idle" | "checking" | "right" | "wrong";

export function AddressProof({ deal }: { deal: Deal }): ReactNode {
  const t = useWords();
  const [state, setState] = useState<State>("idle");
  const check = async () => {
    setState("checking");
    const { checkDeal } = await import("./escrow-check.ts");
    setState(checkDeal(deal).length === 0 ? "right" : "wrong");
  };
  if (state === "idle" || state === "checking")
    return (
      <Cell
        look="action"
        title={t(state === "idle" ? "wallet:proof.check" : "wallet:proof.checking")}
        isDisabled={state === "checking"}
        onClick={() => void check().catch(() => setState("idle"))}
      />
    );
  return (
    <div className="reassure" data-tone={state === "right" ? "done" : "trouble"} role="status">
      <Icon name={state === "right" ? "shield" : "warning"} />
      <span>{t(`wallet:proof.${state}`)}</span>
    </div>
  );
}
