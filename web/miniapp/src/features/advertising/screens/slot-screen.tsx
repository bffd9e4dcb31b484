/** A slot by its code: the way into a private one. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import { useOwnCampaigns, useSlotByCode } from "../queries.ts";
import { Composer } from "./make-offer-screen.tsx";

export default function SlotScreen({ code }: { code: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const slot = useSlotByCode(code);
  const campaigns = useOwnCampaigns();
  const data = slot.data && campaigns.data ? { slot: slot.data, campaigns: campaigns.data } : undefined;
  const refetch = () => Promise.all([slot.refetch(), campaigns.refetch()]);
  return (
    <Screen title={t("ads:make.title")} onBack={back} hasMainButton>
      <QueryView
        query={{ data, error: slot.error ?? campaigns.error, refetch }}
        skeleton={<SkeletonRows rows={6} avatar={0} />}
      >
        {(known) => (
          <Composer
            key={code}
            channel={known.slot.channel}
            slots={[known.slot]}
            campaigns={known.campaigns.pages
              .flatMap(({ items }) => items)
              .filter(({ status }) => status === "active")}
            slotId={known.slot.id}
            campaignId={null}
            code={code}
          />
        )}
      </QueryView>
    </Screen>
  );
}
