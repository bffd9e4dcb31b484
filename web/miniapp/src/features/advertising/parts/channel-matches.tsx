/** Channels that would fit one's campaign, with the reasons; a press offers with the campaign chosen. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { QueryView, SkeletonRows } from "../../../../../kit/screen.tsx";
import { type Campaign, useChannelMatches } from "../queries.ts";
import { ChannelCell } from "./channel-cell.tsx";
import { More } from "./more.tsx";
import { Reasons } from "./reasons.tsx";

export function ChannelMatches({ campaign }: { campaign: Campaign }): ReactNode {
  const t = useWords();
  const query = useChannelMatches(campaign.id);
  return (
    <QueryView
      query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
      skeleton={<SkeletonRows rows={3} avatar={48} />}
    >
      {(items) => (
        <>
          <Section
            header={t("ads:matches.channels")}
            footer={t("ads:matches.channelsFooter")}
            testId="channel-matches"
          >
            {items.map(({ channel, reasons }) => (
              <ChannelCell
                key={channel.id}
                channel={channel}
                to={`/channels/${channel.id}/offer?campaign=${campaign.id}`}
                below={<Reasons reasons={reasons} />}
              />
            ))}
            {items.length === 0 && (
              <Cell title={t("ads:matches.none")} subtitle={t("ads:matches.noneText")} />
            )}
          </Section>
          <More query={query} />
        </>
      )}
    </QueryView>
  );
}
