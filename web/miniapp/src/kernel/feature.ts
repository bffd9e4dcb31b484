/**
 * What a market gives to the app: one `feature.ts`, listed in `app/features.ts`. Nothing here may load a screen or its words at once;
 * both arrive when the reader first goes there.
 */
import { createContext, type ReactNode, useContext } from "react";
import type { Me } from "../../../../server/src/kernel/identity/shapes.ts";
import type { Language } from "../../../../server/src/platform/shapes.ts";
import type { DeepLink } from "../../../kit/deep-link.ts";
import type { Words } from "../../../kit/i18n.ts";
import type { IconName } from "../../../kit/icons.tsx";

/** The few words that are shown before a market's own words are loaded. */
type Said = Readonly<Record<Language, string>>;

/** A row that leads into a market. */
export interface Entry {
  readonly icon: IconName;
  readonly title: Said;
  readonly text?: Said;
  readonly to: string;
}

/** Its screen gets what stands for `:name` in the path as properties of these names. */
export interface ScreenRoute {
  readonly path: string;
  /** Where "back" leads when there is nothing to go back to; may hold the path's own `:name`s. Null on the roots of the tabs. */
  readonly parent: string | null;
  /** It can be read in a plain browser, without signing in. */
  readonly isPublic?: boolean;
  readonly load: () => Promise<{ default: (props: never) => ReactNode }>;
}

export type NoticeTopic = keyof Me["notificationSettings"]["bot"];

export interface Feature {
  /** The namespace of its words, and of its keys in the query cache. */
  readonly name: string;
  readonly title: Said;
  readonly words: (language: Language) => Promise<{ default: Words[string] }>;
  readonly routes: readonly ScreenRoute[];
  /** Its rows on the home screen: one for each side of the market. */
  readonly entries: readonly Entry[];
  /** What waits for the reader in this market, or is under way; above the balance. Shows nothing when there is nothing. */
  readonly waiting?: () => Promise<{ default: () => ReactNode }>;
  /** The reader's own things, on the profile. */
  readonly own?: readonly Entry[];
  /** Topics of notices that the bot can be told not to write about. */
  readonly noticeTopics?: readonly NoticeTopic[];
  /** Deals of its own kinds that have a screen of their own, by kind: the path, with `:id` for the deal's. */
  readonly deals?: Readonly<Record<string, string>>;
  /** Where a moderator looks at what somebody complains of, by kind of subject: the path, with `:id` for the subject's. */
  readonly disputes?: Readonly<Record<string, string>>;
  readonly links?: readonly DeepLink[];
  /** Which names of the query cache to ask for anew, by topic of live event. */
  readonly live?: Readonly<Record<string, readonly string[]>>;
}

const Features = createContext<readonly Feature[]>([]);
export const FeaturesProvider = Features.Provider;
/** All markets, for the few places that show something of each. */
export const useFeatures = (): readonly Feature[] => useContext(Features);
