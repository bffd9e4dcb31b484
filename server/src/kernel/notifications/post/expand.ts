/**
 * Makes messages of announcements, a hundred people at a time and no sooner than the bot can write to them. The announcement that got the
 * least far goes first, so that each new one reaches its nearest at once, however long another one's list is. When the people that it names
 * run out, the market is asked for more of them.
 */
import { sql } from "drizzle-orm";
import type { Tx } from "../../../platform/context.ts";
import { newId } from "../../../platform/ids.ts";
import { enqueue } from "../../../platform/jobs.ts";
import { botRecipients } from "../../identity/index.ts";
import type { More } from "../announce.ts";
import { lanes, momentFor, type Topic } from "../rules.ts";

const chunk = 100;
/** Chunks in one transaction: a list of people who all want silence must not hold the pace's row for long. */
const chunksMax = 10;

type Open = {
  id: string;
  topic: Topic;
  recipients: string[];
  next: number;
  total: number;
  more: More | null;
  asking: object | null;
};

export async function expandAnnouncements(tx: Tx): Promise<void> {
  for (let round = 0; round < chunksMax; round += 1) {
    const open = await hungry(tx);
    if (!open) return;
    await expand(tx, open);
  }
}

/** One that has nothing more waiting to be sent now. */
async function hungry(tx: Tx): Promise<Open | undefined> {
  const { rows } = await tx.db.execute<Open>(sql`
    select a.id, a.topic, a.recipients[a.next + 1 : a.next + ${chunk}] as recipients, a.next, cardinality(a.recipients) as total,
      a.more, a.asking
    from notifications.announcements a
    where a.ended_at is null and (a.asking is null or a.next < cardinality(a.recipients)) and not exists (
      select 1 from notifications.messages m where m.announcement_id = a.id and m.lane = ${lanes.announcement}
        and m.state = 'waiting' and m.due_at <= platform.now())
    order by a.next, a.created_at limit 1 for update skip locked`);
  return rows[0];
}

async function expand(tx: Tx, open: Open): Promise<void> {
  const now = tx.now.toISOString();
  const known = await botRecipients(tx.db, open.recipients);
  const blocked = await tx.db.execute<{ user_id: string }>(sql`
    select c.user_id from notifications.chats c where c.blocked_at is not null and c.user_id = any(${sql.param(open.recipients)}::uuid[])
      and not exists (select 1 from notifications.subscriptions s where s.user_id = c.user_id)`);
  const isBlocked = new Set(blocked.rows.map(({ user_id }) => user_id));
  const made = open.recipients.flatMap((userId, n) => {
    const recipient = known.get(userId);
    if (!recipient || isBlocked.has(userId)) return [];
    const moment = momentFor(open.topic, recipient.settings, tx.now);
    if (moment.kind === "never") return [];
    const later = moment.kind === "digest" ? moment.at : undefined;
    return [
      {
        id: newId(tx.now.getTime()),
        userId,
        lane: later ? lanes.digest : lanes.announcement,
        dueAt: (later ?? tx.now).toISOString(),
        position: open.next + n,
      },
    ];
  });
  if (made.length > 0)
    await tx.db.execute(sql`
      insert into notifications.messages (id, user_id, announcement_id, topic, lane, position, due_at, state, updated_at)
      select m.id, m.user_id, ${open.id}, ${open.topic}, m.lane, m.position, m.due_at, 'waiting', ${now}::timestamptz
      from unnest(${sql.param(made.map(({ id }) => id))}::uuid[], ${sql.param(made.map(({ userId }) => userId))}::uuid[],
        ${sql.param(made.map(({ lane }) => lane))}::smallint[], ${sql.param(made.map(({ position }) => position))}::int[],
        ${sql.param(made.map(({ dueAt }) => dueAt))}::timestamptz[]) as m(id, user_id, lane, position, due_at)
      on conflict (announcement_id, user_id) do nothing`);
  const next = open.next + open.recipients.length;
  const isLow = open.more !== null && open.total - next <= chunk;
  if (open.more && isLow) enqueue(tx, open.more, { key: `${open.id}:${open.total}` });
  const asking = isLow ? JSON.stringify(open.more?.payload) : open.asking && JSON.stringify(open.asking);
  const isOver = next >= open.total && asking === null;
  await tx.db.execute(sql`
    update notifications.announcements set next = ${next}, asking = ${asking}::jsonb,
      more = case when ${isLow} then null else more end, ended_at = ${isOver ? now : null} where id = ${open.id}`);
}
