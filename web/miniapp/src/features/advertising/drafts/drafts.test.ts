import { expect, test } from "bun:test";
import { createCampaign } from "../../../../../../server/src/markets/channels/advertising/campaigns/shapes.ts";
import { createSlot } from "../../../../../../server/src/markets/channels/advertising/slots/shapes.ts";
import { creativeDraft } from "../../../../../../server/src/markets/channels/placements/shapes.ts";
import { formatOf } from "../names.ts";
import { campaignOf, campaignProblems, emptyCampaign } from "./campaign-draft.ts";
import {
  creativeOf,
  creativeProblems,
  draftOfCreative,
  emptyCreative,
  hasProblems,
} from "./creative-draft.ts";
import { isBooking, type OfferDraft, offerProblems } from "./offer-draft.ts";
import { emptySlot, slotOf, slotProblems } from "./slot-draft.ts";
import { instantOf, localOf, priceTyped, soonest, typedCount, typedPrice } from "./typed.ts";

const PRICE_MIN = "100000000";

test("what is typed is understood as people write it, and nothing else", () => {
  expect(typedPrice("12,5")).toBe("12500000000");
  expect(typedPrice(" 1 200 ")).toBe("1200000000000");
  expect(typedPrice("")).toBeNull();
  for (const wrong of ["0", "-1", "abc", "1,2,3"]) expect(typedPrice(wrong)).toBeUndefined();
  expect(typedCount("10 000")).toBe(10_000);
  expect(typedCount("ten")).toBeUndefined();
  expect(priceTyped("12500000000", "ru")).toBe("12,5");
  expect(typedPrice(priceTyped("1234567890000000", "ru"))).toBe("1234567890000000");
});

test("a field of date and time keeps its minute both ways", () => {
  const at = "2026-11-26T18:05:00.000Z";
  expect(instantOf(localOf(at))).toBe(at);
  expect(instantOf("")).toBeNull();
  expect(new Date(soonest(Date.parse(at), 3)).toISOString()).toBe("2026-11-26T22:00:00.000Z");
});

test("a campaign that the form lets through is one that the API takes", () => {
  const draft = {
    ...emptyCampaign,
    title: "Autumn sale",
    brief: "Two posts about the sale.",
    categories: ["business" as const],
    budget: "500",
    priceMax: "40,5",
    membersMin: "1 000",
    startsAt: "2026-12-01",
    endsAt: "2026-12-20",
    advertiserName: "ООО «Осень»",
    advertiserInn: "7707083893",
    erid: "2SDnjdGTXhQ",
  };
  expect(campaignProblems(draft)).toEqual({});
  const parsed = createCampaign.parse(campaignOf(draft));
  expect(parsed.priceMax?.amount).toBe("40500000000");
  expect(parsed.membersMin).toBe(1000);
  expect(parsed.ad?.erid).toBe("2SDnjdGTXhQ");
});

test("what the API would refuse is said beside its field", () => {
  expect(Object.keys(campaignProblems(emptyCampaign)).sort()).toEqual([
    "brief",
    "budget",
    "categories",
    "title",
  ]);
  const wrong = campaignProblems({
    ...emptyCampaign,
    budget: "10",
    priceMax: "11",
    membersMin: "5",
    membersMax: "4",
    viewsMin: "many",
    startsAt: "2026-12-02",
    endsAt: "2026-12-01",
    erid: "a b",
    advertiserInn: "123",
  });
  expect(wrong).toMatchObject({
    priceMax: "priceMax",
    membersMax: "range",
    viewsMin: "number",
    endsAt: "dates",
    erid: "erid",
    advertiserInn: "inn",
  });
});

test("a slot that the form lets through is one that the API takes", () => {
  const draft = { ...emptySlot("Europe/Moscow"), price: "12,5", isAllDay: false };
  expect(slotProblems(draft, PRICE_MIN)).toEqual({});
  expect(createSlot.parse(slotOf(draft)).hours).toEqual({
    from: "10:00",
    to: "20:00",
    timeZone: "Europe/Moscow",
  });
  expect(slotProblems({ ...draft, price: "0,01", leadHours: "0", to: "10:00" }, PRICE_MIN)).toEqual({
    price: "priceLow",
    leadHours: "leadHours",
    hours: "workingHours",
  });
});

const nowMs = Date.parse("2026-11-26T12:00:00Z");
const offer: OfferDraft = {
  slotId: "s1",
  format: formatOf("1/24"),
  price: "10",
  postAt: localOf("2026-11-27T12:00:00Z"),
  isTopOfFeed: true,
  postedBy: "bot",
  campaignId: null,
  topics: [],
  message: "",
};

test("a slot taken as it stands is booked; at another price it is an offer", () => {
  const slot = { id: "s1", price: { amount: "10000000000", asset: "TON" } } as never;
  expect(isBooking(offer, slot)).toBe(true);
  expect(isBooking({ ...offer, price: "9" }, slot)).toBe(false);
  expect(isBooking({ ...offer, slotId: null }, slot)).toBe(false);
});

test("too soon, too far, too cheap and forbidden are said before anything is sent", () => {
  const slot = { leadHours: 3, forbiddenTopics: ["crypto" as const] };
  const limits = { nowMs, priceMin: PRICE_MIN, slot };
  expect(offerProblems(offer, limits)).toEqual({});
  expect(offerProblems({ ...offer, postAt: localOf("2026-11-26T14:00:00Z") }, limits)).toEqual({
    time: "timeSoon",
  });
  expect(offerProblems({ ...offer, postAt: localOf("2027-11-26T14:00:00Z") }, limits)).toEqual({
    time: "timeFar",
  });
  expect(offerProblems({ ...offer, postAt: "", price: "0,05", topics: ["crypto"] }, limits)).toEqual({
    price: "priceLow",
    time: "time",
    topics: "topics",
  });
});

test("what Telegram would refuse in a post is said before it is sent", () => {
  const text = (words: string) => ({ ...emptyCreative, content: { text: words, entities: [] } });
  expect(creativeProblems(emptyCreative, "bot").text).toBe("creativeEmpty");
  expect(creativeProblems(text("a".repeat(4097)), "bot").text).toBe("creativeLong");
  const photo = { type: "photo" as const, fileId: "AgACAgIAAxk" };
  expect(creativeProblems({ ...text("a".repeat(1025)), media: [photo] }, "bot").text).toBe("creativeLong");
  const button = { key: "a", text: "Buy", url: "souk.example" };
  const withButton = { ...text("hi"), buttons: [[button]] };
  expect(hasProblems(creativeProblems(withButton, "bot"))).toBe(false);
  expect(creativeProblems({ ...withButton, media: [photo, photo] }, "bot").buttons).toBe("buttonsAlbum");
  expect(creativeProblems(withButton, "publisher").buttons).toBe("buttonsPublisher");
  expect(
    creativeProblems({ ...withButton, buttons: [[{ key: "a", text: "", url: "x" }]] }, "bot").button,
  ).toEqual({
    a: { text: "buttonText", url: "buttonUrl" },
  });
});

test("a post that the form lets through is one that the API takes", () => {
  const draft = {
    content: {
      text: "Sale today",
      entities: [
        { type: "bold" as const, offset: 0, length: 6 },
        { type: "italic" as const, offset: 3, length: 7 },
      ],
    },
    media: [],
    buttons: [[{ key: "a", text: " Buy ", url: "souk.example" }]],
  };
  const parsed = creativeDraft.parse(creativeOf(draft));
  expect(parsed.buttons).toEqual([[{ text: "Buy", url: "https://souk.example" }]]);
  expect(parsed.entities).toHaveLength(3);
  expect(draftOfCreative(parsed).content).toEqual(draft.content);
});
