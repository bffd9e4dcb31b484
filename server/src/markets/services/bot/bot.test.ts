import { afterAll, beforeAll, expect, test } from "bun:test";
import { people } from "../../../../test/world.ts";
import { createServicesWorld, type ServicesWorld } from "../services.fixture.ts";

let world: ServicesWorld;
const bot = 7_000_000_001;
const { buyer: customer, seller: executor } = people;
beforeAll(async () => {
  world = await createServicesWorld();
  for (const person of [customer, executor]) {
    await world.telegram.act(person, { type: "startBot" });
    await world.settle();
    await world.http(person).put("/api/users/me/preferences", { language: "en" });
  }
});
afterAll(() => world.close());

const messages = (person: number) =>
  world.telegram
    .state(person)
    .chats.find(({ kind }) => kind === "bot")
    ?.messages.filter(({ out }) => !out) ?? [];
const last = (person: number) => {
  const found = messages(person).at(-1);
  if (!found) throw new Error("the bot has said nothing");
  return found;
};
const write = async (person: number, text: string) => {
  await world.telegram.act(person, { type: "sendText", chatId: bot, text });
  await world.settle();
  return last(person);
};
const press = async (person: number, row: number, column = 0) => {
  const pressed = world.telegram.act(person, {
    type: "pressInline",
    chatId: bot,
    messageId: last(person).id,
    row,
    column,
  });
  for (let n = 0; n < 100; n += 1) {
    await world.settle();
    const answer = await Promise.race([pressed, Bun.sleep(20)]);
    if (answer) return answer;
  }
  throw new Error("the bot did not answer");
};
const buttons = (person: number) =>
  last(person)
    .inlineKeyboard.flat()
    .map(({ text }) => text);

test("an executor looks at the list, is asked before money is set aside, takes, and reads the contact", async () => {
  await world.http(executor).put("/api/users/me/preferences", { executor: { isOn: true, cities: ["Тула"] } });
  expect((await write(executor, "/orders")).text).toContain("Nobody needs you");
  const id = await world.order(customer, { city: "Тула", contact: "@some_body", category: "locks" });
  await world.order(customer, { city: "Казань" });
  await world.settle();
  expect(messages(executor).some(({ text }) => text.includes("New order: Locks and doors"))).toBe(true);
  const listed = await write(executor, "/orders");
  expect(listed.text).toContain("Locks and doors · Тула · 60 min left · places: 3");
  expect(buttons(executor)).toEqual(["1", "All orders"]);
  await press(executor, 0);
  expect(last(executor).text).toContain("2 ₽ will be set aside");
  // No money: the way to it, and nothing taken.
  await press(executor, 0);
  expect(buttons(executor)).toEqual(["Top up"]);
  expect((await world.see(customer, id)).takesCount).toBe(0);
  await world.give(executor, 300);
  await write(executor, "/orders");
  await press(executor, 0);
  await press(executor, 0);
  expect(last(executor).text).toContain("@some_body");
  expect(buttons(executor)).toEqual(["Write", "Open"]);
  expect(await world.money(executor)).toEqual([100, 200]);
  expect((await write(executor, "/takes")).text).toContain("@some_body");
});

test("the customer sees who took it, and chooses with one press; pressing again changes nothing", async () => {
  await write(customer, "/my_orders");
  const own = messages(customer).findLast(({ inlineKeyboard }) => inlineKeyboard.length > 1);
  expect(own?.text).toContain("Whom do you choose?");
  const pressed = world.telegram.act(customer, {
    type: "pressInline",
    chatId: bot,
    messageId: own?.id ?? 0,
    row: 0,
    column: 0,
  });
  for (let n = 0; n < 100; n += 1) {
    await world.settle();
    if (await Promise.race([pressed, Bun.sleep(20)])) break;
  }
  const { body } = await world.http(customer).get("/api/orders?scope=mine");
  expect(body.orders.find((one: { city: string }) => one.city === "Тула")).toMatchObject({
    status: "closed",
    outcome: "answered",
  });
  expect(messages(customer).some(({ text }) => text.includes("The customer responded"))).toBe(true);
  expect(await world.money(executor)).toEqual([100, 0]);
});

test("both are offered what to do under the very message that tells them", async () => {
  const id = await world.order(customer, { city: "Тула", category: "pets", contact: "@cat_lover" });
  await world.settle();
  expect(buttons(executor)).toEqual(["Take the order", "Have a look"]);
  await press(executor, 0);
  expect(last(executor).text).toContain("2 ₽ will be set aside");
  await world.give(executor, 200);
  await press(executor, 0);
  expect(last(executor).text).toContain("@cat_lover");
  expect(last(customer).text).toContain("Somebody has taken your order");
  expect(buttons(customer)).toEqual(["Choose an executor", "Respond"]);
  await press(customer, 0);
  expect(last(customer).text).toContain("Whom do you choose?");
  await press(customer, 0);
  expect(await world.see(customer, id)).toMatchObject({ status: "closed", outcome: "answered" });
});

test("a message that is older than its order says so, and asks nobody for money", async () => {
  const id = await world.order(customer, { city: "Тула", category: "moving" });
  await world.settle();
  await world.advance(3_600);
  const told = messages(executor).findLast(({ text }) => text.includes("New order: Moving"));
  const at = messages(executor).length;
  const pressed = world.telegram.act(executor, {
    type: "pressInline",
    chatId: bot,
    messageId: told?.id ?? 0,
    row: 0,
    column: 0,
  });
  for (let n = 0; n < 100; n += 1) {
    await world.settle();
    if (await Promise.race([pressed, Bun.sleep(20)])) break;
  }
  expect(await pressed).toMatchObject({ type: "callbackAnswer", text: "This order is over." });
  expect([messages(executor).length, (await world.see(customer, id)).status]).toEqual([at, "expired"]);
});

test("what cannot be done is said over the message, in words; who has no orders is shown how to ask", async () => {
  const id = await world.order(people.stranger, { city: "Тула" });
  await world.settle();
  await write(executor, "/orders");
  await world.http(people.stranger).del(`/api/orders/${id}`);
  const answer = await press(executor, 0);
  expect(answer).toMatchObject({ type: "callbackAnswer", text: "There is no such order." });
  expect((await write(executor, "/my_orders")).text).toContain("Tell what has happened");
  expect((await write(customer, "/help_me")).text).toContain("Tell what has happened");
});
