import { z } from "zod";
import { job } from "../../platform/jobs.ts";

/** Writes one notification into the person's chat with the bot. */
export const sendToBot = job("notifications.send-to-bot", z.object({ notificationId: z.uuid() }));
