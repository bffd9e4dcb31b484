import { errors } from "../../platform/errors.ts";

export const notificationErrors = errors("notifications", { not_found: "not_found" });
