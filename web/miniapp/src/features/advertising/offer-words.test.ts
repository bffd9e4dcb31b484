import { expect, test } from "bun:test";
import { sideToOpen } from "./offer-words.ts";

type Side = "advertiser" | "publisher";
const offer = (role: Side, turn: Side | null) => ({
  role,
  turn,
  status: turn ? ("open" as const) : ("accepted" as const),
});
const waits = (role: Side) => offer(role, role);
const goesOn = (role: Side) => offer(role, role === "publisher" ? "advertiser" : "publisher");
const isOver = (role: Side) => offer(role, null);
const { advertiser, publisher } = { advertiser: "advertiser", publisher: "publisher" } as const;

test.each([
  ["nothing at all", [], [], advertiser],
  ["a publisher with one that is over", [], [isOver(publisher)], publisher],
  ["something waits as publisher", [goesOn(advertiser), isOver(advertiser)], [waits(publisher)], publisher],
  ["something waits as advertiser", [waits(advertiser)], [goesOn(publisher), goesOn(publisher)], advertiser],
  ["more waits as publisher", [waits(advertiser)], [waits(publisher), waits(publisher)], publisher],
  ["the same on both sides", [waits(advertiser)], [waits(publisher)], advertiser],
  ["nothing waits, one goes on as publisher", [isOver(advertiser)], [goesOn(publisher)], publisher],
])("the side of offers that opens: %s", (_name, asAdvertiser, asPublisher, side) => {
  expect(sideToOpen({ advertiser: asAdvertiser, publisher: asPublisher })).toBe(side);
});
