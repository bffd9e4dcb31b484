import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { z } from "zod";
import type { signInLink } from "../../../../../server/src/kernel/identity/shapes.ts";
import { send } from "../../../../kit/api.ts";
import { serverNow } from "../../../../kit/clock.ts";
import { useLanguage, useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Cell, Chip, Section } from "../../../../kit/list.tsx";
import { useReader } from "../../../../kit/reader.ts";
import { QueryView, SkeletonRows } from "../../../../kit/screen.tsx";
import { openOutside } from "../../../../kit/telegram.ts";
import { dateTime } from "../../../../kit/time.ts";
import { toast } from "../../../../kit/toast.tsx";
import { signOut } from "../enter/session.ts";
import { keys, type SessionView, useSessions } from "../queries.ts";

type SignInLink = z.infer<typeof signInLink>;

/** Where the reader is signed in, a way into a plain browser from Telegram, and out of one from there. */
export function SessionsSection(): ReactNode {
  const reader = useReader();
  return (
    <>
      <Sessions />
      {reader === "telegram" ? <OpenInBrowser /> : <SignOut />}
    </>
  );
}

function OpenInBrowser(): ReactNode {
  const t = useWords();
  const open = useMutation({
    mutationFn: () => send<SignInLink>("POST", "/api/auth/browser/links"),
    onSuccess: ({ url }) => openOutside(url),
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
  return (
    <Section footer={t("profile:browser.footer")}>
      <Cell
        look="action"
        before={<Icon name="globe" />}
        title={t("profile:browser.open")}
        isDisabled={open.isPending}
        onClick={() => open.mutate()}
        testId="open-in-browser"
      />
    </Section>
  );
}

function SignOut(): ReactNode {
  const t = useWords();
  const leave = useMutation({
    mutationFn: signOut,
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
  return (
    <Section footer={t("profile:browser.leaveFooter")}>
      <Cell
        look="danger"
        title={t("profile:browser.leave")}
        isDisabled={leave.isPending}
        onClick={() => leave.mutate()}
        testId="sign-out"
      />
    </Section>
  );
}

function Sessions(): ReactNode {
  const t = useWords();
  const query = useSessions();
  return (
    <QueryView query={query} skeleton={<SkeletonRows rows={2} avatar={0} />}>
      {(sessions) =>
        sessions.length === 0 ? null : (
          <Section
            header={t("profile:sessions.header")}
            footer={t("profile:sessions.footer")}
            testId="sessions"
          >
            {sessions.map((one) => (
              <SessionCell key={one.id} session={one} />
            ))}
          </Section>
        )
      }
    </QueryView>
  );
}

function SessionCell({ session }: { session: SessionView }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => send<void>("DELETE", `/api/auth/sessions/${session.id}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.sessions });
      toast(t("profile:sessions.ended"), "done");
    },
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
  const seen = dateTime(session.lastSeenAt, serverNow(), language);
  return (
    <Cell
      before={<Icon name="device" />}
      title={session.device ?? t("profile:sessions.unknown")}
      subtitle={`${t(`profile:sessions.kinds.${session.kind}`)} · ${seen}`}
      after={
        session.isCurrent ? (
          <Chip tone="done">{t("profile:sessions.current")}</Chip>
        ) : (
          <button type="button" className="text-button" disabled={end.isPending} onClick={() => end.mutate()}>
            {t("profile:sessions.end")}
          </button>
        )
      }
    />
  );
}
