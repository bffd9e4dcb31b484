import { expect, test } from "bun:test";
import type { PagePost } from "../../../../gateways/public-page/port.ts";
import type { Ctx } from "../../../../platform/context.ts";
import type { PlacementRow } from "../tables.ts";
import { lookOnPage } from "./publish-post.ts";
import { isAgreedPost } from "./record-posted.ts";
import { lookAtLink } from "./report-post.ts";

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
  ...over,
});
const ctxOf = (posts: PagePost[]) =>
  ({
    settings: { env: {} },
    gateways: {
      publicPage: {
        channel: async () => ({ kind: "channel", title: "Coffee", members: 1, posts }),
        post: async (_name: string, id: number) => ({ kind: "post", ...posts.find((one) => one.id === id) }),
      },
    },
  }) as unknown as Ctx;
const busy = Array.from({ length: 20 }, (_, n) => shown(100 + n, minutes(10 + n)));

test("a page that no longer reaches back to the time of the post says nothing of it", async () => {
  expect(await lookOnPage(ctxOf(busy), rowOf())).toBe("unseen");
  const bot = rowOf({ postedBy: "bot", postIntendedAt: minutes(1) });
  expect(await lookOnPage(ctxOf(busy), bot)).toBe("unseen");
  expect(await lookOnPage(ctxOf([shown(99, minutes(-60)), ...busy]), bot)).toBeNull();
  expect(await lookOnPage(ctxOf(busy.slice(0, 2)), rowOf())).toBeNull();
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
    const seen = await lookAtLink(ctxOf([post]), rowOf(), 5);
    expect(isAgreedPost(rowOf(), seen.content, seen.at)).toBe(photos === 1);
  }
});
