import { z } from "zod";
import { job } from "../../platform/jobs.ts";

/** Works one stored update of Telegram's, and those that wait before it in its lane. */
export const handleUpdate = job(
  "identity.handle_update",
  z.object({ updateId: z.string(), lane: z.string() }),
  { retryLimit: 8, retryDelayMax: 60 },
);

/** Forgets what is over: sessions, payloads, handled updates. */
export const sweep = job("identity.sweep", z.object({}));
