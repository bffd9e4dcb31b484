import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Button } from "../../../../kit/button.tsx";
import { Segmented } from "../../../../kit/form.tsx";
import { useWords } from "../../../../kit/i18n.ts";
import { Section } from "../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen } from "../../../../kit/screen.tsx";
import { useDeals } from "../queries.ts";
import { DealCell } from "./deal-cell.tsx";

export function DealsScreen(): ReactNode {
  const t = useWords();
  const [, navigate] = useLocation();
  const [kind, setKind] = useState<"open" | "finished">("open");
  const deals = useDeals(kind === "open");
  const empty = (
    <Placeholder
      icon="deals"
      title={t(`deal:list.${kind}Empty`)}
      text={t(`deal:list.${kind}EmptyText`)}
      action={kind === "open" ? { text: t("deal:list.find"), onClick: () => navigate("/") } : undefined}
    />
  );
  return (
    <Screen title={t("deal:list.title")} onBack={null} hasTabs>
      <div style={{ padding: "0 16px 16px" }}>
        <Segmented
          label={t("deal:list.title")}
          value={kind}
          onChange={setKind}
          options={[
            { value: "open", text: t("deal:list.open") },
            { value: "finished", text: t("deal:list.finished") },
          ]}
        />
      </div>
      <QueryView query={{ ...deals, data: deals.data?.pages.flatMap((page) => page.items) }}>
        {(items) =>
          items.length === 0 ? (
            empty
          ) : (
            <>
              <Section label={t(`deal:list.${kind}`)}>
                {items.map((deal) => (
                  <DealCell key={deal.id} deal={deal} />
                ))}
              </Section>
              {deals.hasNextPage && (
                <Button
                  look="plain"
                  isLoading={deals.isFetchingNextPage}
                  onClick={() => void deals.fetchNextPage()}
                >
                  {t("kit:more")}
                </Button>
              )}
            </>
          )
        }
      </QueryView>
    </Screen>
  );
}
