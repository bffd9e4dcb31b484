/** A channel's media kit, to decide by and to share: its figures with their source, its slots with their prices, what others said. */
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { MainButton } from "../../../../../kit/button.tsx";
import { serverNow } from "../../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Avatar, Cell, Section } from "../../../../../kit/list.tsx";
import { isSignedIn } from "../../../../../kit/reader.ts";
import { QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { openOutside } from "../../../../../kit/telegram.ts";
import { date } from "../../../../../kit/time.ts";
import { config } from "../../../kernel/config.ts";
import { useBack } from "../../../kernel/navigation.ts";
import { RatingCell } from "../../../kernel/reviews/rating-cell.tsx";
import { useReviews } from "../../../kernel/reviews/requests.ts";
import { ReviewList } from "../../../kernel/reviews/review-list.tsx";
import "../advertising.css";
import { languageName } from "../names.ts";
import { Rating } from "../parts/channel-cell.tsx";
import { FiguresSection } from "../parts/figures.tsx";
import { HeroSkeleton } from "../parts/hero-skeleton.tsx";
import { ShareCell } from "../parts/share-cell.tsx";
import { SlotCell } from "../parts/slot-cell.tsx";
import { StatsCharts } from "../parts/stats-charts.tsx";
import { type ChannelCard, useCard, useSlots } from "../queries.ts";

export default function ChannelScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = useCard(id);
  return (
    <Screen title={query.data?.title ?? t("ads:card.title")} isTitleHidden onBack={back} hasMainButton>
      <QueryView query={query} skeleton={<HeroSkeleton />}>
        {(channel) => <Card key={id} channel={channel} />}
      </QueryView>
    </Screen>
  );
}

function Card({ channel }: { channel: ChannelCard }): ReactNode {
  const t = useWords();
  const [, navigate] = useLocation();
  return (
    <>
      <Hero channel={channel} />
      <Slots channel={channel} />
      <FiguresSection figures={channel.figures} />
      <StatsCharts channelId={channel.id} />
      {channel.description && (
        <Section header={t("ads:card.about")}>
          <p className="prose">{channel.description}</p>
        </Section>
      )}
      <Law channel={channel} />
      <Reviews channelId={channel.id} />
      <Publisher channel={channel} />
      {isSignedIn() && (
        <MainButton
          text={t(channel.role === null ? "ads:card.offer" : "ads:card.manage")}
          onClick={() =>
            navigate(
              channel.role === null ? `/channels/${channel.id}/offer` : `/channels/${channel.id}/manage`,
            )
          }
        />
      )}
    </>
  );
}

function Hero({ channel }: { channel: ChannelCard }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { username } = channel;
  return (
    <>
      <div className="hero">
        <Avatar name={channel.title} url={channel.photoUrl} size={96} />
        <p className="hero-title">{channel.title}</p>
        <p className="note hint">
          {[
            ...channel.categories.map((one) => t(`ads:category.${one}`)),
            languageName(t, channel.language, language),
          ].join(" · ")}
        </p>
        <p className="ad-hero-rating">
          {channel.rating.count > 0 ? (
            <Rating rating={channel.rating} />
          ) : (
            <span className="hint">{t("ads:rating.none")}</span>
          )}
          <span className="hint">{t("ads:rating.placements", { count: channel.rating.placements })}</span>
        </p>
      </div>
      <Section label={t("ads:card.links")}>
        {username && (
          <Cell
            look="action"
            before={<Icon name="telegram" />}
            title={t("ads:card.open", { name: `@${username}` })}
            onClick={() => openOutside(`${config().linkBase.replace(/\/$/, "")}/${username}`)}
          />
        )}
        <ShareCell what={{ channelId: channel.id }} url={channel.deepLink} text={channel.title} />
      </Section>
    </>
  );
}

function Slots({ channel }: { channel: ChannelCard }): ReactNode {
  const t = useWords();
  const query = useSlots(channel.id);
  return (
    <QueryView query={query} skeleton={<SkeletonRows rows={2} avatar={0} />}>
      {({ items }) => {
        const open = items.filter(({ status }) => status === "active");
        return (
          <Section
            header={t("ads:slots.header")}
            footer={t(open.length > 0 ? "ads:slots.footer" : "ads:slots.noneFooter")}
            testId="slots"
          >
            {open.map((slot) => (
              <SlotCell key={slot.id} slot={slot} to={`/channels/${channel.id}/offer?slot=${slot.id}`} />
            ))}
            {open.length === 0 && <Cell title={t("ads:slots.none")} />}
          </Section>
        );
      }}
    </QueryView>
  );
}

const REVIEWS_SHOWN = 3;

function Reviews({ channelId }: { channelId: string }): ReactNode {
  const t = useWords();
  const about = { kind: "channel", id: channelId } as const;
  const query = useReviews(about);
  const reviews = query.data?.pages[0]?.items.slice(0, REVIEWS_SHOWN) ?? [];
  return (
    <>
      <Section header={t("ads:rating.header")}>
        <RatingCell about={about} />
      </Section>
      {reviews.length > 0 && <ReviewList reviews={reviews} />}
    </>
  );
}

/** The registry of channels with 10 000 readers and more, as the Russian law on advertising has it. */
function Law({ channel }: { channel: ChannelCard }): ReactNode {
  const t = useWords();
  const { registryMark, isMarkMissing } = channel;
  if (!registryMark && !isMarkMissing) return null;
  return (
    <Section header={t("ads:law.header")} footer={t("ads:law.channelFooter")}>
      {registryMark ? (
        <Cell
          before={<Icon name="check" />}
          title={t("ads:law.registered")}
          subtitle={t("ads:law.setBy", { by: t(`ads:law.by.${registryMark.setBy}`) })}
          after={<span className="tabular">{registryMark.number}</span>}
        />
      ) : (
        <div className="reassure" data-tone="waiting">
          <Icon name="warning" />
          <span>{t("ads:law.missing")}</span>
        </div>
      )}
    </Section>
  );
}

function Publisher({ channel }: { channel: ChannelCard }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { publisher } = channel;
  return (
    <Section header={t("ads:card.publisher")}>
      <Cell
        before={<Avatar name={publisher.firstName} url={publisher.photoUrl} size={40} />}
        beforeSize={40}
        title={publisher.firstName}
        subtitle={t("ads:card.since", { date: date(publisher.memberSince, serverNow(), language) })}
      />
      <RatingCell about={{ kind: "user", id: publisher.id }} />
    </Section>
  );
}
