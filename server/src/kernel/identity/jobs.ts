import { z } from "zod";
import { job } from "../../platform/jobs.ts";

/** Works one stored update of Telegram's, and those that wait before it in its lane. */
export const handleUpdate = job(
  "identity.handle_update",
  z.object({ updateId: z.string(), lane: z.string() }),
  { retryLimit: 8, retryDelayMax: 60 },
);

/** Somebody signed in to a plain browser as this person. The notifications module tells them: it knows how, and comes after us. */
export const browserSignedIn = job(
  "identity.browser_signed_in",
  z.object({ userId: z.uuid(), sessionId: z.uuid(), device: z.string() }),
);

/** Notes until when everything that Telegram had for us was heard. */
export const hearUpdates = job("identity.hear_updates", z.object({}));

/** Forgets what is over: sessions, payloads, handled updates. */
export const sweep = job("identity.sweep", z.object({}));
