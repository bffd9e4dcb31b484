import { errors } from "../../platform/errors.ts";

export const notificationErrors = errors("notifications", {
  push_off: "unavailable",
  unknown_push_service: "invalid",
});
