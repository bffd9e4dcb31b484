import { worker } from "../../platform/jobs.ts";
import { transact } from "../../platform/verb.ts";
import { browserSignedIn } from "../identity/index.ts";
import { notify } from "./notify.ts";

/** Whoever is signed in to a browser hears of it at once, whatever their settings, with a button that ends that session. */
export const signInTeller = worker(browserSignedIn, (ctx, { userId, sessionId, device }) =>
  transact(
    ctx,
    (tx) =>
      notify(tx, {
        userId,
        kind: "identity.browser_signed_in",
        topic: "security",
        params: { device },
        press: `end_session:${sessionId}`,
        link: "/profile",
        key: `signed-in:${sessionId}`,
      }),
    "notifications.tell_signed_in",
  ),
);
