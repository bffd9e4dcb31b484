import { describe, expect, test } from "bun:test";
import {
  attributesToBuyer,
  differences,
  judgeHold,
  judgeTransfer,
  type Look,
  mustFreezeUnknown,
  nextLook,
  type Promise as Promised,
} from "./rules.ts";

const promised: Promised = {
  title: "Sea and mountains",
  username: "sea_mountains",
  members: 1000,
  linkedChatId: "-1001",
};
const seen = (over: Partial<Extract<Look, { kind: "seen" }>> = {}): Look => ({
  kind: "seen",
  buyerIsCreator: false,
  sellerIsCreator: true,
  sellerIsAdmin: true,
  chat: promised,
  ...over,
});
const at = (text: string) => new Date(`2026-11-20T${text}Z`);

describe("what differs from what was promised", () => {
  test("a new title is no difference, a lost username, linked chat or a fifth of the members is", () => {
    expect(differences(promised, { ...promised, title: "Other" })).toEqual([]);
    expect(differences(promised, { ...promised, username: null })).toEqual(["username"]);
    expect(differences(promised, { ...promised, linkedChatId: null })).toEqual(["linked_chat"]);
    expect(differences(promised, { ...promised, members: 800 })).toEqual([]);
    expect(differences(promised, { ...promised, members: 799 })).toEqual(["members"]);
  });
  test("unknown members and tiny channels are never held against the seller", () => {
    expect(differences(promised, { ...promised, members: null })).toEqual([]);
    expect(differences({ ...promised, members: 19 }, { ...promised, members: 1 })).toEqual([]);
  });
  test("what was not promised cannot be lost", () => {
    expect(
      differences(
        { ...promised, username: null, linkedChatId: null },
        { ...promised, username: "new", linkedChatId: "-5" },
      ),
    ).toEqual([]);
  });
});

describe("a look while the seller has to transfer", () => {
  test.each([
    ["silence of Telegram is no verdict", { kind: "unknown" } as Look, "unknown"],
    ["a bot that cannot see is blind, not a delivery", { kind: "gone" } as Look, "blind"],
    ["the seller still owns it", seen(), "not_yet"],
    ["a third person owns it: it cannot be delivered", seen({ sellerIsCreator: false }), "lost"],
    ["the buyer owns what was promised", seen({ buyerIsCreator: true, sellerIsCreator: false }), "delivered"],
    [
      "the buyer owns something less",
      seen({ buyerIsCreator: true, sellerIsCreator: false, chat: { ...promised, username: null } }),
      "changed",
    ],
  ] as const)("%s", (_name, look, finding) => expect(judgeTransfer(promised, look)).toBe(finding));
});

describe("a look in the hold", () => {
  const owned = { buyerIsCreator: true, sellerIsCreator: false, sellerIsAdmin: false };
  test.each([
    ["silence is no verdict", { kind: "unknown" } as Look, "unknown"],
    ["no sight is blindness", { kind: "gone" } as Look, "blind"],
    ["the buyer still owns it", seen(owned), "still_delivered"],
    ["the buyer passed it on: no breach", seen({ ...owned, buyerIsCreator: false }), "passed_on"],
    [
      "the seller owns it again: a person looks",
      seen({ ...owned, buyerIsCreator: false, sellerIsCreator: true }),
      "returned_to_seller",
    ],
    [
      "a change while the seller is administrator may be theirs",
      seen({ ...owned, sellerIsAdmin: true, chat: { ...promised, username: null } }),
      "changed",
    ],
    [
      "a change after the seller left is the buyer's own",
      seen({ ...owned, chat: { ...promised, username: null } }),
      "still_delivered",
    ],
  ] as const)("%s", (_name, look, finding) => expect(judgeHold(promised, look)).toBe(finding));
});

describe("when to look again", () => {
  test("every five minutes, every minute in the last hour of a transfer", () => {
    expect(nextLook("transfer", at("10:00:00"), at("20:00:00"))).toEqual(at("10:05:00"));
    expect(nextLook("transfer", at("19:10:00"), at("20:00:00"))).toEqual(at("19:11:00"));
  });
  test("the last look of a hold falls shortly before its end, never after", () => {
    let now = at("00:00:00");
    const until = at("23:59:00");
    for (let i = 0; i < 500; i += 1) {
      const next = nextLook("hold", now, until);
      if (!next || until.getTime() - now.getTime() <= 5 * 60_000) break;
      expect(next.getTime()).toBeGreaterThan(now.getTime());
      expect(next.getTime()).toBeLessThan(until.getTime());
      now = next;
    }
    expect(until.getTime() - now.getTime()).toBeLessThanOrEqual(5 * 60_000);
  });
  test("nothing is looked at before payment or after the end", () => {
    expect(nextLook("unpaid", at("10:00:00"), at("20:00:00"))).toBeNull();
    expect(nextLook("done", at("10:00:00"), at("20:00:00"))).toBeNull();
  });
  test("blindness goes to a person an hour before the clock would decide", () => {
    expect(mustFreezeUnknown(at("18:59:59"), at("20:00:00"))).toBe(false);
    expect(mustFreezeUnknown(at("19:00:00"), at("20:00:00"))).toBe(true);
  });
});

test("only what the buyer does after becoming owner is the buyer's doing", () => {
  expect(attributesToBuyer("hold", "2", "2")).toBe(true);
  expect(attributesToBuyer("hold", "1", "2")).toBe(false);
  expect(attributesToBuyer("transfer", "2", "2")).toBe(false);
});
