/** What requests and answers of one's own account look like, for the description of the API. */
import type { z } from "zod";
import type {
  browserTokens,
  Me,
  putNotificationSettings,
  session,
  signInByCode,
  signInLink,
} from "./shapes.ts";

const topics = <T>(value: T) => ({
  deals: value,
  offers: value,
  campaigns: value,
  orders: value,
  new_orders: value,
  payments: value,
  reviews: value,
  support: value,
  news: value,
});

export const meExample: Me = {
  id: "5012345678",
  firstName: "Ильдар",
  lastName: null,
  username: "ildar_santeh",
  photoUrl: null,
  language: "ru",
  isLanguageChosen: true,
  memberSince: "2026-03-02T09:30:00.000Z",
  roles: ["executor"],
  staffRoles: [],
  notificationSettings: {
    bot: topics(true),
    cadence: topics("now" as const),
    quietHours: null,
    timeZone: "Europe/Moscow",
  },
  wallets: [],
};

export const notificationSettingsExample = {
  bot: { news: false },
  cadence: { new_orders: "quarter" },
} satisfies z.input<typeof putNotificationSettings>;

export const signInLinkExample: z.infer<typeof signInLink> = {
  url: "https://souk.example/enter#mB7vY0sPq3tUu5R1xKc9LwZ2aE6dHfNj",
  expiresAt: "2026-03-02T09:33:00.000Z",
};
export const signInCodeExample: z.input<typeof signInByCode> = { code: "mB7vY0sPq3tUu5R1xKc9LwZ2aE6dHfNj" };
export const browserTokensExample: z.infer<typeof browserTokens> = {
  accessToken: "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzaWQiOiIwMTk1In0.c2lnbmF0dXJl",
  accessTokenExpiresAt: "2026-03-02T09:40:00.000Z",
  sessionId: "01955d6a-7c10-7a52-9f0e-3a51c2b7d410",
  user: meExample,
};
export const sessionsExample: z.infer<typeof session>[] = [
  {
    id: browserTokensExample.sessionId,
    kind: "browser",
    isCurrent: true,
    device: "Chrome · Android",
    userAgent: "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
    createdAt: "2026-03-02T09:30:00.000Z",
    lastSeenAt: "2026-03-02T09:30:00.000Z",
  },
];
