/** Every screen by its path: the kernel's, then each market's, which are loaded with their words when one first goes there. */
import { type ComponentType, createElement, lazy, type ReactNode } from "react";
import { Route, Switch } from "wouter";
import type { Language } from "../../../../server/src/platform/shapes.ts";
import { fillPath } from "../../../kit/deep-link.ts";
import { addWords } from "../../../kit/i18n.ts";
import { DealScreen } from "../kernel/deals/deal-screen.tsx";
import { DealsScreen } from "../kernel/deals/deals-screen.tsx";
import type { Feature, ScreenRoute } from "../kernel/feature.ts";
import { ParentProvider } from "../kernel/navigation.ts";
import { InboxScreen } from "../kernel/profile/inbox-screen.tsx";
import { ProfileScreen } from "../kernel/profile/profile-screen.tsx";
import { features } from "./features.ts";

type Loaded = Promise<{ default: (props: never) => ReactNode }>;
type AnyScreen = ComponentType<Record<string, string>>;

interface Place {
  readonly path: string;
  readonly parent: string | null;
  readonly isPublic?: boolean;
  readonly screen: AnyScreen;
}

/** The route gives each screen the parameters of its own path: that these are what it takes cannot be seen by types. */
const screenOf = (component: (props: never) => ReactNode): AnyScreen => component as AnyScreen;

const lazyScreen = (load: () => Loaded): AnyScreen =>
  lazy(async () => ({ default: screenOf((await load()).default) }));

/** A part of a market, with the market's words. */
export const lazyOf = (feature: Feature, load: () => Loaded): AnyScreen =>
  lazyScreen(async () => (await Promise.all([load(), addWords(feature.name, feature.words)]))[0]);

const later = ({ load, ...place }: ScreenRoute): Place => ({ ...place, screen: lazyScreen(load) });

/** The screens of signing in to a plain browser, with their words: in Telegram nobody needs them. */
const enterWords = (language: Language) =>
  language === "ru" ? import("../kernel/enter/copy.ru.ts") : import("../kernel/enter/copy.en.ts");
const withEnterWords = async (load: () => Loaded): Loaded =>
  (await Promise.all([load(), addWords("enter", enterWords)]))[0];

export const Guide = lazyScreen(() =>
  withEnterWords(() => import("../kernel/enter/guide-screen.tsx")),
) as ComponentType<{ reason: "needed" | "ended" }>;

/** The screens that one is most often sent to come with the app itself. */
const kernelPlaces: readonly Place[] = [
  { path: "/deals", parent: null, screen: DealsScreen },
  { path: "/deals/:id", parent: "/deals", screen: screenOf(DealScreen) },
  later({
    path: "/deals/:id/receipt",
    parent: "/deals/:id",
    load: () => import("../kernel/deals/receipt-screen.tsx"),
  }),
  later({
    path: "/balance",
    parent: "/profile",
    load: () => import("../kernel/balance/balance-screen.tsx"),
  }),
  later({
    path: "/balance/recharge",
    parent: "/balance",
    load: () => import("../kernel/balance/recharge-screen.tsx"),
  }),
  later({
    path: "/balance/statement",
    parent: "/balance",
    load: () => import("../kernel/balance/statement-screen.tsx"),
  }),
  later({
    path: "/payments",
    parent: "/balance",
    load: () => import("../kernel/payments/payments-screen.tsx"),
  }),
  later({
    path: "/payments/:id",
    parent: "/balance",
    load: () => import("../kernel/payments/payment-screen.tsx"),
  }),
  later({
    path: "/reviews/:kind/:id",
    parent: "/",
    isPublic: true,
    load: () => import("../kernel/reviews/reviews-screen.tsx"),
  }),
  later({
    path: "/enter",
    parent: "/",
    isPublic: true,
    load: () => withEnterWords(() => import("../kernel/enter/enter-screen.tsx")),
  }),
  { path: "/inbox", parent: null, screen: InboxScreen },
  { path: "/profile", parent: null, screen: ProfileScreen },
  later({
    path: "/moderation",
    parent: "/profile",
    load: () => import("../kernel/moderation/desk-screen.tsx"),
  }),
  later({ path: "/arbiter", parent: "/profile", load: () => import("../kernel/arbiter/desk-screen.tsx") }),
  later({
    path: "/arbiter/:id",
    parent: "/arbiter",
    load: () => import("../kernel/arbiter/case-screen.tsx"),
  }),
];

const places: readonly Place[] = [
  ...kernelPlaces,
  ...features.flatMap((feature) =>
    feature.routes.map(({ load, ...place }) => ({ ...place, screen: lazyOf(feature, load) })),
  ),
];

export const isPublicPath = (path: string): boolean =>
  places.some((place) => place.isPublic && place.path === path);

/** `home` and `other` depend on who looks; a visitor of a plain browser sees public screens only. */
export function Places(props: { isVisitor: boolean; home: ReactNode; other: ReactNode }): ReactNode {
  return (
    <Switch>
      <Route path="/">{props.home}</Route>
      {places
        .filter((place) => place.isPublic || !props.isVisitor)
        .map(({ path, parent, screen }) => (
          <Route key={path} path={path}>
            {(params: Record<string, string>) => (
              <ParentProvider value={parent && fillPath(parent, params)}>
                {createElement(screen, params)}
              </ParentProvider>
            )}
          </Route>
        ))}
      <Route>{props.other}</Route>
    </Switch>
  );
}
