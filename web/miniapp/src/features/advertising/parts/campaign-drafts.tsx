/** Drafts of the post that belong to a campaign: an accepted offer begins with one of them. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { QueryView, SkeletonRows } from "../../../../../kit/screen.tsx";
import { type Campaign, useCreatives } from "../queries.ts";

export function CampaignDrafts({ campaign }: { campaign: Campaign }): ReactNode {
  const t = useWords();
  const query = useCreatives(campaign.id);
  return (
    <QueryView query={query} skeleton={<SkeletonRows rows={1} avatar={0} />}>
      {({ items }) => (
        <Section header={t("ads:drafts.header")} footer={t("ads:drafts.footer")} testId="drafts">
          {items.map(({ id, title, text }) => (
            <Cell
              key={id}
              title={title}
              subtitle={<span className="ad-clip">{text}</span>}
              to={`/campaigns/${campaign.id}/drafts/${id}`}
            />
          ))}
          {campaign.status !== "deleted" && (
            <Cell
              look="action"
              before={<Icon name="plus" />}
              title={t("ads:drafts.add")}
              to={`/campaigns/${campaign.id}/drafts/new`}
            />
          )}
        </Section>
      )}
    </QueryView>
  );
}
