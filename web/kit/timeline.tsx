/** A vertical line of what happened, each entry with its cause and evidence, and of what is still to come, in grey. */
import type { ReactNode } from "react";
import { useWords } from "./i18n.ts";
import { Icon } from "./icons.tsx";
import type { Tone } from "./list.tsx";
import { openOutside } from "./telegram.ts";
import { DateText } from "./time-left.tsx";

export interface TimelineItem {
  id: string;
  title: string;
  text?: string | null;
  by?: string | null;
  at: string | null;
  tone: Tone;
  tx?: { hash: string; explorerUrl: string } | null;
  isFuture?: boolean;
}

export function Timeline({ items }: { items: readonly TimelineItem[] }): ReactNode {
  return (
    <ol className="timeline" data-testid="timeline">
      {items.map((item) => (
        <Entry key={item.id} item={item} />
      ))}
    </ol>
  );
}

function Entry({ item }: { item: TimelineItem }): ReactNode {
  const t = useWords();
  return (
    <li className={item.isFuture ? "timeline-entry is-future" : "timeline-entry"} data-tone={item.tone}>
      <span className="timeline-title">{item.title}</span>
      {item.text && <span className="cell-subtitle">{item.text}</span>}
      <span className="timeline-meta">
        {item.at && <DateText at={item.at} />}
        {item.by && <span>{item.by}</span>}
        {item.tx && <TransactionLink tx={item.tx} label={t("kit:openTransaction")} />}
      </span>
    </li>
  );
}

function TransactionLink({
  tx,
  label,
}: {
  tx: { hash: string; explorerUrl: string };
  label: string;
}): ReactNode {
  return (
    <a
      className="timeline-link"
      href={tx.explorerUrl}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={`${label} ${tx.hash}`}
      onClick={(event) => {
        event.preventDefault();
        openOutside(tx.explorerUrl);
      }}
    >
      {tx.hash.slice(0, 4)}…{tx.hash.slice(-4)}
      <Icon name="link" size={16} />
    </a>
  );
}
