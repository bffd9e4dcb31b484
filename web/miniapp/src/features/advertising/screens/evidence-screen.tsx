/** Everything that was seen of a post, as a chain in which each entry seals those before it; checked on this device. */
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { get } from "../../../../../kit/api.ts";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Section } from "../../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { DateText } from "../../../../../kit/time-left.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import "../advertising.css";
import { type Entry, firstBroken } from "../evidence-check.ts";
import { factRows, kindWords } from "../evidence-words.ts";
import { type EvidencePage, names } from "../queries.ts";

/** The whole chain: a part of one proves nothing. */
async function wholeChain(id: string, signal: AbortSignal): Promise<{ items: Entry[]; head: string | null }> {
  const items: Entry[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: EvidencePage = await get<EvidencePage>(`/api/deals/${id}/evidence`, { after }, signal);
    items.push(...page.items);
    if (page.next === null) return { items, head: page.head };
    after = page.next;
  }
  return { items, head: null };
}

export default function EvidenceScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = useQuery({
    queryKey: [...names.placements, "evidence", id],
    queryFn: ({ signal }) => wholeChain(id, signal),
  });
  return (
    <Screen title={t("ads:evidence.title")} lead={t("ads:evidence.lead")} onBack={back}>
      <QueryView query={query} skeleton={<SkeletonRows rows={5} avatar={0} />}>
        {({ items, head }) =>
          items.length === 0 ? (
            <Placeholder icon="shield" title={t("ads:evidence.empty")} text={t("ads:evidence.emptyText")} />
          ) : (
            <>
              <Verdict dealId={id} items={items} head={head} />
              <Section header={t("ads:evidence.entries", { count: items.length })} testId="evidence">
                {[...items].reverse().map((entry) => (
                  <EntryView key={entry.seq} entry={entry} />
                ))}
              </Section>
            </>
          )
        }
      </QueryView>
    </Screen>
  );
}

type State = { kind: "checking" } | { kind: "whole" } | { kind: "cannot" } | { kind: "broken"; seq: number };

function Verdict(props: { dealId: string; items: Entry[]; head: string | null }): ReactNode {
  const { dealId, items, head } = props;
  const t = useWords();
  const [state, setState] = useState<State>({ kind: "checking" });
  useEffect(() => {
    let isCurrent = true;
    const say = (next: State) => isCurrent && setState(next);
    firstBroken(dealId, items).then(
      (seq) => {
        const last = items.at(-1);
        if (seq === null && head !== null && last?.hash !== head)
          return say({ kind: "broken", seq: last?.seq ?? 0 });
        say(seq === null ? { kind: "whole" } : { kind: "broken", seq });
      },
      () => say({ kind: "cannot" }),
    );
    return () => {
      isCurrent = false;
    };
  }, [dealId, items, head]);
  const tone = { checking: "waiting", whole: "done", cannot: "waiting", broken: "trouble" } as const;
  return (
    <Section footer={head && <span className="chain-hash">{t("ads:evidence.head", { head })}</span>}>
      <div className="reassure" data-tone={tone[state.kind]} role="status" data-testid="evidence-verdict">
        <Icon name={state.kind === "whole" ? "shield" : state.kind === "broken" ? "warning" : "clock"} />
        <span>
          {t(`ads:evidence.${state.kind}`, {
            count: items.length,
            seq: state.kind === "broken" ? state.seq : 0,
          })}
        </span>
      </div>
    </Section>
  );
}

function EntryView({ entry }: { entry: Entry }): ReactNode {
  const t = useWords();
  const rows = factRows(entry.facts);
  return (
    <article className="chain-entry">
      <p className="timeline-title">
        <span className="hint tabular">{entry.seq}.</span> {kindWords(t, entry.kind)}
      </p>
      <p className="timeline-meta">
        <DateText at={entry.at} />
      </p>
      {rows.length > 0 && (
        <details className="chart-table">
          <summary>{t("ads:evidence.facts")}</summary>
          <table>
            <tbody>
              {rows.map(([name, value]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td className="wrap">{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
      <p className="chain-hash">{entry.hash}</p>
    </article>
  );
}
