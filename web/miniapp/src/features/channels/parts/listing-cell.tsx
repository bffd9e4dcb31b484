/** A channel for sale in a list: name, category and members, price. */
import type { ReactNode } from "react";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Avatar, Cell } from "../../../../../kit/list.tsx";
import { AmountText } from "../../../../../kit/money.tsx";
import type { Listing } from "../queries.ts";

/** `12 345`, or shortened from a million up; null is "unknown" and never 0. */
export function membersText(members: number | null, language: string): string | null {
  if (members === null) return null;
  const style = members >= 1_000_000 ? ({ notation: "compact", maximumFractionDigits: 1 } as const) : {};
  return new Intl.NumberFormat(language, style).format(members);
}

export function ListingCell({ listing }: { listing: Listing }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { channel } = listing;
  const members = membersText(channel.members, language);
  return (
    <Cell
      to={`/listings/${listing.id}`}
      before={<Avatar name={channel.title} url={channel.photoUrl} size={48} />}
      beforeSize={48}
      title={<span className="listing-title">{listing.title}</span>}
      subtitle={
        <>
          <span className="listing-line">
            {t(`market:category.${listing.category}`)}
            {members !== null && ` · ${t("market:members", { count: channel.members ?? 0, members })}`}
          </span>
          <span className="listing-price">
            <AmountText value={listing.price} />
            {listing.status !== "active" && ` · ${t(`market:status.${listing.status}`)}`}
          </span>
        </>
      }
    />
  );
}
