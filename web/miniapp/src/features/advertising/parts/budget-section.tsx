/** The budget of a campaign and where it stands: a number that is kept exactly, not money that is held. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { AmountText } from "../../../../../kit/money.tsx";
import type { Campaign } from "../queries.ts";

/** Hundredths of a percent of the whole. */
function shareOf(part: string, whole: string): number {
  return whole === "0" ? 0 : Number((BigInt(part) * 10_000n) / BigInt(whole)) / 100;
}

export function BudgetSection({ budget }: { budget: Campaign["budget"] }): ReactNode {
  const t = useWords();
  const rows = [
    { name: "spent", tone: "done", amount: budget.spent },
    { name: "reserved", tone: "waiting", amount: budget.reserved },
    { name: "free", tone: "quiet", amount: budget.free },
  ] as const;
  return (
    <Section header={t("ads:budget.header")} footer={t("ads:budget.footer")} testId="budget">
      <Cell title={t("ads:budget.total")} after={<AmountText value={budget.total} isFirst />} isAfterStrong />
      <div className="budget-bar" aria-hidden="true">
        {rows.slice(0, 2).map(({ name, tone, amount }) => (
          <span
            key={name}
            data-tone={tone}
            style={{ width: `${shareOf(amount.amount, budget.total.amount)}%`, background: "var(--tone)" }}
          />
        ))}
      </div>
      {rows.map(({ name, tone, amount }) => (
        <Cell
          key={name}
          before={<span className="budget-key" {...(name === "free" ? {} : { "data-tone": tone })} />}
          beforeSize={10}
          title={t(`ads:budget.${name}`)}
          subtitle={t(`ads:budget.${name}Text`)}
          after={<AmountText value={amount} />}
        />
      ))}
    </Section>
  );
}
