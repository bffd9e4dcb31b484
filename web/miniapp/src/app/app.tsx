/** The shell: who may see what, the screens by path, the tab bar, and the quiet bar of a lost connection. */
import { type ReactNode, Suspense, useEffect, useSyncExternalStore } from "react";
import { useLocation } from "wouter";
import { ErrorBoundary } from "../../../kit/error-boundary.tsx";
import { setLanguage, useWords } from "../../../kit/i18n.ts";
import { Icon } from "../../../kit/icons.tsx";
import type { Live } from "../../../kit/live.ts";
import { isSignedIn, useReader } from "../../../kit/reader.ts";
import { Failure, Placeholder, Screen, SkeletonRows } from "../../../kit/screen.tsx";
import { Toasts } from "../../../kit/toast.tsx";
import { FeaturesProvider } from "../kernel/feature.ts";
import { useBack } from "../kernel/navigation.ts";
import { useMe } from "../kernel/queries.ts";
import { features } from "./features.ts";
import { HomeScreen, VisitorHome } from "./home-screen.tsx";
import { LanguageScreen } from "./language-screen.tsx";
import { Guide, Places } from "./routes.tsx";
import { isTab, TabBar } from "./tab-bar.tsx";
import { VisitorBar } from "./visitor-bar.tsx";

export function App({ live }: { live: Live }): ReactNode {
  const reader = useReader();
  const me = useMe();
  const language = me.data?.language;
  const isChosen = me.data?.isLanguageChosen;
  useEffect(() => {
    if (language && isChosen) void setLanguage(language);
  }, [language, isChosen]);

  if (reader === "ended") return <EndedScreen />;
  if (reader === "visitor") return <Shell live={null} />;
  if (me.error && !me.data)
    return (
      <main className="screen">
        <Failure error={me.error} onRetry={() => void me.refetch()} />
      </main>
    );
  if (me.data && !me.data.isLanguageChosen) return <LanguageScreen />;
  return <Shell live={live} />;
}

function Shell({ live }: { live: Live | null }): ReactNode {
  const [path] = useLocation();
  const isVisitor = !isSignedIn();
  return (
    <FeaturesProvider value={features}>
      <OfflineBar live={live} />
      {isVisitor && path !== "/enter" && <VisitorBar />}
      <ErrorBoundary key={path}>
        <Suspense fallback={<LazyFallback />}>
          <Places
            isVisitor={isVisitor}
            home={isVisitor ? <VisitorHome /> : <HomeScreen />}
            other={isVisitor ? <SignInScreen /> : <NotFoundScreen />}
          />
        </Suspense>
      </ErrorBoundary>
      {!isVisitor && isTab(path) && <TabBar />}
      <Toasts />
    </FeaturesProvider>
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

function NotFoundScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  return (
    <Screen title={t("app:notFound.title")} isTitleHidden onBack={back}>
      <Placeholder icon="search" title={t("app:notFound.title")} text={t("app:notFound.text")} />
    </Screen>
  );
}

/** This browser was signed in until a moment ago. */
function EndedScreen(): ReactNode {
  return (
    <FeaturesProvider value={features}>
      <Suspense fallback={<LazyFallback />}>
        <Guide reason="ended" />
      </Suspense>
      <Toasts />
    </FeaturesProvider>
  );
}

/** What is one's own is asked for by a visitor. */
const SignInScreen = (): ReactNode => <Guide reason="needed" />;

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
