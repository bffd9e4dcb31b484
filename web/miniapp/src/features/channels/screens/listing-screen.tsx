/** A channel for sale: what is included, the price and who bears the fee, every deadline, and what happens if anything goes wrong. */
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { MainButton } from "../../../../../kit/button.tsx";
import { useWords, wordsOfError } from "../../../../../kit/i18n.ts";
import { isSignedIn } from "../../../../../kit/reader.ts";
import { QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { toast } from "../../../../../kit/toast.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import { useMe } from "../../../kernel/queries.ts";
import { LinkWallet } from "../../../kernel/wallet/link-wallet.tsx";
import {
  ListingAds,
  ListingDeadlines,
  ListingHero,
  ListingIncluded,
  ListingMoney,
  ListingOffer,
  ListingSafety,
  ListingSeller,
  ListingTransfer,
} from "../parts/listing-facts.tsx";
import { type Listing, useJoin, useListing } from "../queries.ts";

export default function ListingScreen({ id }: { id: string }): ReactNode {
  return <ListingPage query={useListing(id)} code={null} />;
}

export function ListingPage({
  query,
  code,
}: {
  query: ReturnType<typeof useListing>;
  code: string | null;
}): ReactNode {
  const t = useWords();
  const back = useBack();
  return (
    <Screen title={query.data?.title ?? t("market:listing")} isTitleHidden onBack={back} hasMainButton>
      <QueryView query={query} skeleton={<ListingSkeleton />}>
        {(listing) => <ListingView listing={listing} code={code} />}
      </QueryView>
    </Screen>
  );
}

function ListingView({ listing, code }: { listing: Listing; code: string | null }): ReactNode {
  return (
    <>
      <ListingHero listing={listing} />
      <ListingAds listing={listing} />
      {listing.isMine && <ListingOffer listing={listing} />}
      <ListingMoney listing={listing} />
      <ListingIncluded listing={listing} />
      <ListingSafety listing={listing} />
      <ListingDeadlines listing={listing} />
      <ListingTransfer />
      <ListingSeller listing={listing} />
      {isSignedIn() && <JoinButton listing={listing} code={code} />}
    </>
  );
}

function JoinButton({ listing, code }: { listing: Listing; code: string | null }): ReactNode {
  const t = useWords();
  const [, navigate] = useLocation();
  const me = useMe().data;
  const [isLinking, setLinking] = useState(false);
  const join = useJoin(
    (deal) => navigate(`/deals/${deal.id}`),
    (error) => toast(wordsOfError(t, error), "trouble"),
  );
  const from = code ? { code } : { listingId: listing.id };
  if (listing.dealId) {
    const dealId = listing.dealId;
    return <MainButton text={t("market:join.open")} onClick={() => navigate(`/deals/${dealId}`)} />;
  }
  if (listing.isMine || listing.status !== "active" || listing.adsUntil) return null;
  return (
    <>
      <MainButton
        text={t("market:join.button")}
        isLoading={join.isPending}
        isEnabled={me !== undefined}
        onClick={() => (me?.wallets.length === 0 ? setLinking(true) : join.mutate(from))}
      />
      {isLinking && (
        <LinkWallet
          onClose={() => setLinking(false)}
          onLinked={() => {
            setLinking(false);
            join.mutate(from);
          }}
        />
      )}
    </>
  );
}

function ListingSkeleton(): ReactNode {
  return (
    <>
      <div className="hero">
        <span className="skeleton" style={{ width: 96, height: 96, borderRadius: 48, marginBottom: 12 }} />
        <span className="skeleton" style={{ width: 200, height: 24 }} />
      </div>
      <SkeletonRows rows={3} avatar={0} />
      <SkeletonRows rows={4} avatar={24} />
    </>
  );
}
