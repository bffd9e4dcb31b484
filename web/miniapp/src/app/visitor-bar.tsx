/** In a plain browser: the market can be read, and everything else happens in Telegram. */
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { startParamOf } from "../../../kit/deep-link.ts";
import { useWords } from "../../../kit/i18n.ts";
import { Icon } from "../../../kit/icons.tsx";
import { appLink } from "../kernel/config.ts";
import { links } from "./routes.tsx";

export function VisitorBar(): ReactNode {
  const t = useWords();
  const [path] = useLocation();
  return (
    <div className="visitor-bar">
      <span className="note">{t("app:visitor.text")}</span>
      <a className="visitor-link" href={appLink(startParamOf(path, links))}>
        <Icon name="telegram" size={20} />
        {t("app:visitor.open")}
      </a>
    </div>
  );
}
