/** One's own channel: how it is found, its slots, who helps with it, what campaigns would fit, and its figures. */
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Avatar, Cell, Section } from "../../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import "../advertising.css";
import { languageName } from "../names.ts";
import { CampaignMatches } from "../parts/campaign-matches.tsx";
import { FiguresSection } from "../parts/figures.tsx";
import { HeroSkeleton } from "../parts/hero-skeleton.tsx";
import { SlotCell } from "../parts/slot-cell.tsx";
import { StatsCharts } from "../parts/stats-charts.tsx";
import { type OwnChannel, useOwnChannel, useSlots } from "../queries.ts";

export default function ManageScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = useOwnChannel(id);
  return (
    <Screen title={query.data?.title ?? t("ads:own.one")} isTitleHidden onBack={back}>
      <QueryView query={query} skeleton={<HeroSkeleton />}>
        {(channel) => <Manage key={id} channel={channel} />}
      </QueryView>
    </Screen>
  );
}

function Manage({ channel }: { channel: OwnChannel }): ReactNode {
  const t = useWords();
  const [, navigate] = useLocation();
  const { profile, role } = channel;
  const mayChange = role !== "viewer";
  return (
    <>
      <div className="deal-head">
        <Avatar name={channel.title} url={channel.photoUrl} size={52} />
        <div className="cell-main">
          <p className="deal-head-title">{channel.title}</p>
          <p className="cell-subtitle">{t(`ads:channelRole.${role}`)}</p>
        </div>
      </div>
      {profile === null ? (
        <Placeholder
          icon="channels"
          title={t("ads:profile.none")}
          text={t(mayChange ? "ads:profile.noneText" : "ads:profile.noneViewer")}
          action={
            mayChange
              ? {
                  text: t("ads:profile.openButton"),
                  onClick: () => navigate(`/channels/${channel.id}/profile`),
                }
              : undefined
          }
        />
      ) : (
        <>
          <ProfileSection channel={channel} profile={profile} />
          <OwnSlots channel={channel} mayChange={mayChange} />
        </>
      )}
      <Section>
        {channel.openOffers > 0 && (
          <Cell
            before={<Icon name="inbox" />}
            title={t("ads:own.offers", { count: channel.openOffers })}
            to="/offers?role=publisher"
          />
        )}
        {channel.openAds && (
          <Cell
            before={<Icon name="receipt" />}
            title={t("ads:own.adsRunning", { count: channel.openAds.count })}
            subtitle={t("ads:own.adsUntil", { until: channel.openAds.until })}
            to="/placements"
          />
        )}
        <Cell
          before={<Icon name="users" />}
          title={t("ads:helpers.title")}
          to={`/channels/${channel.id}/members`}
        />
      </Section>
      {profile?.isOpen && <CampaignMatches channelId={channel.id} />}
      <FiguresSection figures={channel.figures} />
      {profile && <StatsCharts channelId={channel.id} />}
    </>
  );
}

function ProfileSection(props: {
  channel: OwnChannel;
  profile: NonNullable<OwnChannel["profile"]>;
}): ReactNode {
  const { channel, profile } = props;
  const t = useWords();
  const language = useLanguage();
  const mayChange = channel.role !== "viewer";
  return (
    <Section
      header={t("ads:profile.header")}
      footer={t(`ads:profile.${!profile.isOpen ? "closed" : profile.pausedBy ? "paused" : "open"}Footer`)}
    >
      {profile.pausedBy && (
        <div className="reassure" data-tone={profile.pausedBy === "sale" ? "waiting" : "trouble"}>
          <Icon name="warning" />
          <span>{t(`ads:profile.paused.${profile.pausedBy}`)}</span>
        </div>
      )}
      {profile.isMarkMissing && (
        <div className="reassure" data-tone="waiting">
          <Icon name="warning" />
          <span>{t("ads:law.missingOwn")}</span>
        </div>
      )}
      <Cell
        title={profile.categories.map((one) => t(`ads:category.${one}`)).join(", ")}
        subtitle={[
          languageName(t, profile.language, language),
          profile.registryMark ? t("ads:law.number", { number: profile.registryMark.number }) : null,
        ]
          .filter(Boolean)
          .join(" · ")}
        {...(mayChange ? { to: `/channels/${channel.id}/profile` } : {})}
      />
      {profile.isOpen && (
        <Cell before={<Icon name="globe" />} title={t("ads:profile.seen")} to={`/channels/${channel.id}`} />
      )}
    </Section>
  );
}

function OwnSlots({ channel, mayChange }: { channel: OwnChannel; mayChange: boolean }): ReactNode {
  const t = useWords();
  const query = useSlots(channel.id);
  return (
    <QueryView query={query} skeleton={<SkeletonRows rows={2} avatar={0} />}>
      {({ items }) => (
        <Section
          header={t("ads:slots.header")}
          footer={t(items.length > 0 ? "ads:slots.ownFooter" : "ads:slots.ownEmpty")}
          testId="own-slots"
        >
          {items
            .filter(({ status }) => status !== "removed")
            .map((slot) => (
              <SlotCell key={slot.id} slot={slot} to={`/channels/${channel.id}/slots/${slot.id}`} />
            ))}
          {mayChange && (
            <Cell
              look="action"
              before={<Icon name="plus" />}
              title={t("ads:slots.add")}
              to={`/channels/${channel.id}/slots/new`}
            />
          )}
        </Section>
      )}
    </QueryView>
  );
}
