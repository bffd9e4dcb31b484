import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createWorld, people, type World } from "../../../test/world.ts";
import { createLog } from "../../platform/log.ts";
import { createPublicPage } from "./gateway.ts";
import { countOf, readPage } from "./page.ts";
import { PublicPageFailure, type PublicPagePort } from "./port.ts";

let world: World;
let page: PublicPagePort;
let channelId = 0;
beforeAll(async () => {
  world = await createWorld({ withChain: false });
  const { settings } = world.ctx();
  page = createPublicPage({ settings, log: createLog("silent"), metrics: undefined });
  const made = await world.telegram.act(people.seller, {
    type: "createChannel",
    title: "Чай & <вода>",
    username: "tea_and_water",
  });
  if (made.type === "channel") channelId = made.channelId;
});
afterAll(() => world.close());

const post = async (text: string): Promise<number> => {
  const made = await world.telegram.act(people.seller, { type: "post", channelId, text });
  return made.type === "post" ? made.messageId : 0;
};

describe("a public page", () => {
  test("shows a post's words, views and time, whether it was edited, and that it is gone", async () => {
    const id = await post('One & <two>\n"three"');
    expect(await page.post("tea_and_water", id)).toMatchObject({
      kind: "post",
      id,
      text: 'One & <two>\n"three"',
      views: 1,
      isEdited: false,
      photos: 0,
    });
    await world.telegram.act(people.seller, { type: "editPost", channelId, messageId: id, text: "Four" });
    expect(await page.post("tea_and_water", id)).toMatchObject({ text: "Four", isEdited: true });
    await world.telegram.act(people.seller, { type: "deletePost", channelId, messageId: id });
    expect(await page.post("tea_and_water", id)).toEqual({ kind: "no_post" });
    expect(await page.post("nobody_has_this", 1)).toEqual({ kind: "no_channel" });
  });

  test("shows the last posts of a channel, and that there is no such channel", async () => {
    const [first, second] = [await post("first"), await post("second")];
    const seen = await page.channel("tea_and_water");
    if (seen.kind !== "channel") throw new Error("not public");
    expect(seen.title).toBe("Чай & <вода>");
    expect(seen.posts.map(({ id, text }) => [id, text])).toEqual([
      [first, "first"],
      [second, "second"],
    ]);
    expect(await page.channel("tea_and_water", second)).toMatchObject({ posts: [{ id: first }] });
    expect(await page.channel("nobody_has_this")).toEqual({ kind: "not_public" });
  });

  test("a site that does not answer, or answers with something else, is no word about the post", async () => {
    for (const body of ["<html>maintenance</html>", "tgme_ but neither post nor error"]) {
      const other = Bun.serve({ port: 0, fetch: () => new Response(body) });
      const { settings, log } = world.ctx();
      const env = { ...settings.env, TELEGRAM_LINK_BASE: `http://127.0.0.1:${other.port}` };
      const odd = createPublicPage({
        settings: { ...settings, env },
        log,
        metrics: undefined,
        timeoutMs: 500,
      });
      await expect(odd.post("tea_and_water", 1)).rejects.toBeInstanceOf(PublicPageFailure);
      await other.stop(true);
      await expect(odd.post("tea_and_water", 1)).rejects.toBeInstanceOf(PublicPageFailure);
    }
  });
});

test("counts are read as the page rounds them", () => {
  expect(["7", "1.2K", "15K", "3.4M", "12 345", "many", ""].map(countOf)).toEqual([
    7,
    1_200,
    15_000,
    3_400_000,
    12_345,
    null,
    null,
  ]);
});

test("the words of a reply above a post are not the post's", () => {
  const html = `<div class="tgme_widget_message" data-post="a/5"><div class="tgme_widget_message_text js-message_reply_text">Reply</div>
    <div class="tgme_widget_message_text js-message_text">Own &#128512; &amp; words</div><span class="tgme_widget_message_views">2.5K</span></div>`;
  expect(readPage(html).posts).toMatchObject([{ id: 5, text: "Own 😀 & words", views: 2_500, at: null }]);
});

test("Telegram's own lines in a channel are nobody's posts", () => {
  const box = (id: number, kind: string) =>
    `<div class="tgme_widget_message ${kind} js-widget_message" data-post="coffee/${id}"><div class="js-message_text">words ${id}</div></div>`;
  const { posts } = readPage(box(1, "text_not_supported_wrap") + box(2, "service_message") + box(3, ""));
  expect(posts.map(({ id, text }) => [id, text])).toEqual([
    [1, "words 1"],
    [3, "words 3"],
  ]);
});
