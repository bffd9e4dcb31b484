/** What the signing sheet shows at each step. */
import type { ReactNode } from "react";
import type { Deal, DealAction } from "../../../../../server/src/kernel/deals/shapes.ts";
import type { TonConnectRequest } from "../../../../../server/src/platform/shapes.ts";
import { shortAddress } from "../../../../kit/address.ts";
import { Button } from "../../../../kit/button.tsx";
import { useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../kit/list.tsx";
import { AddressText, AmountText } from "../../../../kit/money.tsx";
import { Placeholder } from "../../../../kit/screen.tsx";
import { pinnedWallet } from "./send-request.ts";

export function NoWallet({ address, onConnect }: { address: string; onConnect: () => void }): ReactNode {
  const t = useWords();
  return (
    <>
      <Placeholder
        icon="wallet"
        title={t("wallet:sign.connectTitle")}
        text={t("wallet:sign.connectText", { address: shortAddress(address) })}
      />
      <div className="sheet-actions">
        <Button onClick={onConnect} testId="connect-wallet">
          {t("wallet:sign.connect")}
        </Button>
      </div>
    </>
  );
}

export function AnotherWallet(props: {
  wanted: string;
  connected: string;
  onConnect: () => void;
}): ReactNode {
  const t = useWords();
  return (
    <>
      <Section footer={t("wallet:sign.anotherFooter")}>
        <Cell title={t("wallet:sign.wanted")} after={<AddressText address={props.wanted} />} />
        <Cell
          title={t("wallet:sign.connected")}
          after={<span className="tabular">{shortAddress(props.connected)}</span>}
        />
      </Section>
      <div className="sheet-actions">
        <Button onClick={props.onConnect} testId="connect-wallet">
          {t("wallet:sign.switch")}
        </Button>
      </div>
    </>
  );
}

/** The server's words and this device's sums disagree: nothing may be paid. */
export function Refusal({ wrong, onClose }: { wrong: readonly string[]; onClose: () => void }): ReactNode {
  const t = useWords();
  return (
    <div role="alert">
      <Placeholder
        icon="warning"
        tone="trouble"
        title={t("wallet:sign.refusedTitle")}
        text={t("wallet:sign.refusedText", { wrong: wrong.join(", ") })}
        action={{ text: t("kit:close"), onClick: onClose }}
      />
    </div>
  );
}

export function ReadyToSign(props: {
  deal: Deal;
  action: DealAction;
  request: TonConnectRequest;
  isSigning: boolean;
  problem: string | null;
  onSign: () => void;
}): ReactNode {
  const { deal, action, request, isSigning, problem, onSign } = props;
  const t = useWords();
  return (
    <>
      {action === "pay" ? (
        <PaymentSummary deal={deal} request={request} />
      ) : (
        <MessageSummary deal={deal} request={request} />
      )}
      {problem && (
        <p className="screen-lead" role="alert" style={{ color: "var(--danger)" }}>
          {problem}
        </p>
      )}
      <div className="sheet-actions">
        <Button onClick={onSign} isLoading={isSigning} testId="sign">
          {t(
            isSigning ? "wallet:sign.inWallet" : action === "pay" ? "wallet:sign.pay" : "wallet:sign.confirm",
          )}
        </Button>
      </div>
    </>
  );
}

const totalOf = (request: TonConnectRequest): string =>
  request.messages.reduce((sum, { amount }) => sum + BigInt(amount), 0n).toString();

function PaymentSummary({ deal, request }: { deal: Deal; request: TonConnectRequest }): ReactNode {
  const t = useWords();
  const { asset, amount: price } = deal.price;
  const total = totalOf(request);
  const over = (BigInt(total) - BigInt(price)).toString();
  return (
    <>
      <div className="hero">
        <p className="note hint">{t("wallet:sign.youPay")}</p>
        <p className="hero-amount" style={{ marginTop: 0 }}>
          <AmountText value={{ amount: total, asset }} isExact isFirst />
        </p>
      </div>
      <Section footer={t("wallet:sign.overFooter")}>
        <Cell title={t("wallet:sign.price")} after={<AmountText value={deal.price} isExact />} />
        <Cell title={t("wallet:sign.over")} after={<AmountText value={{ amount: over, asset }} isExact />} />
        <Cell title={t("wallet:sign.from")} after={<AddressText address={pinnedWallet(deal)} />} />
        <Cell
          title={t("wallet:sign.to")}
          after={<AddressText address={deal.escrow.address} explorerUrl={deal.escrow.explorerUrl} />}
        />
        <div className="reassure" data-tone="done">
          <Icon name="shield" />
          <span>{t("wallet:sign.checked")}</span>
        </div>
      </Section>
    </>
  );
}

function MessageSummary({ deal, request }: { deal: Deal; request: TonConnectRequest }): ReactNode {
  const t = useWords();
  return (
    <Section footer={t("wallet:sign.messageFooter")}>
      <Cell
        title={t("wallet:sign.gas")}
        after={<AmountText value={{ amount: totalOf(request), asset: deal.price.asset }} isExact />}
      />
      <Cell title={t("wallet:sign.from")} after={<AddressText address={pinnedWallet(deal)} />} />
      <Cell
        title={t("wallet:sign.to")}
        after={<AddressText address={deal.escrow.address} explorerUrl={deal.escrow.explorerUrl} />}
      />
    </Section>
  );
}
