/** A Mini App of nothing but the stock SDK, for `bridge.test.ts`: it shows what it hears and lets the test call the SDK. */
import * as sdk from "@tma.js/sdk-react";
import { createRoot } from "react-dom/client";

const heard: { name: string; payload: unknown }[] = [];
(sdk.on as unknown as (name: "*", listener: (event: { name: string; payload: unknown }) => void) => void)(
  "*",
  (event) => heard.push({ name: event.name, payload: event.payload }),
);

declare global {
  interface Window {
    sdk: typeof sdk;
    heard: typeof heard;
  }
}
window.sdk = sdk;
window.heard = heard;

sdk.setTargetOrigin(document.referrer ? new URL(document.referrer).origin : "*");
sdk.init();
sdk.themeParams.mount();
sdk.miniApp.mount();
sdk.mainButton.mount();
sdk.secondaryButton.mount();
sdk.backButton.mount();
sdk.closingBehavior.mount();
sdk.settingsButton.mount();
const mounted = sdk.viewport.mount();

function App() {
  const background = sdk.useSignal(sdk.themeParams.bgColor);
  const height = sdk.useSignal(sdk.viewport.height);
  return (
    <p id="shown">
      {background} {height}
    </p>
  );
}

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
void mounted.then(() => sdk.miniApp.ready());
