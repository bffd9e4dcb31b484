import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { createWorld, type World } from "../../../../test/world.ts";
import { system } from "../../../platform/context.ts";
import { receiveUpdates, webhookPath } from "./receive.ts";

const secret = "a-secret-of-the-webhook";
const header = "x-telegram-bot-api-secret-token";
const bot = 7_000_000_001;

/** Waits for what happens outside our hands; fails after ten seconds. */
async function eventually(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let n = 0; n < 500; n += 1) {
    if (await isSo()) return;
    await Bun.sleep(20);
  }
  throw new Error(`never happened: ${what}`);
}
const stored = async (world: World): Promise<number> => {
  const { rows } = await world
    .ctx()
    .db.execute<{ n: bigint }>(sql`select count(*) as n from identity.updates`);
  return Number(rows[0]?.n);
};

describe("the webhook", () => {
  let world: World;
  let server: ReturnType<typeof Bun.serve>;
  /** How the next deliveries are answered instead of by the product. */
  const troubles: number[] = [];
  const arrived: string[] = [];
  beforeAll(async () => {
    server = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      async fetch(request) {
        const trouble = troubles.shift();
        arrived.push(new URL(request.url).pathname);
        if (trouble === 0) {
          // The update is taken, and the answer gets lost.
          await world.app.fetch(request, "127.0.0.1");
          return new Response(null, { status: 502 });
        }
        return trouble ? new Response(null, { status: trouble }) : world.app.fetch(request, "127.0.0.1");
      },
    });
    world = await createWorld({
      withChain: false,
      env: {
        TELEGRAM_UPDATES: "webhook",
        TELEGRAM_WEBHOOK_SECRET: secret,
        PUBLIC_URL: `http://127.0.0.1:${server.port}`,
      },
    });
  });
  afterAll(async () => {
    await world.close();
    await server.stop(true);
  });

  const post = (body: string, headers: Record<string, string>) =>
    world.app.fetch(
      new Request(`http://localhost${webhookPath}`, { method: "POST", body, headers }),
      "127.0.0.1",
    );
  const update = (id: number) => JSON.stringify({ update_id: id, message: { chat: { id: 1 }, text: "x" } });

  test.each([
    ["no secret", {}],
    ["another secret", { [header]: "a-secret-of-the-webhooX" }],
    ["a secret that begins like ours", { [header]: `${secret}x` }],
  ])("with %s is refused and stores nothing", async (_name, headers) => {
    const before = await stored(world);
    expect((await post(update(1), headers as Record<string, string>)).status).toBe(401);
    expect(await stored(world)).toBe(before);
  });

  test.each(["", "{", "null", "[]", "{}", '{"update_id":"1"}', '{"update_id":1.5}'])(
    "with the body %p is refused",
    async (body) => {
      expect((await post(body, { [header]: secret })).status).toBe(422);
    },
  );

  test("stores an update before it answers, once however often it comes", async () => {
    const before = await stored(world);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post(update(77), { [header]: secret })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
    expect(await stored(world)).toBe(before + 1);
  });

  test("is set at start, and what comes through it is worked, over faults and repetitions, once", async () => {
    const stop = new AbortController();
    const running = receiveUpdates(world.ctx(system("identity.updates")), stop.signal);
    // Taken but not acknowledged, then refused once: Telegram repeats both times.
    troubles.push(0, 500);
    await world.telegram.act(1001, { type: "startBot" });
    await eventually("three deliveries", () => arrived.filter((path) => path === webhookPath).length >= 3);
    await eventually("the bot's answer", async () => {
      await world.app.jobs.drain(() => world.ctx());
      return replies(world).length > 0;
    });
    expect(replies(world)).toHaveLength(1);
    stop.abort();
    await running;
  }, 20_000);
});

const replies = (world: World) =>
  world.telegram
    .state(1001)
    .chats.find(({ kind }) => kind === "bot")
    ?.messages.filter(({ out }) => !out) ?? [];

describe("polling", () => {
  let world: World;
  const stops: AbortController[] = [];
  beforeAll(async () => {
    world = await createWorld({ withChain: false });
  });
  afterEach(() => {
    for (const one of stops.splice(0)) one.abort();
  });
  afterAll(() => world.close());

  const run = () => {
    const stop = new AbortController();
    stops.push(stop);
    return { stop, done: receiveUpdates(world.ctx(system("identity.updates")), stop.signal) };
  };
  const pollers = async () => {
    const { rows } = await world
      .ctx()
      .db.execute(
        sql`select 1 from pg_stat_activity where application_name = 'souk-poller' and datname = current_database()`,
      );
    return rows.length;
  };
  const say = (text: string) => world.telegram.act(1001, { type: "sendText", chatId: bot, text });

  test("has no webhook to post to", async () => {
    const request = new Request(`http://localhost${webhookPath}`, { method: "POST", body: "{}" });
    expect((await world.app.fetch(request, "127.0.0.1")).status).toBe(404);
  });

  test("is done by one of many, and by the next when that one ends; nothing is lost or doubled", async () => {
    await world.telegram.act(1001, { type: "startBot" });
    const [first, second] = [run(), run()];
    await say("one");
    await eventually("two updates", async () => (await stored(world)) === 2);
    await say("two");
    await eventually("three updates", async () => (await stored(world)) === 3);
    await eventually("the other one waiting", async () => (await pollers()) === 2);
    first.stop.abort();
    await first.done;
    await say("three");
    await eventually("four updates", async () => (await stored(world)) === 4);
    second.stop.abort();
    await second.done;
    await say("four");
    const third = run();
    await eventually("five updates", async () => (await stored(world)) === 5);
    third.stop.abort();
    await third.done;
    await world.settle();
    expect(await stored(world)).toBe(5);
  }, 20_000);

  test("goes on after Telegram's faults and after the database's session is lost", async () => {
    const before = await stored(world);
    world.telegram.faults.next(
      "getUpdates",
      { kind: "status", status: 502, description: "Bad Gateway" },
      { kind: "malformed" },
    );
    const { stop, done } = run();
    await say("after faults");
    await eventually("the update", async () => (await stored(world)) === before + 1);
    await world
      .ctx()
      .db.execute(
        sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'souk-poller' and datname = current_database()`,
      );
    await say("after the loss");
    await eventually("the next update", async () => (await stored(world)) === before + 2);
    stop.abort();
    await done;
  }, 20_000);
});
