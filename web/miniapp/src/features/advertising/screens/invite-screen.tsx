/** What an invitation to help with a channel says, and taking it. */
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { MainButton } from "../../../../../kit/button.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Avatar, Section } from "../../../../../kit/list.tsx";
import { QueryView, Screen } from "../../../../../kit/screen.tsx";
import { TimeLeft } from "../../../../../kit/time-left.tsx";
import { toast } from "../../../../../kit/toast.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import { useChange } from "../changes.ts";
import { HeroSkeleton } from "../parts/hero-skeleton.tsx";
import { useInvite } from "../queries.ts";

export default function InviteScreen({ code }: { code: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const [, navigate] = useLocation();
  const query = useInvite(code);
  const take = useChange(() => {
    toast(t("ads:invite.taken"), "done");
    navigate(query.data ? `/channels/${query.data.channel.id}/manage` : "/ads/mine", { replace: true });
  });
  return (
    <Screen title={t("ads:invite.title")} isTitleHidden onBack={back} hasMainButton>
      <QueryView query={query} skeleton={<HeroSkeleton />}>
        {({ channel, role, invitedBy, expiresAt }) => (
          <>
            <div className="hero">
              <Avatar name={channel.title} url={channel.photoUrl} size={96} />
              <p className="hero-title">
                {t("ads:invite.head", { name: invitedBy.firstName, channel: channel.title })}
              </p>
              <p className="note hint">
                {t(`ads:channelRole.${role}`)} · <TimeLeft until={expiresAt} isQuiet />
              </p>
            </div>
            <Section>
              <div className="reassure" data-tone="safe">
                <Icon name="shield" />
                <span>{t(`ads:helpers.${role}Text`)}</span>
              </div>
            </Section>
            <MainButton
              text={t("ads:invite.take")}
              isLoading={take.isPending}
              onClick={() => take.mutate({ method: "POST", path: `/api/channel-invites/${code}/accept` })}
            />
          </>
        )}
      </QueryView>
    </Screen>
  );
}
