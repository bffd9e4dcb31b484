/** The reader's own listings: their codes, their state, and taking one off the market. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { send } from "../../../../../kit/api.ts";
import { Button } from "../../../../../kit/button.tsx";
import { useWords, wordsOfError } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Avatar, Cell, Chip, Section, type Tone } from "../../../../../kit/list.tsx";
import { AmountText } from "../../../../../kit/money.tsx";
import { Placeholder, QueryView, Screen } from "../../../../../kit/screen.tsx";
import { Sheet } from "../../../../../kit/sheet.tsx";
import { toast } from "../../../../../kit/toast.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import { OfferCode } from "../parts/offer-code.tsx";
import { keys, type Listing, useMyListings } from "../queries.ts";

const tones: Record<Listing["status"], Tone> = {
  active: "done",
  reserved: "waiting",
  sold: "quiet",
  withdrawn: "quiet",
};

export default function MyListingsScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const [, navigate] = useLocation();
  const query = useMyListings();
  const [opened, setOpened] = useState<Listing | null>(null);
  return (
    <Screen title={t("market:mine.title")} onBack={back}>
      <QueryView query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}>
        {(items) =>
          items.length === 0 ? (
            <Placeholder
              icon="channels"
              title={t("market:mine.empty")}
              text={t("market:mine.emptyText")}
              action={{ text: t("market:sell.title"), onClick: () => navigate("/sell") }}
            />
          ) : (
            <Section label={t("market:mine.title")}>
              {items.map((listing) => (
                <Cell
                  key={listing.id}
                  before={<Avatar name={listing.channel.title} url={listing.channel.photoUrl} size={44} />}
                  beforeSize={44}
                  title={listing.title}
                  subtitle={<AmountText value={listing.price} />}
                  after={<Chip tone={tones[listing.status]}>{t(`market:status.${listing.status}`)}</Chip>}
                  onClick={() => setOpened(listing)}
                />
              ))}
              <Cell look="action" before={<Icon name="plus" />} title={t("market:sell.title")} to="/sell" />
            </Section>
          )
        }
      </QueryView>
      {opened && <ListingSheet listing={opened} onClose={() => setOpened(null)} />}
    </Screen>
  );
}

function ListingSheet({ listing, onClose }: { listing: Listing; onClose: () => void }): ReactNode {
  const t = useWords();
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => send<void>("DELETE", `/api/listings/${listing.id}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.listings });
      await client.invalidateQueries({ queryKey: keys.channels });
      toast(t("market:mine.withdrawn"), "done");
      onClose();
    },
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
  const { dealId } = listing;
  return (
    <Sheet title={listing.title} onClose={onClose}>
      {listing.code && <OfferCode code={listing.code} deepLink={listing.deepLink} title={listing.title} />}
      <div className="sheet-actions">
        <Button
          look="tinted"
          onClick={() => navigate(dealId ? `/deals/${dealId}` : `/listings/${listing.id}`)}
        >
          {t(dealId ? "market:join.open" : "market:sell.see")}
        </Button>
        {listing.status === "active" && (
          <Button look="danger" isLoading={withdraw.isPending} onClick={() => withdraw.mutate()}>
            {t("market:mine.withdraw")}
          </Button>
        )}
      </div>
    </Sheet>
  );
}
