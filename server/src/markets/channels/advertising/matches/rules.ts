/** Pure rules of matching: why a campaign and a channel fit, in the order in which people ask. */
import type { Category } from "../../shapes.ts";
import type { MatchReason } from "../campaigns/shapes.ts";
import type { ChannelLanguage } from "../shapes.ts";

export type Wanted = {
  categories: readonly Category[];
  languages: readonly ChannelLanguage[];
  membersMin: number | null;
  membersMax: number | null;
  viewsMin: number | null;
  paysUpTo: bigint;
};
export type Offered = {
  categories: readonly Category[];
  language: ChannelLanguage;
  members: number | null;
  views: number | null;
  priceFrom: bigint | null;
  ratingMilli: number | null;
  ratingCount: number;
  placements: number;
};

const tons = (nano: bigint) => ({ amount: nano.toString(), asset: "TON" as const });

/** What speaks for the two. What is unknown speaks for nothing and is left out. */
export function reasonsFor(wanted: Wanted, offered: Offered): MatchReason[] {
  const shared = offered.categories.filter((one) => wanted.categories.includes(one));
  const { members, views, priceFrom, placements, ratingCount } = offered;
  const isAny = wanted.languages.length === 0;
  return [
    ...(shared.length > 0 ? [{ kind: "category" as const, categories: [...shared] }] : []),
    ...(isAny || wanted.languages.includes(offered.language)
      ? [{ kind: "language" as const, language: offered.language, isAny }]
      : []),
    ...(members === null
      ? []
      : [{ kind: "audience" as const, members, min: wanted.membersMin, max: wanted.membersMax }]),
    ...(views === null ? [] : [{ kind: "views" as const, views, min: wanted.viewsMin }]),
    ...(priceFrom === null
      ? []
      : [{ kind: "price" as const, price: tons(priceFrom), max: tons(wanted.paysUpTo) }]),
    ...(placements === 0 && ratingCount === 0
      ? []
      : [
          {
            kind: "record" as const,
            averageMilli: offered.ratingMilli,
            reviews: ratingCount,
            placements,
          },
        ]),
  ];
}
