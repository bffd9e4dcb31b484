import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../../kit/list.tsx";
import type { Placement } from "../queries.ts";

export function EvidenceRow({ placement }: { placement: Placement }): ReactNode {
  const t = useWords();
  return (
    <Section footer={t("ads:evidence.rowFooter")}>
      <Cell
        before={<Icon name="shield" />}
        title={t("ads:evidence.title")}
        subtitle={t("ads:evidence.row")}
        to={`/placements/${placement.id}/evidence`}
      />
    </Section>
  );
}
