import { expect, test } from "bun:test";
import type { PagePost } from "../../../../gateways/public-page/port.ts";
import type { Ctx } from "../../../../platform/context.ts";
import type { PlacementRow } from "../tables.ts";
import { lookOnPage } from "./find-post.ts";
import { isAgreedPost } from "./record-posted.ts";
import { readPost } from "./report-post.ts";

const postAt = new Date("2027-01-01T12:00:00Z");
const minutes = (n: number) => new Date(postAt.getTime() + n * 60_000);
const photo = { type: "photo" as const, fileId: "AgACAgIAAxk1" };
const agreed = { text: "Fresh coffee", entities: [], media: [photo], buttons: [] };
const rowOf = (over: Partial<PlacementRow> = {}) =>
  ({
    username: "coffee",
    postedBy: "publisher",
    postAt,
    postIntendedAt: null,
    agreed,
    ...over,
  }) as PlacementRow;
const shown = (id: number, at: Date, over: Partial<PagePost> = {}): PagePost => ({
  id,
  at,
  text: `post ${id}`,
  views: 1,
  isEdited: false,
  photos: 0,
  links: [],
  buttons: null,
  ...over,
});
const noneTaken = { select: () => ({ from: () => ({ where: async () => [] }) }) };
const ctxOf = (posts: PagePost[]) =>
  ({
    settings: { env: {} },
    db: noneTaken,
    gateways: {
      publicPage: {
        channel: async (_name: string, before = Number.POSITIVE_INFINITY) => ({
          kind: "channel",
          title: "Coffee",
          members: 1,
          posts: posts.filter(({ id }) => id < before).slice(-20),
        }),
        post: async (_name: string, id: number) => ({ kind: "post", ...posts.find((one) => one.id === id) }),
      },
    },
  }) as unknown as Ctx;
const busy = (count: number) => Array.from({ length: count }, (_, n) => shown(100 + n, minutes(10 + n / 10)));
const ours = shown(99, minutes(2), { text: "Fresh coffee" });

test("the post is looked for back to its time, however much was posted since; further than that nobody can say", async () => {
  const bot = rowOf({ postedBy: "bot", postIntendedAt: minutes(1) });
  for (const row of [rowOf(), bot]) {
    expect(await lookOnPage(ctxOf([ours, ...busy(50)]), row)).toEqual({ id: 99, at: minutes(2) });
    expect(await lookOnPage(ctxOf([shown(98, minutes(-60)), ...busy(50)]), row)).toBeNull();
    expect(await lookOnPage(ctxOf(busy(50)), row)).toBeNull();
    expect(await lookOnPage(ctxOf([ours, ...busy(500)]), row)).toBe("unseen");
  }
});

test("a publisher's post of a quarter of an hour before is found too", async () => {
  const early = shown(98, minutes(-14), { text: "Fresh coffee" });
  expect(await lookOnPage(ctxOf([shown(97, minutes(-60)), early]), rowOf())).toEqual({
    id: 98,
    at: minutes(-14),
  });
});

test("a reported post without its picture is not the one that was agreed", async () => {
  for (const photos of [0, 1]) {
    const post = shown(5, minutes(1), { text: "Fresh coffee", photos });
    const seen = await readPost(ctxOf([post]), rowOf(), 5);
    expect(seen !== null && isAgreedPost(rowOf(), seen.content, seen.at)).toBe(photos === 1);
  }
});
