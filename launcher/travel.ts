/** The world's clock: one offset, kept by the chain and by the database, always moved together. */
import type { WorldClock } from "./control.ts";
import { query } from "./database.ts";
import { advanceChain, chainTime, setTelegramClock } from "./stand-ins.ts";

export type Travel = {
  clock(): Promise<WorldClock>;
  advance(seconds: number): Promise<WorldClock>;
  nextDeadline(): Promise<number | null>;
};

/** Origins are null for what is real: the time of a real network cannot be moved, and so neither can ours. */
export type Clocks = {
  readonly ownerUrl: string;
  readonly tonOrigin: string | null;
  readonly telegramOrigin: string;
  /** Hears the new offset after each move, seconds. */
  readonly onMove?: (offsetSeconds: number) => void;
};

/** All offsets are brought to the largest one at every move: a launcher killed between two of them leaves them apart. */
export function createTravel({ ownerUrl, tonOrigin, telegramOrigin, onMove }: Clocks): Travel {
  const clock = async (): Promise<WorldClock> => {
    const offset = Math.round((await databaseOffsetMs(ownerUrl)) / 1_000);
    return { now: Math.floor(Date.now() / 1_000) + offset, offset };
  };
  let turn: Promise<unknown> = Promise.resolve();
  const advance = async (seconds: number): Promise<WorldClock> => {
    if (tonOrigin === null) throw new Error("The clock of a real network cannot be moved.");
    await untilLanded(ownerUrl);
    const ours = Math.floor((await databaseOffsetMs(ownerUrl)) / 1_000);
    const chain = await chainTime(tonOrigin);
    const target = Math.max(ours, chain.offset) + seconds;
    // The chain first: deadlines are its time, and the product must never see one as passed before the chain does.
    if (target > chain.offset) await advanceChain(tonOrigin, target - chain.offset);
    if (target > ours) await query(ownerUrl, "select platform.advance_clock($1)", [target - ours]);
    await setTelegramClock(telegramOrigin, target);
    onMove?.(target);
    return clock();
  };
  return {
    clock,
    // One at a time: two moves at once would each add to what both have read.
    advance: (seconds) => {
      const next = turn.then(() => advance(seconds));
      turn = next.catch(() => undefined);
      return next;
    },
    nextDeadline: () => nextDeadline(ownerUrl),
  };
}

const LANDING_MS = 8_000;
const LANDING_POLL_MS = 50;

/**
 * Nobody's day is over while a message takes its seconds to the chain: what is on its way lands before time leaps, or it would come too late for a
 * deadline that it was sent well before. What does not land waits for nobody.
 */
async function untilLanded(ownerUrl: string): Promise<void> {
  const end = Date.now() + LANDING_MS;
  while (Date.now() < end) {
    const [row] = await query<{ busy: boolean }>(
      ownerUrl,
      `select exists (select 1 from deals.orders where state = 'sent')
           or exists (select 1 from deals.outbox where state in ('waiting', 'sent') and not_before <= platform.now())
           or exists (select 1 from channels.placements where phase = 'scheduled' and posted_by = 'bot'
                        and post_state in ('none', 'intended')
                        and post_at between platform.now() - interval '1 hour' and platform.now()) as busy`,
    );
    if (!row?.busy) return;
    await Bun.sleep(LANDING_POLL_MS);
  }
}

async function databaseOffsetMs(ownerUrl: string): Promise<number> {
  const [row] = await query<{ ms: string | bigint }>(ownerUrl, "select offset_ms as ms from platform.clock");
  return Number(row?.ms ?? 0);
}

/**
 * The contract's own deadline in the state in which the watcher has read it; paying and delivering have theirs from the terms. Of a post first its
 * minute and then the end of its hours: to leap over its minute would be to leave it out.
 */
async function nextDeadline(ownerUrl: string): Promise<number | null> {
  const [row] = await query<{ at: string | bigint | null }>(
    ownerUrl,
    `select ceil(extract(epoch from min(at)))::bigint as at from (
       select case escrow_state when 'Init' then pay_by
                                when 'Funded' then coalesce(until_at, deliver_by)
                                else until_at end as at
         from deals.deals where not is_final
       union all
       select case phase when 'creative' then creative_by when 'scheduled' then post_at else feed_until end
       from channels.placements where phase in ('creative', 'scheduled', 'live')
     ) as deadlines where at > platform.now()`,
  );
  return row?.at === null || row?.at === undefined ? null : Number(row.at);
}
