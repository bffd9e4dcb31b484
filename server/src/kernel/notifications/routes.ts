import { del, get, post } from "../../platform/endpoint.ts";
import { markRead, markUnread } from "./mark-read.ts";
import { subscribePush, unsubscribePush } from "./push/subscribe.ts";
import { listNotifications, unreadOf } from "./queries.ts";
import {
  markNotifications,
  notificationPage,
  notificationQuery,
  pushSubscribed,
  pushSubscription,
  pushUnsubscription,
  unreadCount,
} from "./shapes.ts";

export const routes = [
  get(
    "/api/notifications",
    { who: "user", summary: "The inbox, newest first", query: notificationQuery, answer: notificationPage },
    (ctx, { query }) => listNotifications(ctx, query),
  ),
  get(
    "/api/notifications/unread",
    { who: "user", summary: "How many are unread", answer: unreadCount },
    (ctx) => unreadOf(ctx),
  ),
  post(
    "/api/notifications/read",
    { who: "user", summary: "Mark read", body: markNotifications, answer: unreadCount },
    (ctx, { body }) => markRead(ctx, body),
  ),
  post(
    "/api/notifications/unread",
    { who: "user", summary: "Mark unread", body: markNotifications, answer: unreadCount },
    (ctx, { body }) => markUnread(ctx, body),
  ),
  post(
    "/api/push/subscriptions",
    {
      who: "user",
      summary: "Tell this browser of what the bot tells",
      body: pushSubscription,
      answer: pushSubscribed,
      status: 201,
      perMinute: 10,
    },
    (ctx, { body }) => subscribePush(ctx, body),
  ),
  del(
    "/api/push/subscriptions",
    { who: "user", summary: "Tell this browser no more", body: pushUnsubscription },
    async (ctx, { body }) => {
      await unsubscribePush(ctx, body);
    },
  ),
];
