/** A Mini App with the stock `@tonconnect/ui-react`, as small as one can be. */
import { TonConnect, TonConnectUIProvider, useTonAddress, useTonConnectUI } from "@tonconnect/ui-react";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

const params = new URLSearchParams(location.search);
const connector = new TonConnect({
  manifestUrl: `${location.origin}/manifest.json`,
  walletsListSource: params.get("wallets") ?? "",
  analytics: { mode: "off" },
});

function Shop() {
  const [ui] = useTonConnectUI();
  const address = useTonAddress(false);
  const [said, say] = useState("");
  useEffect(() => {
    ui.setConnectRequestParameters({ state: "ready", value: { tonProof: "browser-nonce" } });
    return ui.onStatusChange((wallet) => {
      const proof = wallet?.connectItems?.tonProof;
      if (proof !== undefined && "proof" in proof) say(`proof ${proof.proof.payload}`);
    });
  }, [ui]);
  const pay = () => {
    const messages = [{ address: params.get("payee") ?? "", amount: "1500000000" }];
    ui.sendTransaction({ validUntil: Math.floor(Date.now() / 1000) + 300, messages }).then(
      ({ boc }) => say(`paid ${boc.length}`),
      (error: Error) => say(`failed ${error.message}`),
    );
  };
  return (
    <main>
      <p id="address">{address}</p>
      <p id="said">{said}</p>
      <button id="connect" type="button" onClick={() => void ui.openModal()}>
        Connect
      </button>
      <button id="pay" type="button" onClick={pay}>
        Pay
      </button>
    </main>
  );
}

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <TonConnectUIProvider connector={connector}>
      <Shop />
    </TonConnectUIProvider>,
  );
}
