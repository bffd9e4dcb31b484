/** The shell: who may see what, the screens by path, the tab bar, and the quiet bar of a lost connection. */
import { lazy, type ReactNode, Suspense, useEffect, useSyncExternalStore } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { isTab } from "../../../kit/deep-link.ts";
import { ErrorBoundary } from "../../../kit/error-boundary.tsx";
import { setLanguage, useWords } from "../../../kit/i18n.ts";
import { Icon } from "../../../kit/icons.tsx";
import type { Live } from "../../../kit/live.ts";
import { Failure, Placeholder, Screen, SkeletonRows } from "../../../kit/screen.tsx";
import { launch } from "../../../kit/telegram.ts";
import { Toasts } from "../../../kit/toast.tsx";
import { CatalogueScreen } from "../features/channels/screens/catalogue-screen.tsx";
import { ListingByCodeScreen, ListingScreen } from "../features/channels/screens/listing-screen.tsx";
import { DealScreen } from "../kernel/deals/deal-screen.tsx";
import { DealsScreen } from "../kernel/deals/deals-screen.tsx";
import { useBack } from "../kernel/navigation.ts";
import { InboxScreen } from "../kernel/profile/inbox-screen.tsx";
import { ProfileScreen } from "../kernel/profile/profile-screen.tsx";
import { useMe } from "../kernel/queries.ts";
import { HomeScreen } from "./home-screen.tsx";
import { LanguageScreen } from "./language-screen.tsx";
import { TabBar } from "./tab-bar.tsx";
import { VisitorBar } from "./visitor-bar.tsx";

const SellScreen = lazy(() => import("../features/channels/screens/sell-screen.tsx"));
const MyListingsScreen = lazy(() => import("../features/channels/screens/my-listings-screen.tsx"));
const ReceiptScreen = lazy(() => import("../kernel/deals/receipt-screen.tsx"));
const DeskScreen = lazy(() => import("../kernel/arbiter/desk-screen.tsx"));
const BalanceScreen = lazy(() => import("../kernel/balance/balance-screen.tsx"));
const RechargeScreen = lazy(() => import("../kernel/balance/recharge-screen.tsx"));
const StatementScreen = lazy(() => import("../kernel/balance/statement-screen.tsx"));
const PaymentsScreen = lazy(() => import("../kernel/payments/payments-screen.tsx"));
const PaymentScreen = lazy(() => import("../kernel/payments/payment-screen.tsx"));
const CaseScreen = lazy(() => import("../kernel/arbiter/case-screen.tsx"));

export function App({ live }: { live: Live | null }): ReactNode {
  const me = useMe();
  const language = me.data?.language;
  const isChosen = me.data?.isLanguageChosen;
  useEffect(() => {
    if (language && isChosen) void setLanguage(language);
  }, [language, isChosen]);

  if (!launch.isTelegram) return <Shell screens={<VisitorScreens />} live={null} />;
  if (me.error && !me.data)
    return (
      <main className="screen">
        <Failure error={me.error} onRetry={() => void me.refetch()} />
      </main>
    );
  if (me.data && !me.data.isLanguageChosen) return <LanguageScreen />;
  return <Shell screens={<Screens />} live={live} />;
}

function Shell({ screens, live }: { screens: ReactNode; live: Live | null }): ReactNode {
  const [path] = useLocation();
  return (
    <>
      <OfflineBar live={live} />
      {!launch.isTelegram && <VisitorBar />}
      <ErrorBoundary key={path}>
        <Suspense fallback={<LazyFallback />}>{screens}</Suspense>
      </ErrorBoundary>
      {launch.isTelegram && isTab(path) && <TabBar />}
      <Toasts />
    </>
  );
}

function LazyFallback(): ReactNode {
  return (
    <main className="screen">
      <SkeletonRows rows={3} />
      <SkeletonRows rows={5} avatar={0} />
    </main>
  );
}

function Screens(): ReactNode {
  return (
    <Switch>
      <Route path="/" component={HomeScreen} />
      <Route path="/channels" component={CatalogueScreen} />
      <Route path="/listings/:id">{({ id }) => <ListingScreen key={id} id={id} />}</Route>
      <Route path="/offer/:code">{({ code }) => <ListingByCodeScreen key={code} code={code} />}</Route>
      <Route path="/sell" component={SellScreen} />
      <Route path="/sell/mine" component={MyListingsScreen} />
      <Route path="/deals" component={DealsScreen} />
      <Route path="/deals/:id">{({ id }) => <DealScreen key={id} id={id} />}</Route>
      <Route path="/deals/:id/receipt">{({ id }) => <ReceiptScreen key={id} id={id} />}</Route>
      <Route path="/balance" component={BalanceScreen} />
      <Route path="/balance/recharge" component={RechargeScreen} />
      <Route path="/balance/statement" component={StatementScreen} />
      <Route path="/payments" component={PaymentsScreen} />
      <Route path="/payments/:id">{({ id }) => <PaymentScreen key={id} id={id} />}</Route>
      <Route path="/inbox" component={InboxScreen} />
      <Route path="/profile" component={ProfileScreen} />
      <Route path="/arbiter" component={DeskScreen} />
      <Route path="/arbiter/:id">{({ id }) => <CaseScreen key={id} id={id} />}</Route>
      <Route component={NotFoundScreen} />
    </Switch>
  );
}

function VisitorScreens(): ReactNode {
  return (
    <Switch>
      <Route path="/">
        <Redirect to="/channels" replace />
      </Route>
      <Route path="/channels" component={CatalogueScreen} />
      <Route path="/listings/:id">{({ id }) => <ListingScreen key={id} id={id} />}</Route>
      <Route path="/offer/:code">{({ code }) => <ListingByCodeScreen key={code} code={code} />}</Route>
      <Route component={OnlyInTelegramScreen} />
    </Switch>
  );
}

function NotFoundScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  return (
    <Screen title={t("app:notFound.title")} isTitleHidden onBack={back}>
      <Placeholder icon="search" title={t("app:notFound.title")} text={t("app:notFound.text")} />
    </Screen>
  );
}

function OnlyInTelegramScreen(): ReactNode {
  const t = useWords();
  return (
    <Screen title={t("app:visitor.onlyTitle")} isTitleHidden onBack={null}>
      <Placeholder icon="telegram" title={t("app:visitor.onlyTitle")} text={t("app:visitor.onlyText")} />
    </Screen>
  );
}

const neverLive = { onStatus: () => () => undefined, status: () => "open" as const };

function OfflineBar({ live }: { live: Live | null }): ReactNode {
  const t = useWords();
  const source = live ?? neverLive;
  const status = useSyncExternalStore(source.onStatus, source.status);
  const isOnline = useSyncExternalStore(
    (listener) => {
      window.addEventListener("online", listener);
      window.addEventListener("offline", listener);
      return () => {
        window.removeEventListener("online", listener);
        window.removeEventListener("offline", listener);
      };
    },
    () => navigator.onLine,
  );
  if (isOnline && status !== "closed") return null;
  return (
    <div className="offline-bar" role="status">
      <Icon name="offline" size={18} />
      {t("kit:offline")}
    </div>
  );
}
