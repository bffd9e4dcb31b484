/** The reader's own things: language, wallets, what the bot writes about, and where they are signed in. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Me } from "../../../../../server/src/kernel/identity/shapes.ts";
import type { Language } from "../../../../../server/src/platform/shapes.ts";
import { send } from "../../../../kit/api.ts";
import { serverNow } from "../../../../kit/clock.ts";
import { Segmented } from "../../../../kit/form.tsx";
import { setLanguage, useLanguage, useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Avatar, Cell, Section } from "../../../../kit/list.tsx";
import { QueryView, Screen } from "../../../../kit/screen.tsx";
import { haptics } from "../../../../kit/telegram.ts";
import { date } from "../../../../kit/time.ts";
import { toast } from "../../../../kit/toast.tsx";
import { BalanceCell } from "../balance/balance-cell.tsx";
import { useFeatures } from "../feature.ts";
import { keys, useMe } from "../queries.ts";
import { RatingCell } from "../reviews/rating-cell.tsx";
import { BrowserSection } from "./browser-section.tsx";
import { NotificationsSection } from "./notifications-section.tsx";
import { SessionsSection } from "./sessions-section.tsx";
import { WalletsSection } from "./wallets-section.tsx";

export function ProfileScreen(): ReactNode {
  const t = useWords();
  const me = useMe();
  return (
    <Screen title={t("profile:title")} isTitleHidden onBack={null} hasTabs>
      <QueryView query={me}>{(person) => <Profile me={person} />}</QueryView>
    </Screen>
  );
}

function Profile({ me }: { me: Me }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const own = useFeatures().flatMap((feature) => feature.own ?? []);
  const name = [me.firstName, me.lastName].filter(Boolean).join(" ");
  return (
    <>
      <div className="hero" style={{ paddingTop: 8 }}>
        <Avatar name={name} url={me.photoUrl} size={88} />
        <p className="hero-title">{name}</p>
        <p className="note hint">
          {me.username && `@${me.username} · `}
          {t("profile:since", { date: date(me.memberSince, serverNow(), language) })}
        </p>
      </div>
      <Section label={t("balance:title")}>
        <BalanceCell />
        <RatingCell about={{ kind: "user", id: me.id }} isHiddenWhenNone />
      </Section>
      <WalletsSection wallets={me.wallets} />
      {own.length > 0 && (
        <Section label={t("profile:own")}>
          {own.map(({ icon, title, to }) => (
            <Cell key={to} before={<Icon name={icon} />} title={title[language]} to={to} />
          ))}
        </Section>
      )}
      <StaffSection me={me} />
      <LanguageSection />
      <NotificationsSection me={me} />
      <BrowserSection />
      <SessionsSection />
    </>
  );
}

function StaffSection({ me }: { me: Me }): ReactNode {
  const t = useWords();
  const isArbiter = me.staffRoles.includes("arbiter");
  const isModerator = me.staffRoles.some((role) => role === "moderator" || role === "owner");
  if (!isArbiter && !isModerator) return null;
  return (
    <Section header={t("profile:staff.header")}>
      {isArbiter && <Cell before={<Icon name="scales" />} title={t("profile:staff.desk")} to="/arbiter" />}
      {isModerator && (
        <Cell before={<Icon name="shield" />} title={t("profile:staff.moderation")} to="/moderation" />
      )}
    </Section>
  );
}

function LanguageSection(): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (next: Language) => send<Me>("PUT", "/api/users/me/preferences", { language: next }),
    onSuccess: (me) => client.setQueryData(keys.me, me),
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
  const choose = (next: Language) => {
    haptics.selection();
    void setLanguage(next);
    change.mutate(next);
  };
  return (
    <Section header={t("profile:language")}>
      <div style={{ padding: 8 }}>
        <Segmented
          label={t("profile:language")}
          value={language}
          onChange={choose}
          options={[
            { value: "en", text: "English" },
            { value: "ru", text: "Русский" },
          ]}
        />
      </div>
    </Section>
  );
}
