/** For the seller of a channel, once the money is locked: how Telegram passes a channel on. Souk never does it and never asks for a password. */
import type { ReactNode } from "react";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import { useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../kit/list.tsx";
import { openOutside } from "../../../../kit/telegram.ts";
import { config } from "../config.ts";

const steps = ["admin", "open", "transfer", "wait"] as const;

export function TransferGuide({ deal }: { deal: Deal }): ReactNode {
  const t = useWords();
  if (deal.nextStep.key !== "deliver" || deal.role !== "seller") return null;
  const { username } = deal.subject;
  const buyer = deal.buyer.username ? `@${deal.buyer.username}` : deal.buyer.firstName;
  return (
    <Section header={t("deal:transfer.header")} footer={t("deal:transfer.footer")} testId="transfer-guide">
      <ol>
        {steps.map((step, place) => (
          <li className="guide-step" key={step}>
            <span className="guide-number" aria-hidden="true">
              {place + 1}
            </span>
            <span>{t(`deal:transfer.${step}`, { buyer })}</span>
          </li>
        ))}
      </ol>
      {username && (
        <Cell
          look="action"
          before={<Icon name="telegram" />}
          title={t("deal:transfer.openChannel")}
          onClick={() => openOutside(`${config().linkBase.replace(/\/$/, "")}/${username}`)}
        />
      )}
    </Section>
  );
}
