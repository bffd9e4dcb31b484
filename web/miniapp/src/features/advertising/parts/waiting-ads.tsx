/** What waits for the reader in advertising: offers to answer, posts to agree on or to look at. Nothing when there is nothing. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { isMyTurn } from "../offer-words.ts";
import { isMyStep } from "../placement-words.ts";
import { useOffers, usePlacements } from "../queries.ts";
import "../advertising.css";
import { OfferCell } from "./offer-cell.tsx";
import { PlacementCell } from "./placement-cell.tsx";

const SHOWN = 4;

export default function WaitingAds(): ReactNode {
  const t = useWords();
  const asPublisher = useOffers("publisher", "open");
  const asAdvertiser = useOffers("advertiser", "open");
  const placements = usePlacements(true);
  const offers = [asPublisher, asAdvertiser]
    .flatMap((query) => query.data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter(isMyTurn);
  // From the payment on a placement is a deal, and deals are shown by themselves.
  const drafts = (placements.data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter((one) => isMyStep(one) && one.phase !== "payment");
  if (offers.length + drafts.length === 0) return null;
  return (
    <Section header={t("ads:waiting.header")} testId="waiting-ads">
      {drafts.slice(0, SHOWN).map((placement) => (
        <PlacementCell key={placement.id} placement={placement} />
      ))}
      {offers.slice(0, SHOWN).map((offer) => (
        <OfferCell key={offer.id} offer={offer} />
      ))}
      {offers.length > SHOWN && <Cell look="action" title={t("ads:waiting.allOffers")} to="/offers" />}
      {drafts.length > SHOWN && (
        <Cell look="action" title={t("ads:waiting.allPlacements")} to="/placements" />
      )}
    </Section>
  );
}
