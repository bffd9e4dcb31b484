/** The parts of a listing's page, from its head to its small print. */
import type { ReactNode } from "react";
import { formatBps } from "../../../../../kit/amount.ts";
import { serverNow } from "../../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon, type IconName } from "../../../../../kit/icons.tsx";
import { Avatar, Cell, Chip, Section } from "../../../../../kit/list.tsx";
import { AmountText } from "../../../../../kit/money.tsx";
import { openOutside } from "../../../../../kit/telegram.ts";
import { date, duration } from "../../../../../kit/time.ts";
import { DateText } from "../../../../../kit/time-left.tsx";
import { config } from "../../../kernel/config.ts";
import { RatingCell } from "../../../kernel/reviews/rating-cell.tsx";
import type { Listing } from "../queries.ts";
import { membersText } from "./listing-cell.tsx";
import { OfferCode } from "./offer-code.tsx";

interface Props {
  listing: Listing;
}

export function ListingHero({ listing }: Props): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { channel } = listing;
  const members = membersText(channel.members, language);
  return (
    <div className="hero">
      <Avatar name={channel.title} url={channel.photoUrl} size={96} />
      <p className="hero-title">{listing.title}</p>
      <p className="note hint">
        {t(`market:category.${listing.category}`)}
        {members !== null && ` · ${t("market:members", { count: channel.members ?? 0, members })}`}
      </p>
      <p className="hero-amount">
        <AmountText value={listing.price} isFirst />
      </p>
      <p style={{ marginTop: 8 }}>
        {listing.status === "active" ? (
          <Chip tone="done">
            <Icon name="shield" size={18} />
            {t("market:proved")}
          </Chip>
        ) : (
          <Chip tone="waiting">{t(`market:status.${listing.status}`)}</Chip>
        )}
      </p>
    </div>
  );
}

/** Advertising that was promised is kept first: until then nobody can join. */
export function ListingAds({ listing }: Props): ReactNode {
  const t = useWords();
  if (!listing.adsUntil || listing.status !== "active") return null;
  return (
    <Section label={t("market:ads.label")} testId="listing-ads">
      <div className="reassure" data-tone="waiting">
        <Icon name="clock" />
        <span>{t(listing.isMine ? "market:ads.mine" : "market:ads.text", { until: listing.adsUntil })}</span>
      </div>
    </Section>
  );
}

export function ListingOffer({ listing }: Props): ReactNode {
  if (!listing.code) return null;
  return <OfferCode code={listing.code} deepLink={listing.deepLink} title={listing.title} />;
}

export function ListingMoney({ listing }: Props): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const fee = formatBps(listing.feeBps, language);
  return (
    <Section header={t("market:money.header")} footer={t("market:money.footer", { fee })}>
      <Cell title={t("market:money.youPay")} after={<AmountText value={listing.price} />} isAfterStrong />
      <Cell title={t("market:money.fee", { fee })} after={<AmountText value={listing.fee} />} />
      <Cell title={t("market:money.sellerGets")} after={<AmountText value={listing.sellerGets} />} />
    </Section>
  );
}

export function ListingIncluded({ listing }: Props): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { channel } = listing;
  const { linkBase } = config();
  const rows: [string, ReactNode][] = [
    [t("market:included.members"), membersText(channel.members, language) ?? t("market:included.unknown")],
    [t("market:included.admins"), channel.admins],
    [t("market:included.chat"), t(channel.hasLinkedChat ? "market:included.yes" : "market:included.no")],
    [t("market:included.checked"), <DateText key="checked" at={channel.checkedAt} />],
  ];
  return (
    <Section header={t("market:included.header")} footer={t("market:included.footer")}>
      {listing.description && <p className="prose">{listing.description}</p>}
      <Cell
        before={<Avatar name={channel.title} url={channel.photoUrl} size={40} />}
        beforeSize={40}
        title={channel.title}
        subtitle={channel.username ? `@${channel.username}` : t("market:included.private")}
        after={channel.username ? <Icon name="link" size={20} /> : null}
        {...(channel.username
          ? {
              onClick: () => openOutside(`${linkBase.replace(/\/$/, "")}/${channel.username}`),
              label: t("market:included.open", { title: channel.title }),
            }
          : {})}
      />
      {rows.map(([title, after]) => (
        <Cell key={title} title={title} after={after} />
      ))}
    </Section>
  );
}

const promises: readonly { icon: IconName; word: string }[] = [
  { icon: "lock", word: "locked" },
  { icon: "clock", word: "late" },
  { icon: "shield", word: "hold" },
  { icon: "warning", word: "breach" },
  { icon: "scales", word: "dispute" },
];

export function ListingSafety({ listing }: Props): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { deadlines } = listing;
  const params = {
    deliver: duration(deadlines.deliverSeconds, language),
    hold: duration(deadlines.holdSeconds, language),
    challenge: duration(deadlines.challengeSeconds, language),
    arbiter: duration(deadlines.arbiterSeconds, language),
  };
  return (
    <Section header={t("market:safety.header")}>
      {promises.map(({ icon, word }) => (
        <div className="reassure" data-tone="safe" key={word}>
          <Icon name={icon} />
          <span>{t(`market:safety.${word}`, params)}</span>
        </div>
      ))}
    </Section>
  );
}

export function ListingDeadlines({ listing }: Props): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { deadlines } = listing;
  const rows = ["pay", "deliver", "hold", "challenge", "arbiter"] as const;
  return (
    <Section header={t("market:deadlines.header")}>
      {rows.map((row) => (
        <Cell
          key={row}
          title={t(`market:deadlines.${row}`)}
          subtitle={t(`market:deadlines.${row}Text`)}
          after={duration(deadlines[`${row}Seconds`], language)}
        />
      ))}
    </Section>
  );
}

/** Telegram's own conditions for passing a channel on. Told before anybody pays. */
export function ListingTransfer(): ReactNode {
  const t = useWords();
  const rows: readonly { icon: IconName; word: string }[] = [
    { icon: "key", word: "password" },
    { icon: "device", word: "session" },
    { icon: "users", word: "member" },
    { icon: "telegram", word: "dialog" },
  ];
  return (
    <Section header={t("market:transfer.header")} footer={t("market:transfer.footer")}>
      {rows.map(({ icon, word }) => (
        <div className="reassure" data-tone="waiting" key={word}>
          <Icon name={icon} />
          <span>{t(`market:transfer.${word}`)}</span>
        </div>
      ))}
    </Section>
  );
}

export function ListingSeller({ listing }: Props): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { seller } = listing;
  return (
    <Section header={t("market:seller")}>
      <Cell
        before={<Avatar name={seller.firstName} url={seller.photoUrl} size={40} />}
        beforeSize={40}
        title={seller.firstName}
        subtitle={t("market:since", { date: date(seller.memberSince, serverNow(), language) })}
      />
      <RatingCell about={{ kind: "user", id: seller.id }} />
    </Section>
  );
}
