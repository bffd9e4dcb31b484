/** Every version of a creative, the newest first: who proposed it and when, as it would have been posted. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Placeholder, QueryView, Screen } from "../../../../../kit/screen.tsx";
import { DateText } from "../../../../../kit/time-left.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import { markingText } from "../marking.ts";
import { CardSkeleton } from "../parts/card-skeleton.tsx";
import { PostPreview, picturesOf } from "../post/post-preview.tsx";
import { type CreativeVersions, type Placement, useCreativeVersions, usePlacement } from "../queries.ts";

export default function VersionsScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const placement = usePlacement(id);
  const versions = useCreativeVersions(id);
  const data =
    placement.data && versions.data
      ? { placement: placement.data, items: versions.data.items.filter(({ version }) => version > 0) }
      : undefined;
  const refetch = () => Promise.all([placement.refetch(), versions.refetch()]);
  return (
    <Screen title={t("ads:creative.versions")} lead={t("ads:creative.versionsLead")} onBack={back}>
      <QueryView
        query={{ data, error: placement.error ?? versions.error, refetch }}
        skeleton={<CardSkeleton />}
      >
        {({ placement: of, items }) =>
          items.length === 0 ? (
            <Placeholder
              icon="deals"
              title={t("ads:creative.noVersions")}
              text={t("ads:creative.noVersionsText")}
            />
          ) : (
            items.map((version) => <Version key={version.version} placement={of} version={version} />)
          )
        }
      </QueryView>
    </Screen>
  );
}

function Version(props: { placement: Placement; version: CreativeVersions["items"][number] }): ReactNode {
  const { placement, version } = props;
  const t = useWords();
  return (
    <section aria-label={t("ads:creative.version", { version: version.version })}>
      <h2 className="section-header ad-header">
        {t("ads:creative.version", { version: version.version })} · {placement[version.by].firstName},{" "}
        <DateText at={version.at} />
      </h2>
      <PostPreview
        channel={placement.channel}
        content={version}
        pictures={picturesOf(version.media)}
        buttons={version.buttons}
        mark={version.ad && markingText(version.ad)}
        at={null}
      />
    </section>
  );
}
