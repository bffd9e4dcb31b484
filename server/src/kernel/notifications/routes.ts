import { get, post } from "../../platform/endpoint.ts";
import { markRead, markUnread } from "./mark-read.ts";
import { listNotifications, unreadOf } from "./queries.ts";
import { markNotifications, notificationPage, notificationQuery, unreadCount } from "./shapes.ts";

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
];
