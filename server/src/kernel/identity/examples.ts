/** What requests and answers of one's own account look like, for the description of the API. */
import type { z } from "zod";
import type { Me, putNotificationSettings } from "./shapes.ts";

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
