/** One's own offers, as the side that pays and as the side that posts. */
import { type ReactNode, useState } from "react";
import { useLocation, useSearchParams } from "wouter";
import type { Party } from "../../../../../../server/src/markets/channels/advertising/shapes.ts";
import { Segmented } from "../../../../../kit/form.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen } from "../../../../../kit/screen.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import "../advertising.css";
import { isMyTurn } from "../offer-words.ts";
import { More } from "../parts/more.tsx";
import { OfferCell } from "../parts/offer-cell.tsx";
import { useOffers } from "../queries.ts";

export default function OffersScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const [role, setRole] = useState<Party>(search.get("role") === "publisher" ? "publisher" : "advertiser");
  const query = useOffers(role, null);
  return (
    <Screen title={t("ads:offers.title")} onBack={back}>
      <div style={{ padding: "0 16px 16px" }}>
        <Segmented
          label={t("ads:offers.side")}
          value={role}
          onChange={setRole}
          options={[
            { value: "advertiser", text: t("ads:role.advertiser") },
            { value: "publisher", text: t("ads:role.publisher") },
          ]}
        />
      </div>
      <QueryView query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}>
        {(items) => {
          const groups = {
            mine: items.filter(isMyTurn),
            theirs: items.filter((offer) => offer.status === "open" && !isMyTurn(offer)),
            closed: items.filter(({ status }) => status !== "open"),
          };
          if (items.length === 0)
            return (
              <Placeholder
                icon="swap"
                title={t(`ads:offers.empty.${role}`)}
                text={t(`ads:offers.emptyText.${role}`)}
                action={{
                  text: t(`ads:offers.emptyAction.${role}`),
                  onClick: () => navigate(role === "advertiser" ? "/ads/channels" : "/ads/campaigns"),
                }}
              />
            );
          return (
            <>
              {(["mine", "theirs", "closed"] as const).map(
                (group) =>
                  groups[group].length > 0 && (
                    <Section key={group} header={t(`ads:offers.${group}`)} testId={`offers-${group}`}>
                      {groups[group].map((offer) => (
                        <OfferCell key={offer.id} offer={offer} />
                      ))}
                    </Section>
                  ),
              )}
              <More query={query} />
            </>
          );
        }}
      </QueryView>
    </Screen>
  );
}
