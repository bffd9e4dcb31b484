/** The newest channels for sale, for the home screen. Absent while there are none. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { SkeletonRows } from "../../../../../kit/screen.tsx";
import { noFilter, useListings } from "../queries.ts";
import { ListingCell } from "./listing-cell.tsx";

const SHOWN = 4;

export function FreshListings(): ReactNode {
  const t = useWords();
  const query = useListings(noFilter);
  if (query.isPending) return <SkeletonRows rows={3} avatar={48} />;
  const items = query.data?.pages[0]?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section header={t("market:fresh")}>
      {items.slice(0, SHOWN).map((listing) => (
        <ListingCell key={listing.id} listing={listing} />
      ))}
      <Cell look="action" title={t("market:all")} to="/channels" />
    </Section>
  );
}
