/** Advertising: what waits for the reader, then the two sides of the market. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { isSignedIn } from "../../../../../kit/reader.ts";
import { Screen } from "../../../../../kit/screen.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import WaitingAds from "../parts/waiting-ads.tsx";

export default function HubScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  return (
    <Screen title={t("ads:title")} lead={t("ads:lead")} onBack={back}>
      {isSignedIn() && <WaitingAds />}
      <Section header={t("ads:hub.advertiser")} footer={t("ads:hub.advertiserFooter")}>
        <Cell
          before={<Icon name="search" />}
          title={t("ads:hub.find")}
          subtitle={t("ads:hub.findText")}
          to="/ads/channels"
        />
        {isSignedIn() && (
          <>
            <Cell
              before={<Icon name="deals" />}
              title={t("ads:hub.campaigns")}
              subtitle={t("ads:hub.campaignsText")}
              to="/ads/campaigns/mine"
            />
            <Cell before={<Icon name="coins" />} title={t("ads:hub.spending")} to="/ads/figures/advertiser" />
          </>
        )}
      </Section>
      <Section header={t("ads:hub.publisher")} footer={t("ads:hub.publisherFooter")}>
        <Cell
          before={<Icon name="globe" />}
          title={t("ads:hub.wanted")}
          subtitle={t("ads:hub.wantedText")}
          to="/ads/campaigns"
        />
        {isSignedIn() && (
          <>
            <Cell
              before={<Icon name="channels" />}
              title={t("ads:hub.channels")}
              subtitle={t("ads:hub.channelsText")}
              to="/ads/mine"
            />
            <Cell before={<Icon name="coins" />} title={t("ads:hub.earning")} to="/ads/figures/publisher" />
          </>
        )}
      </Section>
      {isSignedIn() && (
        <Section>
          <Cell before={<Icon name="swap" />} title={t("ads:offers.title")} to="/offers" />
          <Cell before={<Icon name="receipt" />} title={t("ads:placements.title")} to="/placements" />
        </Section>
      )}
    </Screen>
  );
}
