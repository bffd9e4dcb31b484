import type { ReactNode } from "react";
import { Button } from "../../../../kit/button.tsx";
import { useWords } from "../../../../kit/i18n.ts";
import { Section } from "../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen } from "../../../../kit/screen.tsx";
import { useBack } from "../navigation.ts";
import { PaymentCell } from "./payment-cell.tsx";
import { usePayments } from "./requests.ts";

export default function PaymentsScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = usePayments();
  return (
    <Screen title={t("pay:list.title")} onBack={back}>
      <QueryView query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}>
        {(items) =>
          items.length === 0 ? (
            <Placeholder icon="coins" title={t("pay:list.empty")} text={t("pay:list.emptyText")} />
          ) : (
            <>
              <Section label={t("pay:list.title")}>
                {items.map((payment) => (
                  <PaymentCell key={payment.id} payment={payment} />
                ))}
              </Section>
              {query.hasNextPage && (
                <Button
                  look="plain"
                  isLoading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
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
