/** Advertising in channels, as the app sees it. */
import type { Feature } from "../../kernel/feature.ts";

export const advertising: Feature = {
  name: "ads",
  title: { en: "Advertising in channels", ru: "Реклама в каналах" },
  words: (language) => (language === "ru" ? import("./copy.ru.ts") : import("./copy.en.ts")),
  entries: [
    {
      icon: "channels",
      title: { en: "Advertise in channels", ru: "Разместить рекламу" },
      text: {
        en: "You pay for posts that stood as agreed",
        ru: "Платите за посты, которые простояли как условились",
      },
      to: "/ads/channels",
    },
    {
      icon: "coins",
      title: { en: "Earn with your channel", ru: "Зарабатывать на канале" },
      text: { en: "The money is locked before you post", ru: "Деньги заперты ещё до публикации" },
      to: "/ads",
    },
  ],
  own: [
    { icon: "deals", title: { en: "My campaigns", ru: "Мои кампании" }, to: "/ads/campaigns/mine" },
    { icon: "channels", title: { en: "My channels", ru: "Мои каналы" }, to: "/ads/mine" },
    { icon: "swap", title: { en: "Offers", ru: "Предложения" }, to: "/offers" },
    { icon: "receipt", title: { en: "Placements", ru: "Размещения" }, to: "/placements" },
  ],
  noticeTopics: ["offers", "campaigns"],
  waiting: () => import("./parts/waiting-ads.tsx"),
  deals: { ad_post: "/placements/:id" },
  routes: [
    { path: "/ads", parent: "/", isPublic: true, load: () => import("./screens/hub-screen.tsx") },
    {
      path: "/ads/channels",
      parent: "/ads",
      isPublic: true,
      load: () => import("./screens/channels-screen.tsx"),
    },
    {
      path: "/ads/campaigns",
      parent: "/ads",
      isPublic: true,
      load: () => import("./screens/campaigns-screen.tsx"),
    },
    { path: "/ads/campaigns/mine", parent: "/ads", load: () => import("./screens/own-campaigns-screen.tsx") },
    {
      path: "/ads/campaigns/new",
      parent: "/ads/campaigns/mine",
      load: () => import("./screens/campaign-editor-screen.tsx"),
    },
    { path: "/ads/mine", parent: "/ads", load: () => import("./screens/own-channels-screen.tsx") },
    { path: "/ads/figures/:role", parent: "/ads", load: () => import("./screens/figures-screen.tsx") },
    {
      path: "/channels/:id",
      parent: "/ads/channels",
      isPublic: true,
      load: () => import("./screens/channel-screen.tsx"),
    },
    {
      path: "/channels/:id/offer",
      parent: "/channels/:id",
      load: () => import("./screens/make-offer-screen.tsx"),
    },
    { path: "/channels/:id/manage", parent: "/ads/mine", load: () => import("./screens/manage-screen.tsx") },
    {
      path: "/channels/:id/profile",
      parent: "/channels/:id/manage",
      load: () => import("./screens/profile-screen.tsx"),
    },
    {
      path: "/channels/:id/members",
      parent: "/channels/:id/manage",
      load: () => import("./screens/members-screen.tsx"),
    },
    {
      path: "/channels/:id/slots/:slotId",
      parent: "/channels/:id/manage",
      load: () => import("./screens/slot-editor-screen.tsx"),
    },
    { path: "/slots/:code", parent: "/ads/channels", load: () => import("./screens/slot-screen.tsx") },
    {
      path: "/channel-invites/:code",
      parent: "/ads/mine",
      load: () => import("./screens/invite-screen.tsx"),
    },
    {
      path: "/campaigns/:id",
      parent: "/ads/campaigns",
      isPublic: true,
      load: () => import("./screens/campaign-screen.tsx"),
    },
    {
      path: "/campaigns/:id/edit",
      parent: "/campaigns/:id",
      load: () => import("./screens/campaign-editor-screen.tsx"),
    },
    {
      path: "/campaigns/:id/offer",
      parent: "/campaigns/:id",
      load: () => import("./screens/offer-on-campaign-screen.tsx"),
    },
    {
      path: "/campaigns/:id/drafts/:draftId",
      parent: "/campaigns/:id",
      load: () => import("./screens/draft-screen.tsx"),
    },
    { path: "/offers", parent: "/ads", load: () => import("./screens/offers-screen.tsx") },
    { path: "/offers/:id", parent: "/offers", load: () => import("./screens/offer-screen.tsx") },
    { path: "/placements", parent: "/ads", load: () => import("./screens/placements-screen.tsx") },
    { path: "/placements/:id", parent: "/placements", load: () => import("./screens/placement-screen.tsx") },
    {
      path: "/placements/:id/creative",
      parent: "/placements/:id",
      load: () => import("./screens/creative-screen.tsx"),
    },
    {
      path: "/placements/:id/versions",
      parent: "/placements/:id",
      load: () => import("./screens/versions-screen.tsx"),
    },
    {
      path: "/placements/:id/evidence",
      parent: "/placements/:id",
      load: () => import("./screens/evidence-screen.tsx"),
    },
  ],
  links: [
    // These ids keep their dashes.
    { mark: "ch", holds: "code", path: "/channels/" },
    { mark: "c", holds: "code", path: "/campaigns/" },
    { mark: "a", holds: "code", path: "/slots/" },
    { mark: "m", holds: "code", path: "/channel-invites/" },
  ],
  live: { deal: ["ads"], channel: ["ads"], listing: ["ads"], notification: ["ads"] },
};
