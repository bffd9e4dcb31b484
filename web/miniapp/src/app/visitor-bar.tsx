/** For a visitor: the market can be read; for everything else one signs in here, or opens Telegram. */
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { startParamOf } from "../../../kit/deep-link.ts";
import { useWords } from "../../../kit/i18n.ts";
import { Icon } from "../../../kit/icons.tsx";
import { appLink } from "../kernel/config.ts";
import { links } from "./links.ts";

export function VisitorBar(): ReactNode {
  const t = useWords();
  const [path] = useLocation();
  return (
    <div className="visitor-bar">
      <Link className="visitor-enter" href="/enter">
        {t("app:visitor.enter")}
      </Link>
      <a className="visitor-link" href={appLink(startParamOf(path, links))}>
        <Icon name="telegram" size={20} />
        {t("app:visitor.open")}
      </a>
    </div>
  );
}
