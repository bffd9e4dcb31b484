/** The inbox: everything that the reader was told. Opening one marks it read. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import type { Notification } from "../../../../../server/src/kernel/notifications/shapes.ts";
import { send } from "../../../../kit/api.ts";
import { Button } from "../../../../kit/button.tsx";
import { hasWords, useWords } from "../../../../kit/i18n.ts";
import { Section } from "../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen } from "../../../../kit/screen.tsx";
import { DateText } from "../../../../kit/time-left.tsx";
import { keys, useNotifications } from "../queries.ts";

export function InboxScreen(): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const query = useNotifications();
  const read = useMutation({
    mutationFn: (ids: readonly string[]) => send<void>("POST", "/api/notifications/read", { ids }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.notifications }),
  });
  const unread = query.data?.pages[0]?.unread ?? 0;
  return (
    <Screen
      title={t("profile:inbox.title")}
      onBack={null}
      hasTabs
      action={
        unread > 0 && (
          <button type="button" className="text-button" onClick={() => read.mutate([])}>
            {t("profile:inbox.readAll")}
          </button>
        )
      }
    >
      <QueryView query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}>
        {(items) =>
          items.length === 0 ? (
            <Placeholder icon="inbox" title={t("profile:inbox.empty")} text={t("profile:inbox.emptyText")} />
          ) : (
            <>
              <Section label={t("profile:inbox.title")}>
                {items.map((item) => (
                  <NotificationCell
                    key={item.id}
                    item={item}
                    onOpen={() => item.readAt ?? read.mutate([item.id])}
                  />
                ))}
              </Section>
              {query.hasNextPage && (
                <Button
                  look="plain"
                  isLoading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  {t("kit:more")}
                </Button>
              )}
            </>
          )
        }
      </QueryView>
    </Screen>
  );
}

function NotificationCell({ item, onOpen }: { item: Notification; onOpen: () => void }): ReactNode {
  const t = useWords();
  const [, navigate] = useLocation();
  const [module = "", name = ""] = item.kind.split(/\.(.*)/s);
  const key = `${module}:notices.${name}`;
  const title = hasWords(`${key}.title`) ? t(`${key}.title`, item.params) : name.replace(/_/g, " ");
  const body = hasWords(`${key}.body`) ? t(`${key}.body`, item.params) : null;
  const open = () => {
    onOpen();
    navigate(item.link.startsWith("/") ? item.link : "/");
  };
  return (
    <button type="button" className="cell notice" onClick={open} data-unread={item.readAt ? undefined : ""}>
      <span className="notice-dot" aria-hidden="true" />
      <span className="cell-main">
        <span className="cell-title">
          {!item.readAt && <span className="visually-hidden">{t("profile:inbox.unread")}: </span>}
          {title}
        </span>
        {body && <span className="cell-subtitle">{body}</span>}
        <span className="timeline-meta">
          <DateText at={item.createdAt} />
        </span>
      </span>
    </button>
  );
}
