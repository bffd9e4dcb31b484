import { useEffect, useRef } from "react";
import { usePhone } from "./context.ts";
import { useLayerFocus } from "./dialogs.tsx";
import { Icon } from "./icons.tsx";

/** The wallet's own page over everything else on this phone, as a second Mini App would come up in Telegram. */
export function WalletSheet() {
  const { ui } = usePhone();
  return ui.wallet ? <WalletFrame key={ui.wallet.key} url={ui.wallet.url} /> : null;
}

function WalletFrame({ url }: { url: string }) {
  const { phone, state, words } = usePhone();
  const layer = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  useLayerFocus(layer, () => phone.closeWallet());
  useEffect(() => {
    const origin = new URL(url).origin;
    const listen = (event: MessageEvent) => {
      if (event.source !== frame.current?.contentWindow || event.origin !== origin) return;
      const { type, event: name } = (event.data ?? {}) as { type?: unknown; event?: unknown };
      if (type !== "souk-wallet") return;
      if (name === "close") phone.closeWallet();
      if (name === "done") phone.haptic({ type: "notification", kind: "success" });
    };
    window.addEventListener("message", listen);
    return () => window.removeEventListener("message", listen);
  }, [url, phone]);
  return (
    <div className="layer wallet-layer" ref={layer}>
      <section className="wallet-sheet" role="dialog" aria-modal="true" aria-label={words.walletTitle}>
        <header className="app-header">
          <button
            type="button"
            className="app-leave"
            aria-label={words.close}
            onClick={() => phone.closeWallet()}
          >
            <Icon name="close" size={20} weight={2} />
          </button>
          <div className="app-title">
            <b>{words.walletTitle}</b>
            <small>{words.miniApp}</small>
          </div>
          <div className="app-tools" />
        </header>
        <iframe
          ref={frame}
          src={url}
          title={`${words.walletTitle}, ${state.me.firstName}`}
          allow="clipboard-write"
          data-wallet={state.me.id}
        />
      </section>
    </div>
  );
}
