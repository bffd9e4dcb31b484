/** Links a wallet by `ton_proof`: the wallet signs that it is the reader's, for this site and this moment. No money moves. */
import { useQueryClient } from "@tanstack/react-query";
import { type ConnectedWallet, useTonConnectUI } from "@tonconnect/ui-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Wallet } from "../../../../../server/src/kernel/identity/shapes.ts";
import { send } from "../../../../kit/api.ts";
import { Button } from "../../../../kit/button.tsx";
import { useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Section } from "../../../../kit/list.tsx";
import { Sheet } from "../../../../kit/sheet.tsx";
import { toast } from "../../../../kit/toast.tsx";
import { config } from "../config.ts";
import { keys } from "../queries.ts";
import { WalletProvider } from "./provider.tsx";

interface Props {
  onClose: () => void;
  onLinked: () => void;
}

export default function LinkSheet(props: Props): ReactNode {
  return (
    <WalletProvider>
      <LinkForm {...props} />
    </WalletProvider>
  );
}

/** What the server checks, and nothing else of what the wallet told. Null when the wallet gave no proof. */
function proofOf({ account, connectItems }: ConnectedWallet): object | null {
  const answer = connectItems?.tonProof;
  if (!answer || !("proof" in answer)) return null;
  const { timestamp, domain, signature, payload } = answer.proof;
  return {
    account: {
      address: account.address,
      chain: account.chain,
      publicKey: account.publicKey,
      walletStateInit: account.walletStateInit,
    },
    proof: {
      timestamp,
      domain: { lengthBytes: domain.lengthBytes, value: domain.value },
      signature,
      payload,
    },
  };
}

function LinkForm({ onClose, onLinked }: Props): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const [ui] = useTonConnectUI();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const finish = useRef(async (_wallet: ConnectedWallet) => undefined as undefined);
  finish.current = async (wallet) => {
    const proof = proofOf(wallet);
    if (!proof) return;
    setBusy(true);
    try {
      await send<Wallet>("POST", "/api/wallets", proof);
      await client.invalidateQueries({ queryKey: keys.me });
      toast(t("wallet:link.done"), "done");
      onLinked();
    } catch (refusal) {
      setError(wordsOfError(t, refusal));
      await ui.disconnect().catch(() => undefined);
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => ui.onStatusChange((wallet) => void (wallet && finish.current(wallet))), [ui]);

  const start = async () => {
    setError(null);
    setBusy(true);
    try {
      if (ui.connected) await ui.disconnect();
      const { payload } = await send<{ payload: string }>("POST", "/api/wallets/proof-payload");
      ui.setConnectionNetwork(config().network);
      ui.setConnectRequestParameters({ state: "ready", value: { tonProof: payload } });
      await ui.openModal();
    } catch (refusal) {
      setError(wordsOfError(t, refusal));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet title={t("wallet:link.title")} onClose={onClose} testId="link-wallet">
      <Section footer={t("wallet:link.footer")}>
        {(["wallet", "shield", "lock"] as const).map((icon) => (
          <div className="reassure" data-tone="safe" key={icon}>
            <Icon name={icon} />
            <span>{t(`wallet:link.${icon}`)}</span>
          </div>
        ))}
      </Section>
      {error && (
        <p className="screen-lead" role="alert" style={{ color: "var(--danger)" }}>
          {error}
        </p>
      )}
      <div className="sheet-actions">
        <Button onClick={() => void start()} isLoading={isBusy} testId="connect-wallet">
          {t("wallet:link.button")}
        </Button>
      </div>
    </Sheet>
  );
}
