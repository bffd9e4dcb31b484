/** In a plain browser: the market can be read, and everything else happens in Telegram. */
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { useWords } from "../../../kit/i18n.ts";
import { Icon } from "../../../kit/icons.tsx";
import { appLink } from "../kernel/config.ts";

/** The same screen inside Telegram, where a start parameter can name it. */
function startParamOf(path: string): string | undefined {
  const [, kind, id = ""] = path.split("/");
  if (kind === "offer" && id) return `o_${id}`;
  if (kind === "listings" && id) return `l_${id.replace(/-/g, "")}`;
  if (kind === "deals" && id) return `d_${id.replace(/-/g, "")}`;
  return undefined;
}

export function VisitorBar(): ReactNode {
  const t = useWords();
  const [path] = useLocation();
  return (
    <div className="visitor-bar">
      <span className="note">{t("app:visitor.text")}</span>
      <a className="visitor-link" href={appLink(startParamOf(path))}>
        <Icon name="telegram" size={20} />
        {t("app:visitor.open")}
      </a>
    </div>
  );
}
