import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useWords } from "../../../kit/i18n.ts";
import { Icon, type IconName } from "../../../kit/icons.tsx";
import { haptics } from "../../../kit/telegram.ts";
import { useUnread } from "../kernel/queries.ts";

const tabs: readonly { to: string; icon: IconName; word: string }[] = [
  { to: "/", icon: "home", word: "home" },
  { to: "/deals", icon: "deals", word: "deals" },
  { to: "/inbox", icon: "inbox", word: "inbox" },
  { to: "/profile", icon: "profile", word: "profile" },
];

export const isTab = (path: string): boolean => tabs.some(({ to }) => to === path);

export function TabBar(): ReactNode {
  const t = useWords();
  const [path] = useLocation();
  const unread = useUnread().data?.unread ?? 0;
  return (
    <nav className="tab-bar" aria-label={t("app:tabs.label")}>
      {tabs.map(({ to, icon, word }) => (
        <Link
          key={to}
          href={to}
          className="tab"
          aria-current={path === to ? "page" : undefined}
          onClick={haptics.selection}
        >
          <Icon name={icon} size={26} />
          {t(`app:tabs.${word}`)}
          {word === "inbox" && unread > 0 && (
            <span className="badge">
              {unread > 99 ? "99+" : unread}
              <span className="visually-hidden"> {t("app:tabs.unread", { count: unread })}</span>
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
