/**
 * Step one: one of the reader's own channels, picked in Telegram's own picker. What was picked comes back as a live event, and by
 * asking again every two seconds while we wait. A client without the picker is told how to do it by hand.
 */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { send } from "../../../../../kit/api.ts";
import { Button } from "../../../../../kit/button.tsx";
import { Field } from "../../../../../kit/form.tsx";
import { useLanguage, useWords, wordsOfError } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Avatar, Cell, ChoiceCell, Section } from "../../../../../kit/list.tsx";
import { QueryView } from "../../../../../kit/screen.tsx";
import { canRequestChat, haptics, requestChat } from "../../../../../kit/telegram.ts";
import { toast } from "../../../../../kit/toast.tsx";
import { config } from "../../../kernel/config.ts";
import { type Channel, type ChannelPage, keys, useMyChannels } from "../queries.ts";
import { membersText } from "./listing-cell.tsx";

const WAIT_MS = 60_000;

export function PickChannel(props: {
  chosen: Channel | null;
  onChoose: (channel: Channel) => void;
}): ReactNode {
  const [known, setKnown] = useState<ReadonlySet<string> | null>(null);
  const query = useMyChannels(known ? 2000 : false);
  const items = query.data?.items;
  const own = items?.filter((channel) => channel.listingId === null && channel.ownership === "proved") ?? [];
  const free = own.filter(({ openAds }) => openAds === null);
  useEffect(() => {
    if (!known) return;
    const picked = items?.find(({ id, checkedAt }) => !known.has(`${id} ${checkedAt}`));
    if (picked) {
      setKnown(null);
      haptics.success();
      if (picked.listingId === null && picked.openAds === null) props.onChoose(picked);
      return;
    }
    const timer = setTimeout(() => setKnown(null), WAIT_MS);
    return () => clearTimeout(timer);
  }, [known, items, props]);
  const wait = () => setKnown(new Set(items?.map(({ id, checkedAt }) => `${id} ${checkedAt}`)));
  return (
    <QueryView query={query}>
      {() => (
        <>
          {props.chosen && <Snapshot channel={props.chosen} />}
          {free.some(({ id }) => id !== props.chosen?.id) && (
            <OwnChannels channels={free} chosen={props.chosen} onChoose={props.onChoose} />
          )}
          <Advertised channels={own} />
          {canRequestChat() ? (
            <PickerSection
              isFirst={!props.chosen}
              isWaiting={known !== null}
              onOpened={wait}
              onClosed={() => setKnown(null)}
            />
          ) : (
            <ByHand onAdded={props.onChoose} />
          )}
        </>
      )}
    </QueryView>
  );
}

function OwnChannels(props: {
  channels: readonly Channel[];
  chosen: Channel | null;
  onChoose: (channel: Channel) => void;
}): ReactNode {
  const t = useWords();
  const language = useLanguage();
  return (
    <section className="section">
      <h2 className="section-header" id="own-channels">
        {t("market:sell.own")}
      </h2>
      <div className="section-body" role="radiogroup" aria-labelledby="own-channels">
        {props.channels.map((channel) => (
          <ChoiceCell
            key={channel.id}
            before={<Avatar name={channel.title} url={channel.photoUrl} size={40} />}
            title={channel.title}
            subtitle={membersLine(t, channel, language)}
            isChosen={props.chosen?.id === channel.id}
            onChoose={() => {
              haptics.selection();
              props.onChoose(channel);
            }}
          />
        ))}
      </div>
    </section>
  );
}

/** Channels with advertising under way: they are named, and why they have to wait. */
function Advertised({ channels }: { channels: ChannelPage["items"] }): ReactNode {
  const t = useWords();
  const waiting = channels.filter(({ openAds }) => openAds !== null);
  if (waiting.length === 0) return null;
  return (
    <Section header={t("market:ads.notYet")} footer={t("market:ads.notYetFooter")}>
      {waiting.map((channel) => (
        <Cell
          key={channel.id}
          before={<Avatar name={channel.title} url={channel.photoUrl} size={40} />}
          beforeSize={40}
          title={channel.title}
          subtitle={t("market:ads.until", { until: channel.openAds?.until ?? "" })}
          to={`/channels/${channel.id}/manage`}
        />
      ))}
    </Section>
  );
}

function membersLine(t: ReturnType<typeof useWords>, channel: Channel, language: string): string {
  const members = membersText(channel.members, language);
  return members === null
    ? t("market:membersUnknown")
    : t("market:members", { count: channel.members ?? 0, members });
}

function PickerSection(props: {
  isFirst: boolean;
  isWaiting: boolean;
  onOpened: () => void;
  onClosed: () => void;
}): ReactNode {
  const t = useWords();
  const open = useMutation({
    mutationFn: async () => {
      const { preparedId } = await send<{ preparedId: string }>("POST", "/api/channels/picker");
      props.onOpened();
      return await requestChat(preparedId);
    },
    onSuccess: (outcome) => {
      if (outcome === "sent") return;
      props.onClosed();
      if (!/cancel/i.test(outcome)) toast(t("market:sell.pickFailed"), "trouble");
    },
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
  const button = (
    <Button
      look={props.isFirst ? "filled" : "plain"}
      isLoading={open.isPending || props.isWaiting}
      onClick={() => open.mutate()}
      testId="pick-channel"
    >
      {t(
        props.isWaiting
          ? "market:sell.waiting"
          : props.isFirst
            ? "market:sell.pickButton"
            : "market:sell.pickAnother",
      )}
    </Button>
  );
  return (
    <>
      {props.isFirst && (
        <Section footer={t("market:sell.pickFooter")}>
          {(["telegram", "shield", "lock"] as const).map((icon) => (
            <div className="reassure" data-tone="safe" key={icon}>
              <Icon name={icon} />
              <span>{t(`market:sell.pick.${icon}`)}</span>
            </div>
          ))}
        </Section>
      )}
      <div className="sheet-actions">{button}</div>
      <p className="visually-hidden" role="status">
        {props.isWaiting ? t("market:sell.waiting") : ""}
      </p>
    </>
  );
}

/** For a Telegram that cannot show the picker: the bot is made admin by hand, and the channel is named. */
function ByHand({ onAdded }: { onAdded: (channel: Channel) => void }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const [chat, setChat] = useState("");
  const add = useMutation({
    mutationFn: () => send<Channel>("POST", "/api/channels", { chat: normalChat(chat) }),
    onSuccess: (channel) => {
      void client.invalidateQueries({ queryKey: keys.channels });
      onAdded(channel);
    },
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
  return (
    <>
      <Section header={t("market:sell.byHand.header")} footer={t("market:sell.byHand.footer")}>
        <p className="prose">{t("market:sell.byHand.text", { bot: `@${config().botUsername}` })}</p>
        <Field label={t("market:sell.byHand.field")} placeholder="@channel" value={chat} onChange={setChat} />
      </Section>
      <div className="sheet-actions">
        <Button
          look="tinted"
          isLoading={add.isPending}
          isDisabled={chat.trim().length < 4}
          onClick={() => add.mutate()}
        >
          {t("market:sell.byHand.button")}
        </Button>
      </div>
    </>
  );
}

/** `t.me/name`, `name` and `@name` all mean the same. */
export function normalChat(typed: string): string {
  const plain = typed.trim().replace(/^(https?:\/\/)?(t\.me|telegram\.me)\//i, "");
  return /^-?\d+$/.test(plain) || plain.startsWith("@") ? plain : `@${plain}`;
}

function Snapshot({ channel }: { channel: Channel }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  return (
    <Section header={t("market:sell.snapshot")} footer={t("market:sell.snapshotFooter")} testId="snapshot">
      <Cell
        before={<Avatar name={channel.title} url={channel.photoUrl} size={48} />}
        beforeSize={48}
        title={channel.title}
        subtitle={channel.username ? `@${channel.username}` : t("market:included.private")}
      />
      <Cell
        title={t("market:included.members")}
        after={membersText(channel.members, language) ?? t("market:included.unknown")}
      />
      <Cell title={t("market:included.admins")} after={channel.admins} />
      <Cell
        title={t("market:included.chat")}
        after={t(channel.hasLinkedChat ? "market:included.yes" : "market:included.no")}
      />
      <div className="reassure" data-tone="done">
        <Icon name="shield" />
        <span>{t("market:sell.owned")}</span>
      </div>
    </Section>
  );
}
