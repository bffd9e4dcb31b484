/** Pure rules of the channel market: what was promised, what a look at Telegram means, when to look again. */

export type SalePhase = "unpaid" | "transfer" | "hold" | "done";

/** What the listing's channel was when the deal was opened; what the buyer must get. */
export type Promise = {
  title: string;
  username: string | null;
  members: number | null;
  linkedChatId: string | null;
};

/** One look at Telegram. `unknown` says nothing about the world and is never a verdict. */
export type Look =
  | { kind: "unknown" }
  | { kind: "gone" }
  | {
      kind: "seen";
      buyerIsCreator: boolean;
      sellerIsCreator: boolean;
      sellerIsAdmin: boolean;
      chat: Promise;
    };

export type Finding =
  | "not_yet"
  | "lost"
  | "delivered"
  | "changed"
  | "still_delivered"
  | "passed_on"
  | "returned_to_seller"
  | "blind"
  | "unknown";

/** A loss of more than this share of members between joining and delivery is not what was sold. */
export const membersLossMaxBps = 2_000;

/** Names what differs from what was promised. A new title is the new owner's taste and no difference. */
export function differences(promised: Promise, seen: Promise): ("username" | "linked_chat" | "members")[] {
  const found: ("username" | "linked_chat" | "members")[] = [];
  if (promised.username !== null && promised.username !== seen.username) found.push("username");
  if (promised.linkedChatId !== null && promised.linkedChatId !== seen.linkedChatId)
    found.push("linked_chat");
  if (promised.members !== null && seen.members !== null && promised.members >= 20) {
    const least = Math.floor((promised.members * (10_000 - membersLossMaxBps)) / 10_000);
    if (seen.members < least) found.push("members");
  }
  return found;
}

/**
 * What a look means while the seller has to transfer. A changed channel is the seller's doing: it was still theirs. A third
 * person as owner means that it cannot be delivered any more.
 */
export function judgeTransfer(promised: Promise, look: Look): Finding {
  if (look.kind === "unknown") return "unknown";
  if (look.kind === "gone") return "blind";
  if (!look.buyerIsCreator) return look.sellerIsCreator ? "not_yet" : "lost";
  return differences(promised, look.chat).length > 0 ? "changed" : "delivered";
}

/**
 * What a look means in the hold. Only the owner can pass a channel on, so once the buyer was seen as creator, a third
 * person as creator is the buyer's doing; the seller as creator again could only come from the buyer too, but is put
 * before a person. While the seller is still an administrator, a change may be theirs; afterwards it is the buyer's.
 */
export function judgeHold(promised: Promise, look: Look): Finding {
  if (look.kind === "unknown") return "unknown";
  if (look.kind === "gone") return "blind";
  if (look.sellerIsCreator) return "returned_to_seller";
  if (!look.buyerIsCreator) return "passed_on";
  return look.sellerIsAdmin && differences(promised, look.chat).length > 0 ? "changed" : "still_delivered";
}

/** Who took the bot's sight away decides: the buyer's own side is no breach, anybody else's is. */
export function attributesToBuyer(phase: SalePhase, byTelegramId: string, buyerTelegramId: string): boolean {
  return phase === "hold" && byTelegramId === buyerTelegramId;
}

const minute = 60_000;

/** Every 5 minutes while a transfer is awaited, every minute in its last hour; in the hold hourly, and at its end. */
export function nextLook(phase: SalePhase, now: Date, until: Date): Date | null {
  if (phase !== "transfer" && phase !== "hold") return null;
  const left = until.getTime() - now.getTime();
  if (left <= 0) return new Date(now.getTime() + minute);
  const pause =
    phase === "transfer"
      ? left <= 60 * minute
        ? minute
        : 5 * minute
      : Math.min(60 * minute, Math.max(minute, left / 2));
  return new Date(
    Math.min(now.getTime() + pause, Math.max(until.getTime() - 5 * minute, now.getTime() + minute)),
  );
}

/** An hour before the clock would decide, blindness becomes a matter for a person. */
export const mustFreezeUnknown = (now: Date, until: Date): boolean =>
  until.getTime() - now.getTime() <= 60 * minute;

/** Three open unpaid joins per buyer; after two that ran out within a day, a pause of a day. */
export const unpaidMax = 3;
export const expiriesMax = 2;
export const pauseSeconds = 86_400;
