/** The post as it stands in the channel: since when, until when, when it was last looked at, and how many have seen it. */
import type { ReactNode } from "react";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell, Chip, Section, type Tone } from "../../../../../kit/list.tsx";
import { openOutside } from "../../../../../kit/telegram.ts";
import { duration } from "../../../../../kit/time.ts";
import { DateText } from "../../../../../kit/time-left.tsx";
import { countText } from "../names.ts";
import type { Placement } from "../queries.ts";

type Post = NonNullable<Placement["post"]>;
const tones: Record<Post["state"], Tone> = {
  alive: "done",
  edited: "trouble",
  gone: "trouble",
  breach: "trouble",
  unknown: "waiting",
};

export function PostSection({ placement }: { placement: Placement }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { post } = placement;
  if (!post) return null;
  const { url } = post;
  const minutes = Math.floor(post.delaySeconds / 60);
  return (
    <Section header={t("ads:post.header")} footer={t(`ads:post.state.${post.state}Text`)} testId="post-state">
      <Cell
        title={t("ads:post.now")}
        subtitle={
          post.lastLookAt ? (
            <>
              {t("ads:post.lastLook")} <DateText at={post.lastLookAt} />
            </>
          ) : (
            t("ads:post.noLook")
          )
        }
        after={<Chip tone={tones[post.state]}>{t(`ads:post.state.${post.state}`)}</Chip>}
      />
      {post.lastAliveAt && post.state !== "alive" && (
        <Cell title={t("ads:post.lastAlive")} after={<DateText at={post.lastAliveAt} />} />
      )}
      <Cell
        title={t("ads:post.postedAt")}
        subtitle={
          minutes > 0 ? t("ads:post.late", { time: duration(minutes * 60, language) }) : t("ads:post.onTime")
        }
        after={<DateText at={post.postedAt} />}
      />
      {post.topUntil && (
        <Cell
          title={t("ads:post.topUntil")}
          subtitle={
            post.topBrokenAt ? (
              <span className="chips" data-tone="trouble">
                <Chip tone="trouble">{t("ads:post.topBroken")}</Chip> <DateText at={post.topBrokenAt} />
              </span>
            ) : undefined
          }
          after={<DateText at={post.topUntil} />}
        />
      )}
      <Cell title={t("ads:post.feedUntil")} after={<DateText at={post.feedUntil} />} />
      {post.removal !== "none" && (
        <Cell title={t("ads:post.removalTitle")} after={t(`ads:post.removal.${post.removal}`)} />
      )}
      <Cell
        title={t("ads:post.views")}
        subtitle={post.viewsAt ? <DateText at={post.viewsAt} /> : t("ads:post.viewsWhy")}
        after={<span className="tabular">{countText(post.views, language) ?? t("ads:figures.unknown")}</span>}
        isAfterStrong={post.views !== null}
      />
      {url && (
        <Cell
          look="action"
          before={<Icon name="telegram" />}
          title={t("ads:post.open")}
          onClick={() => openOutside(url)}
        />
      )}
    </Section>
  );
}
