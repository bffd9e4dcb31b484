import { sql } from "drizzle-orm";
import { encrypt, markOf } from "../../../platform/encryption.ts";
import { platformErrors } from "../../../platform/errors.ts";
import { newId } from "../../../platform/ids.ts";
import { verb } from "../../../platform/verb.ts";
import { notificationErrors } from "../errors.ts";
import { pushSubscription, pushUnsubscription } from "../shapes.ts";

/** What the encryption of endpoints is for: see `platform/encryption.ts`. */
export const purpose = "notifications.subscription";
/** Browsers of one person; one more takes the oldest's place. */
const subscriptionsMax = 10;

/** This browser wants to be told, for as long as its session lives. Who subscribes with a browser that was somebody else's takes it over. */
export const subscribePush = verb("notifications.subscribe_push", {
  input: pushSubscription,
  allow: ["user"],
  look: async (ctx, { endpoint }) => {
    const { push } = ctx.gateways;
    if (push.publicKey === null) throw notificationErrors.push_off();
    if (!push.isKnown(endpoint)) throw notificationErrors.unknown_push_service();
    return {};
  },
  run: async (tx, subscription) => {
    if (tx.actor.kind !== "user") throw platformErrors.unauthenticated();
    const { dataKey } = tx.settings;
    const id = newId(tx.now.getTime());
    const mark = markOf(dataKey, purpose, subscription.endpoint);
    const now = tx.now.toISOString();
    await tx.db.execute(sql`delete from notifications.subscriptions where mark = ${mark}`);
    await tx.db.execute(sql`
      insert into notifications.subscriptions (id, user_id, session_id, mark, sealed, created_at)
      values (${id}, ${tx.actor.userId}, ${tx.actor.sessionId ?? null}, ${mark},
        ${encrypt(dataKey, purpose, id, JSON.stringify(subscription))}, ${now})
      on conflict (mark) do nothing`);
    await tx.db.execute(sql`
      delete from notifications.subscriptions where id in (
        select id from notifications.subscriptions where user_id = ${tx.actor.userId}
        order by created_at desc, id desc offset ${subscriptionsMax})`);
    return { id };
  },
});

/** Foreign browsers are simply not among one's own. */
export const unsubscribePush = verb("notifications.unsubscribe_push", {
  input: pushUnsubscription,
  allow: ["user"],
  run: async (tx, { endpoint }) => {
    if (tx.actor.kind !== "user") throw platformErrors.unauthenticated();
    await tx.db.execute(sql`
      delete from notifications.subscriptions
      where mark = ${markOf(tx.settings.dataKey, purpose, endpoint)} and user_id = ${tx.actor.userId}`);
    return {};
  },
});
