import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Wallet } from "../../../../../server/src/kernel/identity/shapes.ts";
import { shortAddress } from "../../../../kit/address.ts";
import { send } from "../../../../kit/api.ts";
import { Button } from "../../../../kit/button.tsx";
import { serverNow } from "../../../../kit/clock.ts";
import { useLanguage, useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Cell, Chip, Section } from "../../../../kit/list.tsx";
import { AddressText } from "../../../../kit/money.tsx";
import { Sheet } from "../../../../kit/sheet.tsx";
import { date } from "../../../../kit/time.ts";
import { toast } from "../../../../kit/toast.tsx";
import { keys } from "../queries.ts";
import { LinkWallet } from "../wallet/link-wallet.tsx";

export function WalletsSection({ wallets }: { wallets: readonly Wallet[] }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const [isLinking, setLinking] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const wallet = wallets.find(({ address }) => address === opened);
  return (
    <Section header={t("profile:wallets.header")} footer={t("profile:wallets.footer")} testId="wallets">
      {wallets.map((one) => (
        <Cell
          key={one.address}
          before={<Icon name="wallet" />}
          title={<span className="tabular">{shortAddress(one.address)}</span>}
          subtitle={
            <>
              {t("profile:wallets.linked", { date: date(one.linkedAt, serverNow(), language) })}
              <span className="chips">
                {one.isPrimary && <Chip tone="done">{t("profile:wallets.primary")}</Chip>}
                {one.isInUse && <Chip tone="safe">{t("profile:wallets.inUse")}</Chip>}
              </span>
            </>
          }
          after={
            <span className="chevron">
              <Icon name="next" size={18} />
            </span>
          }
          onClick={() => setOpened(one.address)}
        />
      ))}
      <Cell
        look="action"
        before={<Icon name="plus" />}
        title={t("profile:wallets.add")}
        subtitle={wallets.length === 0 ? t("profile:wallets.emptyText") : null}
        onClick={() => setLinking(true)}
      />
      {isLinking && <LinkWallet onClose={() => setLinking(false)} onLinked={() => setLinking(false)} />}
      {wallet && <WalletSheet wallet={wallet} onClose={() => setOpened(null)} />}
    </Section>
  );
}

function WalletSheet({ wallet, onClose }: { wallet: Wallet; onClose: () => void }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const path = `/api/wallets/${encodeURIComponent(wallet.address)}`;
  const done = (words: string) => async () => {
    await client.invalidateQueries({ queryKey: keys.me });
    toast(t(words), "done");
    onClose();
  };
  const onError = (error: unknown) => toast(wordsOfError(t, error), "trouble");
  const makePrimary = useMutation({
    mutationFn: () => send<Wallet>("PUT", path, { isPrimary: true }),
    onSuccess: done("profile:wallets.madePrimary"),
    onError,
  });
  const remove = useMutation({
    mutationFn: () => send<void>("DELETE", path),
    onSuccess: done("profile:wallets.removed"),
    onError,
  });
  return (
    <Sheet title={t("wallet:title")} onClose={onClose}>
      <Section footer={wallet.isInUse ? t("profile:wallets.footer") : undefined}>
        <Cell title={<AddressText address={wallet.address} />} after={wallet.version} />
        <p className="prose small">{wallet.address}</p>
      </Section>
      <div className="sheet-actions">
        {!wallet.isPrimary && (
          <Button look="tinted" onClick={() => makePrimary.mutate()} isLoading={makePrimary.isPending}>
            {t("profile:wallets.makePrimary")}
          </Button>
        )}
        {!wallet.isInUse && (
          <Button look="danger" onClick={() => remove.mutate()} isLoading={remove.isPending}>
            {t("profile:wallets.remove")}
          </Button>
        )}
      </div>
    </Sheet>
  );
}
