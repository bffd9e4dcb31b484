/** One's own placements on either side, open or over. */
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Segmented } from "../../../../../kit/form.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen } from "../../../../../kit/screen.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import { More } from "../parts/more.tsx";
import { PlacementCell } from "../parts/placement-cell.tsx";
import { usePlacements } from "../queries.ts";

export default function PlacementsScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const [, navigate] = useLocation();
  const [kind, setKind] = useState<"open" | "over">("open");
  const query = usePlacements(kind === "open");
  return (
    <Screen title={t("ads:placements.title")} onBack={back}>
      <div style={{ padding: "0 16px 16px" }}>
        <Segmented
          label={t("ads:placements.title")}
          value={kind}
          onChange={setKind}
          options={[
            { value: "open", text: t("ads:placements.open") },
            { value: "over", text: t("ads:placements.over") },
          ]}
        />
      </div>
      <QueryView query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}>
        {(items) =>
          items.length === 0 ? (
            <Placeholder
              icon="channels"
              title={t(`ads:placements.empty.${kind}`)}
              text={t(`ads:placements.emptyText.${kind}`)}
              action={
                kind === "open"
                  ? { text: t("ads:hub.find"), onClick: () => navigate("/ads/channels") }
                  : undefined
              }
            />
          ) : (
            <>
              <Section label={t(`ads:placements.${kind}`)}>
                {items.map((placement) => (
                  <PlacementCell key={placement.id} placement={placement} />
                ))}
              </Section>
              <More query={query} />
            </>
          )
        }
      </QueryView>
    </Screen>
  );
}
