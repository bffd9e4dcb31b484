/** Connects a wallet and hands it the payment. Lazy: the wallet's library is bigger than the rest of the app. */
import { useIsConnectionRestored, useTonAddress, useTonConnectUI, useTonWallet } from "@tonconnect/ui-react";
import { type ReactNode, useRef, useState } from "react";
import type { Payment } from "../../../../../server/src/kernel/payments/shapes.ts";
import { shortAddress } from "../../../../kit/address.ts";
import { Button } from "../../../../kit/button.tsx";
import { serverNow } from "../../../../kit/clock.ts";
import { useWords } from "../../../../kit/i18n.ts";
import { WalletProvider } from "../wallet/provider.tsx";
import { type NotSent, reasonOf, sendRequest } from "../wallet/send-request.ts";
import { signUntil, type TonInstructions } from "./stage.ts";

interface Props {
  payment: Payment;
  pay: TonInstructions;
  onSent: () => void;
}

export default function TonWallet(props: Props): ReactNode {
  return (
    <WalletProvider>
      <TonWalletSteps {...props} />
    </WalletProvider>
  );
}

function useSending({ payment, pay, onSent }: Props, from: string | null) {
  const [ui] = useTonConnectUI();
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<NotSent | null>(null);
  const isBusy = useRef(false);
  const sendIt = async () => {
    if (!from || isBusy.current) return;
    isBusy.current = true;
    setProblem(null);
    setSending(true);
    try {
      const validUntil = signUntil(payment.expiresAt, serverNow());
      await sendRequest(ui, { ...pay.request, validUntil }, from);
      onSent();
    } catch (error) {
      const reason = reasonOf(error);
      setProblem(reason);
      // The wallet may have sent it and lost its answer: what follows must not invite to pay twice.
      if (reason === "unknown") onSent();
    } finally {
      isBusy.current = false;
      setSending(false);
    }
  };
  return { ui, isSending, problem, sendIt };
}

function TonWalletSteps(props: Props): ReactNode {
  const t = useWords();
  const wallet = useTonWallet();
  const isRestored = useIsConnectionRestored();
  const friendly = useTonAddress();
  const address = wallet?.account.address ?? null;
  const { ui, isSending, problem, sendIt } = useSending(props, address);
  const connect = async () => {
    if (ui.connected) await ui.disconnect();
    ui.setConnectRequestParameters(null);
    ui.setConnectionNetwork(props.pay.request.network);
    await ui.openModal();
  };
  if (!isRestored)
    return (
      <Button onClick={() => undefined} isLoading>
        {t("pay:ton.pay")}
      </Button>
    );
  if (!wallet || !address)
    return (
      <Button onClick={() => void connect()} testId="connect-wallet">
        {t("pay:ton.connect")}
      </Button>
    );
  if (wallet.account.chain !== props.pay.request.network)
    return (
      <>
        <p className="note hint" role="alert">
          {t("pay:ton.wrongNetwork")}
        </p>
        <Button onClick={() => void connect()} testId="connect-wallet">
          {t("pay:ton.switch")}
        </Button>
      </>
    );
  return (
    <>
      {problem && (
        <p className="note" role="alert" style={{ color: "var(--danger)", paddingBottom: 8 }}>
          {t(`pay:ton.${problem}`)}
        </p>
      )}
      <Button onClick={() => void sendIt()} isLoading={isSending} testId="sign">
        {t(isSending ? "pay:ton.inWallet" : "pay:ton.pay")}
      </Button>
      <Button look="plain" onClick={() => void connect()} isDisabled={isSending}>
        {t("pay:ton.other", { address: shortAddress(friendly) })}
      </Button>
    </>
  );
}
