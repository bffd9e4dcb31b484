/** Urgent services, as the app sees them. */
import type { Feature } from "../../kernel/feature.ts";

export const services: Feature = {
  name: "orders",
  title: { en: "Urgent help", ru: "Срочная помощь" },
  words: (language) => (language === "ru" ? import("./copy.ru.ts") : import("./copy.en.ts")),
  entries: [
    {
      icon: "wrench",
      title: { en: "Call for help", ru: "Позвать на помощь" },
      text: { en: "Free; people call you back in minutes", ru: "Бесплатно; вам перезвонят за минуты" },
      to: "/orders/new",
    },
    {
      icon: "coins",
      title: { en: "Take orders", ru: "Брать заказы" },
      text: { en: "Who needs you right now", ru: "Кому вы нужны прямо сейчас" },
      to: "/orders",
    },
  ],
  own: [
    { icon: "wrench", title: { en: "My orders", ru: "Мои заказы" }, to: "/orders/mine" },
    { icon: "coins", title: { en: "Orders I took", ru: "Взятые заказы" }, to: "/orders/work" },
  ],
  waiting: () => import("./parts/waiting-orders.tsx"),
  noticeTopics: ["orders", "new_orders"],
  routes: [
    { path: "/orders", parent: "/", isPublic: true, load: () => import("./screens/orders-screen.tsx") },
    { path: "/orders/new", parent: "/", load: () => import("./screens/new-order-screen.tsx") },
    { path: "/orders/mine", parent: "/profile", load: () => import("./screens/my-orders-screen.tsx") },
    { path: "/orders/work", parent: "/orders", load: () => import("./screens/work-screen.tsx") },
    { path: "/orders/settings", parent: "/orders", load: () => import("./screens/settings-screen.tsx") },
    {
      path: "/orders/:id/dispute",
      parent: "/moderation",
      load: () => import("./screens/dispute-screen.tsx"),
    },
    {
      path: "/orders/:id/edit",
      parent: "/orders/:id",
      load: () => import("./screens/edit-order-screen.tsx"),
    },
    {
      path: "/orders/:id",
      parent: "/orders",
      isPublic: true,
      load: () => import("./screens/order-screen.tsx"),
    },
  ],
  disputes: { service_order: "/orders/:id/dispute" },
  links: [{ mark: "s", holds: "id", path: "/orders/" }],
  live: { order: ["orders"], payment: ["orders"] },
};
