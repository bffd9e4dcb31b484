/** The post as it will stand in the channel, who has agreed to it, and where its links lead. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { ExternalLink } from "../../../../../kit/money.tsx";
import { DateText } from "../../../../../kit/time-left.tsx";
import { PostPreview, picturesOf } from "../post/post-preview.tsx";
import type { Placement } from "../queries.ts";

export function CreativeSection({ placement }: { placement: Placement }): ReactNode {
  const t = useWords();
  const { preview, creative } = placement;
  if (!preview || !creative) return null;
  return (
    <>
      <h2 className="section-header ad-header">{t("ads:creative.header")}</h2>
      <PostPreview
        channel={placement.channel}
        content={preview}
        pictures={picturesOf(preview.media)}
        buttons={preview.buttons}
        mark={null}
        at={placement.post?.postedAt ?? placement.postAt}
      />
      <Links content={preview} />
      <Section
        header={t("ads:creative.approvals")}
        footer={t("ads:creative.approvalsFooter")}
        testId="approvals"
      >
        <Approval
          side="advertiser"
          name={placement.advertiser.firstName}
          isGiven={creative.approvedByAdvertiser}
        />
        <Approval
          side="publisher"
          name={placement.publisher.firstName}
          isGiven={creative.approvedByPublisher}
        />
        <Cell
          title={t("ads:creative.version", { version: creative.version })}
          subtitle={
            <>
              {placement[creative.by].firstName}, <DateText at={creative.at} />
            </>
          }
          to={`/placements/${placement.id}/versions`}
        />
      </Section>
    </>
  );
}

function Approval(props: { side: "advertiser" | "publisher"; name: string; isGiven: boolean }): ReactNode {
  const t = useWords();
  return (
    <Cell
      before={<Icon name={props.isGiven ? "check" : "clock"} />}
      title={props.name}
      subtitle={t(`ads:role.${props.side}`)}
      after={t(props.isGiven ? "ads:creative.agreed" : "ads:creative.notYet")}
    />
  );
}

/** The words of a link may say anything: here is where each leads. */
export function Links(props: {
  content: Pick<NonNullable<Placement["preview"]>, "text" | "entities" | "buttons">;
}): ReactNode {
  const t = useWords();
  const { text, entities, buttons } = props.content;
  const links = [
    ...entities.flatMap(({ url, offset, length }) =>
      url ? [{ words: text.slice(offset, offset + length), url }] : [],
    ),
    ...buttons.flat().map((button) => ({ words: button.text, url: button.url })),
  ];
  const distinct = [...new Map(links.map((link) => [`${link.words} ${link.url}`, link])).values()];
  if (distinct.length === 0) return null;
  return (
    <Section header={t("ads:creative.links")}>
      {distinct.map(({ words, url }) => (
        <Cell
          key={words + url}
          title={words}
          subtitle={<span className="wrap">{url}</span>}
          after={<ExternalLink url={url} label={t("ads:creative.openLink", { words })} />}
        />
      ))}
    </Section>
  );
}
