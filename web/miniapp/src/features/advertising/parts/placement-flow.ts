/** What a press on a placement starts: at most one sheet at a time. */
import { useState } from "react";
import { useLocation } from "wouter";
import type { PlacementAction } from "../../../../../../server/src/markets/channels/placements/shapes.ts";
import { useWords } from "../../../../../kit/i18n.ts";
import { toast } from "../../../../../kit/toast.tsx";
import { useChange } from "../changes.ts";
import type { Placement } from "../queries.ts";

export type PlacementSheet = "approve" | "cancel" | "report_post" | "answer_edit" | "wallet";

export interface PlacementFlow {
  sheet: PlacementSheet | null;
  isPending: boolean;
  start: (action: Exclude<PlacementAction, "pay" | "set_removal">) => void;
  /** Null when it cannot be changed (any more). */
  setRemoval: (() => void) | null;
  open: (sheet: PlacementSheet | null) => void;
  run: (action: "approve" | "cancel" | "report_post" | "answer_edit" | "check", body: object) => void;
}

const paths = {
  approve: (id: string) => `/api/deals/${id}/approve`,
  cancel: (id: string) => `/api/placements/${id}/cancel`,
  report_post: (id: string) => `/api/deals/${id}/post`,
  answer_edit: (id: string) => `/api/deals/${id}/edit`,
  check: (id: string) => `/api/deals/${id}/check`,
} as const;

export function usePlacementFlow(placement: Placement): PlacementFlow {
  const t = useWords();
  const [, navigate] = useLocation();
  const [sheet, open] = useState<PlacementSheet | null>(null);
  const { id } = placement;
  const change = useChange<Placement>((_, { path }) => {
    open(null);
    toast(t(`ads:placements.done.${path.split("/").at(-1)}`), "done");
    window.scrollTo({ top: 0 });
  });
  const run: PlacementFlow["run"] = (action, body) =>
    change.mutate({ method: "POST", path: paths[action](id), body });
  const start: PlacementFlow["start"] = (action) => {
    if (action === "edit_creative") navigate(`/placements/${id}/creative`);
    else if (action === "check") run("check", {});
    else open(action);
  };
  const setRemoval = placement.nextStep.actions.includes("set_removal")
    ? () =>
        change.mutate({
          method: "PUT",
          path: `/api/placements/${id}/removal`,
          body: { isRemovedAfter: !placement.isRemovedAfter },
        })
    : null;
  return { sheet, isPending: change.isPending, start, setRemoval, open, run };
}
