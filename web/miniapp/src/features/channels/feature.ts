/** Channels for sale, as the app sees them. */
import type { Feature } from "../../kernel/feature.ts";

export const channels: Feature = {
  name: "market",
  title: { en: "Telegram channels", ru: "Телеграм-каналы" },
  words: (language) => (language === "ru" ? import("./copy.ru.ts") : import("./copy.en.ts")),
  entries: [
    {
      icon: "channels",
      title: { en: "Buy a channel", ru: "Купить канал" },
      text: { en: "Owners are checked by Telegram", ru: "Владельцев проверяет Telegram" },
      to: "/channels",
    },
    {
      icon: "plus",
      title: { en: "Sell a channel", ru: "Продать канал" },
      text: {
        en: "You transfer only after the money is locked",
        ru: "Передаёте, только когда деньги уже заперты",
      },
      to: "/sell",
    },
  ],
  own: [{ icon: "channels", title: { en: "My listings", ru: "Мои объявления" }, to: "/sell/mine" }],
  routes: [
    {
      path: "/channels",
      parent: "/",
      isPublic: true,
      load: () => import("./screens/catalogue-screen.tsx"),
    },
    {
      path: "/listings/:id",
      parent: "/channels",
      isPublic: true,
      load: () => import("./screens/listing-screen.tsx"),
    },
    {
      path: "/offer/:code",
      parent: "/channels",
      isPublic: true,
      load: () => import("./screens/offer-screen.tsx"),
    },
    { path: "/sell", parent: "/channels", load: () => import("./screens/sell-screen.tsx") },
    { path: "/sell/mine", parent: "/profile", load: () => import("./screens/my-listings-screen.tsx") },
  ],
  links: [
    { mark: "o", holds: "code", path: "/offer/" },
    { mark: "l", holds: "id", path: "/listings/" },
  ],
  live: {
    deal: ["listings"],
    channel: ["channels", "listings"],
    listing: ["listings", "channels"],
  },
};
