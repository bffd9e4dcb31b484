import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { createWorld, people, type World } from "../../../test/world.ts";
import { createTelegram, type TelegramGateway } from "./gateway.ts";
import { TelegramFailure } from "./port.ts";

let world: World;
let telegram: TelegramGateway;
let channel = "";
let log = "";
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC",
  "base64",
);
const words = { text: "Fresh coffee", entities: [{ type: "bold", offset: 0, length: 5 }] };
const buttons = [[{ text: "Order", url: "https://coffee.example/" }]];

const create = async (title: string, username?: string): Promise<string> => {
  const made = await world.telegram.act(people.seller, {
    type: "createChannel",
    title,
    ...(username ? { username } : {}),
  });
  if (made.type !== "channel") throw new Error("no channel");
  await world.telegram.act(people.seller, { type: "addBot", channelId: made.channelId });
  return String(made.channelId);
};
const act = (type: "deletePost" | "kickBot" | "addBot", messageId = 0) =>
  world.telegram.act(people.seller, { type, channelId: Number(channel), messageId } as never);

beforeAll(async () => {
  world = await createWorld({ withChain: false });
  channel = await create("Coffee", "coffee_posts");
  log = await create("Log");
});
afterAll(() => world.close());
beforeEach(() => {
  world.telegram.faults.clear();
  const { settings, log: quiet } = world.ctx();
  telegram = createTelegram({ settings, log: quiet, metrics: undefined, timeoutMs: 500, patienceSeconds: 2 });
});

test("a post goes out with formatting and buttons, a photo with its caption, several photos as an album", async () => {
  const plain = await telegram.posts.publish(channel, { ...words, buttons, photos: [] });
  expect(plain.content).toEqual({ ...words, buttons, media: [] });
  const one = await telegram.posts.publish(channel, { ...words, buttons, photos: [{ bytes: png }] });
  expect(one.content).toMatchObject({ ...words, buttons, media: [{ type: "photo" }] });
  const fileId = one.content.media[0]?.fileId ?? "";
  const album = await telegram.posts.publish(channel, {
    ...words,
    buttons: [],
    photos: [{ bytes: png }, { fileId }, { bytes: png }],
  });
  expect(album.messageIds).toHaveLength(3);
  expect(album.content).toMatchObject({ ...words, buttons: [] });
  expect(album.content.media).toHaveLength(3);
});

test("one's own post answers whether it is there, and is not changed by the question", async () => {
  const { messageIds } = await telegram.posts.publish(channel, { ...words, buttons, photos: [] });
  const [id = 0] = messageIds;
  expect(await telegram.posts.probe(channel, id, buttons)).toBe("alive");
  const page = await world.ctx().gateways.publicPage.post("coffee_posts", id);
  expect(page).toMatchObject({ kind: "post", text: "Fresh coffee", isEdited: false });
  await act("deletePost", id);
  expect(await telegram.posts.probe(channel, id, buttons)).toBe("gone");
  await act("kickBot");
  expect(await telegram.posts.probe(channel, id, buttons)).toBe("hidden");
  await act("addBot");
  world.telegram.faults.next(
    "editMessageReplyMarkup",
    ...Array(3).fill({ kind: "status", status: 500, description: "Internal Server Error" }),
  );
  await expect(telegram.posts.probe(channel, id, buttons)).rejects.toMatchObject({ reason: "unknown" });
});

test("a post is read by forwarding it into the log chat, where nothing stays", async () => {
  const { messageIds } = await telegram.posts.publish(channel, { ...words, buttons, photos: [] });
  const [id = 0] = messageIds;
  expect(await telegram.posts.readByForward(channel, id, log)).toEqual({
    kind: "post",
    content: { ...words, buttons, media: [] },
    fromMessageId: id,
    at: expect.any(Date),
  });
  const left = world.telegram.state(people.seller).chats.find((one) => one.id === Number(log));
  expect(left?.messages.filter(({ text }) => text === words.text)).toEqual([]);
  await act("deletePost", id);
  expect(await telegram.posts.readByForward(channel, id, log)).toEqual({ kind: "gone" });
  await act("kickBot");
  expect(await telegram.posts.readByForward(channel, id, log)).toEqual({ kind: "hidden" });
  await act("addBot");
  world.telegram.faults.next("forwardMessage", { kind: "timeout", effect: "before" });
  await expect(telegram.posts.readByForward(channel, id, log)).rejects.toBeInstanceOf(TelegramFailure);
});

test("the control says whether the Bot API answers at all", async () => {
  await telegram.posts.greet();
  world.telegram.faults.next(
    "getMe",
    ...Array(3).fill({ kind: "status", status: 502, description: "Bad Gateway" }),
  );
  await expect(telegram.posts.greet()).rejects.toMatchObject({ reason: "unknown" });
});

test("with an open circuit nothing is sent, and the caller hears when to come again", async () => {
  const fault = { kind: "status" as const, status: 500, description: "Internal Server Error" };
  world.telegram.faults.next("sendMessage", ...Array(5).fill(fault));
  const post = () => telegram.posts.publish(channel, { ...words, buttons, photos: [] });
  for (let n = 0; n < 5; n += 1)
    await expect(post()).rejects.toMatchObject({ reason: "unknown", retryAfterSeconds: 0 });
  await expect(post()).rejects.toMatchObject({ reason: "unknown", retryAfterSeconds: 5 });
});
