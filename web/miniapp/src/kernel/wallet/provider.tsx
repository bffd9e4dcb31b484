/** TON Connect for the sheets that need it: our list of wallets, our theme and language, no analytics, no outside request. */
import { type ITonConnect, THEME, TonConnect, TonConnectUIProvider } from "@tonconnect/ui-react";
import type { ReactNode } from "react";
import { useLanguage } from "../../../../kit/i18n.ts";
import { appLink, config } from "../config.ts";

let connector: ITonConnect | null = null;

function connectorOf(): ITonConnect {
  const { tonConnectManifestUrl: manifestUrl, tonConnectWalletsUrl } = config();
  connector ??= new TonConnect({
    manifestUrl,
    ...(tonConnectWalletsUrl ? { walletsListSource: tonConnectWalletsUrl } : {}),
    analytics: { mode: "off" },
  });
  return connector;
}

function colors() {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    accent: of("button"),
    telegramButton: of("button"),
    text: { primary: of("text"), secondary: of("hint") },
    icon: {
      primary: of("text"),
      secondary: of("hint"),
      tertiary: of("hint"),
      success: of("done"),
      error: of("danger"),
    },
    background: {
      primary: of("section"),
      secondary: of("page"),
      segment: of("section"),
      tint: of("fill"),
      qr: "#ffffff",
    },
  };
}

export function WalletProvider({ children }: { children: ReactNode }): ReactNode {
  const language = useLanguage();
  const isDark = document.documentElement.dataset.theme === "dark";
  const theme = isDark ? THEME.DARK : THEME.LIGHT;
  return (
    <TonConnectUIProvider
      connector={connectorOf()}
      language={language}
      uiPreferences={{ theme, borderRadius: "m", colorsSet: { [theme]: colors() } }}
      actionsConfiguration={{
        returnStrategy: "back",
        twaReturnUrl: appLink() as `${string}://${string}`,
        modals: ["before"],
        notifications: [],
      }}
    >
      {children}
    </TonConnectUIProvider>
  );
}
