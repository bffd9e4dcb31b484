import { expect, test } from "bun:test";
import { reasonsFor } from "./rules.ts";

const wanted = {
  categories: ["food", "travel"] as const,
  languages: ["ru"] as const,
  membersMin: 1_000,
  membersMax: null,
  viewsMin: null,
  paysUpTo: 5_000_000_000n,
};
const offered = {
  categories: ["food", "lifestyle"] as const,
  language: "ru" as const,
  members: 4_000,
  views: 900,
  priceFrom: 3_000_000_000n,
  ratingMilli: 4_800,
  ratingCount: 5,
  placements: 7,
};

test("every reason names what it rests on", () => {
  expect(reasonsFor(wanted, offered)).toEqual([
    { kind: "category", categories: ["food"] },
    { kind: "language", language: "ru", isAny: false },
    { kind: "audience", members: 4_000, min: 1_000, max: null },
    { kind: "views", views: 900, min: null },
    {
      kind: "price",
      price: { amount: "3000000000", asset: "TON" },
      max: { amount: "5000000000", asset: "TON" },
    },
    { kind: "record", averageMilli: 4_800, reviews: 5, placements: 7 },
  ]);
});

test("what is unknown or has not happened is no reason", () => {
  const unknown = {
    ...offered,
    members: null,
    views: null,
    priceFrom: null,
    ratingMilli: null,
    ratingCount: 0,
    placements: 0,
  };
  expect(reasonsFor({ ...wanted, languages: [] }, unknown).map(({ kind }) => kind)).toEqual([
    "category",
    "language",
  ]);
});
