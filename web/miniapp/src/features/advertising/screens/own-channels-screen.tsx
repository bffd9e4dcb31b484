/** One's own channels: owned, or helped with; open to advertising or not yet. */
import type { ReactNode } from "react";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Avatar, Cell, Chip, Section, type Tone } from "../../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen } from "../../../../../kit/screen.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import { countText } from "../names.ts";
import { AddChannel } from "../parts/add-channel.tsx";
import { More } from "../parts/more.tsx";
import { type OwnChannel, useOwnChannels } from "../queries.ts";

export default function OwnChannelsScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = useOwnChannels();
  return (
    <Screen title={t("ads:own.title")} lead={t("ads:own.lead")} onBack={back}>
      <QueryView query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}>
        {(items) => (
          <>
            {items.length > 0 ? (
              <Section label={t("ads:own.title")} testId="own-channels">
                {items.map((channel) => (
                  <OwnCell key={channel.id} channel={channel} />
                ))}
              </Section>
            ) : (
              <Placeholder icon="channels" title={t("ads:own.empty")} text={t("ads:own.emptyText")} />
            )}
            <More query={query} />
            <AddChannel />
          </>
        )}
      </QueryView>
    </Screen>
  );
}

type State = "open" | "closed" | "none" | "paused" | "sale" | "markMissing";

function stateOf({ profile }: OwnChannel): State {
  if (!profile) return "none";
  if (profile.pausedBy) return profile.pausedBy === "sale" ? "sale" : "paused";
  if (!profile.isOpen) return "closed";
  return profile.isMarkMissing ? "markMissing" : "open";
}
const tones: Record<State, Tone> = {
  open: "done",
  closed: "quiet",
  none: "quiet",
  paused: "trouble",
  sale: "waiting",
  markMissing: "waiting",
};

function OwnCell({ channel }: { channel: OwnChannel }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const state = stateOf(channel);
  const members = channel.figures.members ?? (channel.members === null ? null : { value: channel.members });
  return (
    <Cell
      to={`/channels/${channel.id}/manage`}
      before={<Avatar name={channel.title} url={channel.photoUrl} size={48} />}
      beforeSize={48}
      testId={`own-${channel.id}`}
      title={<span className="listing-title">{channel.title}</span>}
      subtitle={
        <>
          <span className="listing-line">
            {t(`ads:channelRole.${channel.role}`)}
            {members &&
              ` · ${t("ads:members", { count: members.value, members: countText(members.value, language) })}`}
          </span>
          <span className="chips">
            <Chip tone={tones[state]}>{t(`ads:own.state.${state}`)}</Chip>
            {channel.openOffers > 0 && (
              <Chip tone="waiting">
                <Icon name="inbox" size={16} />
                {t("ads:own.offers", { count: channel.openOffers })}
              </Chip>
            )}
          </span>
        </>
      }
    />
  );
}
