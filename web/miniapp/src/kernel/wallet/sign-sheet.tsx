/**
 * Signing a message of a deal in the reader's own wallet. A payment is checked on this device first. After signing nothing is
 * claimed: the message is on its way, and the deal says when the chain has taken it.
 */
import { useQuery } from "@tanstack/react-query";
import { useIsConnectionRestored, useTonConnectUI, useTonWallet } from "@tonconnect/ui-react";
import { type ReactNode, useState } from "react";
import type { Deal, DealAction } from "../../../../../server/src/kernel/deals/shapes.ts";
import type { TonConnectRequest } from "../../../../../server/src/platform/shapes.ts";
import { isSameAddress } from "../../../../kit/address.ts";
import { get } from "../../../../kit/api.ts";
import { useWords } from "../../../../kit/i18n.ts";
import { Failure, SkeletonRows } from "../../../../kit/screen.tsx";
import { Sheet } from "../../../../kit/sheet.tsx";
import { toast } from "../../../../kit/toast.tsx";
import { WalletProvider } from "./provider.tsx";
import { pinnedWallet, reasonOf, sendRequest } from "./send-request.ts";
import { AnotherWallet, NoWallet, ReadyToSign, Refusal } from "./sign-steps.tsx";

interface Props {
  deal: Deal;
  action: DealAction;
  /** Null: the payment, which is asked for here. */
  request: TonConnectRequest | null;
  onSent: () => void;
  onClose: () => void;
}

export default function SignSheet(props: Props): ReactNode {
  const t = useWords();
  const title = t(props.action === "pay" ? "wallet:sign.payTitle" : "wallet:sign.title");
  return (
    <WalletProvider>
      <Sheet title={title} onClose={props.onClose} testId="sign-sheet">
        <SignSteps {...props} />
      </Sheet>
    </WalletProvider>
  );
}

function usePayment({ deal, request }: Props) {
  return useQuery({
    queryKey: ["payment", deal.id, deal.updatedAt, request],
    queryFn: async ({ signal }) => {
      if (request) return { request, wrong: [] };
      const [payment, { checkPayment }] = await Promise.all([
        get<TonConnectRequest>(`/api/deals/${deal.id}/payment`, {}, signal),
        import("./escrow-check.ts"),
      ]);
      return { request: payment, wrong: checkPayment(deal, payment) };
    },
    staleTime: 0,
    gcTime: 0,
  });
}

function SignSteps(props: Props): ReactNode {
  const { deal, action, onSent, onClose } = props;
  const t = useWords();
  const [ui] = useTonConnectUI();
  const wallet = useTonWallet();
  const isRestored = useIsConnectionRestored();
  const payment = usePayment(props);
  const [isSigning, setSigning] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  if (payment.error) return <Failure error={payment.error} onRetry={() => void payment.refetch()} />;
  if (!payment.data || !isRestored) return <SkeletonRows rows={3} avatar={0} />;
  const { request, wrong } = payment.data;
  if (wrong.length > 0) return <Refusal wrong={wrong} onClose={onClose} />;
  const connect = async () => {
    if (ui.connected) await ui.disconnect();
    ui.setConnectRequestParameters(null);
    ui.setConnectionNetwork(request.network);
    await ui.openModal();
  };
  if (!wallet) return <NoWallet address={pinnedWallet(deal)} onConnect={() => void connect()} />;
  const isRight =
    isSameAddress(wallet.account.address, pinnedWallet(deal)) && wallet.account.chain === request.network;
  if (!isRight)
    return (
      <AnotherWallet
        wanted={pinnedWallet(deal)}
        connected={wallet.account.address}
        onConnect={() => void connect()}
      />
    );

  const sign = async () => {
    setProblem(null);
    setSigning(true);
    try {
      await sendRequest(ui, request, wallet.account.address);
      onSent();
      onClose();
      toast(t("wallet:sign.sent"), "done");
    } catch (error) {
      setProblem(t(`wallet:sign.${reasonOf(error)}`));
    } finally {
      setSigning(false);
    }
  };
  return (
    <ReadyToSign
      deal={deal}
      action={action}
      request={request}
      isSigning={isSigning}
      problem={problem}
      onSign={() => void sign()}
    />
  );
}
