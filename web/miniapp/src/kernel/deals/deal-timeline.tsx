import type { ReactNode } from "react";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import { useWords } from "../../../../kit/i18n.ts";
import { Section } from "../../../../kit/list.tsx";
import { QueryView, SkeletonRows } from "../../../../kit/screen.tsx";
import { Timeline, type TimelineItem } from "../../../../kit/timeline.tsx";
import { type DealTimeline as TimelineOfDeal, useTimeline } from "../queries.ts";
import { byWhom, entryTone, entryWords } from "./words.ts";

export function DealTimeline({ deal }: { deal: Deal }): ReactNode {
  const t = useWords();
  const query = useTimeline(deal.id);
  return (
    <QueryView query={query} skeleton={<SkeletonRows rows={3} avatar={16} />}>
      {(entries) => (
        <Section header={t("deal:timeline")}>
          <Entries deal={deal} entries={entries} />
        </Section>
      )}
    </QueryView>
  );
}

function Entries({ deal, entries }: { deal: Deal; entries: TimelineOfDeal }): ReactNode {
  const t = useWords();
  const past = entries.items.map(
    (entry): TimelineItem => ({
      id: entry.id,
      ...entryWords(t, deal, entry),
      by: byWhom(t, deal, entry.by),
      at: entry.at,
      tone: entryTone(entry.kind),
      tx: entry.tx,
    }),
  );
  const coming = entries.future.map(
    ({ kind, at }): TimelineItem => ({
      id: `future-${kind}`,
      ...entryWords(t, deal, { kind, params: {} }),
      at,
      tone: "quiet",
      isFuture: true,
    }),
  );
  return <Timeline items={[...past, ...coming]} />;
}
