/** What a transaction writes last, in one round trip: its log, the live events of everybody concerned, the news for all. */
import type { Tx } from "./context.ts";
import { runPrepared } from "./db.ts";
import { liveChannel, publicChannel, publicText } from "./realtime.ts";

/**
 * The cursors are locked in the order of their users, so that two transactions never wait for each other in a ring. Notifications go out
 * with the commit.
 */
const statement = {
  name: "platform.last_writes",
  text: `
    with acted as (
      insert into platform.actions (id, at, actor_kind, actor_id, verb, request_key, request_id, input_hash, input, result)
      select a.id, $1::timestamptz, $2::text, $3::text, a.verb, a.key, $4::text, a.hash, a.input::jsonb, a.result::jsonb
      from unnest($5::uuid[], $6::text[], $7::text[], $8::bytea[], $9::text[], $10::text[]) as a(id, verb, key, hash, input, result)
    ), told as (
      select user_id, topic, entity_id, row_number() over (partition by user_id order by ord) as place,
        count(*) over (partition by user_id) as n
      from unnest($11::uuid[], $12::text[], $13::text[]) with ordinality as t(user_id, topic, entity_id, ord)
    ), taken as (
      insert into platform.live_cursors as c (user_id, seq) select user_id, n from told where place = 1 order by user_id
      on conflict (user_id) do update set seq = c.seq + excluded.seq returning user_id, seq
    ), written as (
      insert into platform.live_events (user_id, seq, topic, entity_id, at)
      select user_id, taken.seq - n + place, topic, entity_id, $1::timestamptz from told join taken using (user_id)
    )
    select pg_notify('${liveChannel}', user_id::text) from taken
    union all select pg_notify('${publicChannel}', $14::text) where $14::text is not null`,
};

/** Called by `transact` right before the commit. */
export async function writeLast(tx: Tx): Promise<void> {
  const { actions, live, publicNews, actor } = tx;
  if (actions.length === 0 && live.length === 0 && publicNews.length === 0) return;
  await runPrepared(tx.db, statement, [
    tx.now.toISOString(),
    actor.kind,
    actorId(actor),
    tx.requestId,
    actions.map((one) => one.id),
    actions.map((one) => one.title),
    actions.map((one) => one.key ?? null),
    actions.map((one) => one.hash),
    actions.map((one) => one.input),
    actions.map((one) => one.result),
    live.map((one) => one.userId),
    live.map((one) => one.topic),
    live.map((one) => one.id),
    publicNews.length > 0 ? publicText(publicNews) : null,
  ]);
}

export const actorId = (actor: Tx["actor"]): string =>
  actor.kind === "user" ? actor.userId : actor.kind === "system" ? actor.name : "anonymous";
