import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { send } from "../../../../kit/api.ts";
import { serverNow } from "../../../../kit/clock.ts";
import { useLanguage, useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Cell, Chip, Section } from "../../../../kit/list.tsx";
import { QueryView, SkeletonRows } from "../../../../kit/screen.tsx";
import { dateTime } from "../../../../kit/time.ts";
import { toast } from "../../../../kit/toast.tsx";
import { keys, type SessionView, useSessions } from "../queries.ts";

/** `Chrome · Android` out of what a browser calls itself. */
export function deviceOf(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\/[\d.]+/.exec(userAgent)?.[1];
  const system = /(Android|iPhone|iPad|Windows|Macintosh|Linux)/.exec(userAgent)?.[1];
  const names = { Edg: "Edge", OPR: "Opera", Macintosh: "macOS" } as Record<string, string>;
  const parts = [browser, system].filter((part) => part !== undefined).map((part) => names[part] ?? part);
  return parts.length > 0 ? parts.join(" · ") : null;
}

export function SessionsSection(): ReactNode {
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
      title={deviceOf(session.userAgent) ?? t("profile:sessions.unknown")}
      subtitle={t("profile:sessions.seen", { date: seen })}
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
