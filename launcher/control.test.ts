import { afterAll, beforeEach, expect, test } from "bun:test";
import { startControl, type WorldClock } from "./control.ts";

let offset = 0;
let resets = 0;
const clock = async (): Promise<WorldClock> => ({ now: 1_800_000_000 + offset, offset });
const control = startControl({
  clock,
  advance: async (seconds) => {
    if (seconds === 13) throw new Error("the chain is down");
    offset += seconds;
    return clock();
  },
  nextDeadline: async () => 1_800_003_600,
  reset: async () => {
    resets += 1;
  },
});
afterAll(() => control.stop());
beforeEach(() => {
  offset = 0;
});

const ask = async (
  method: string,
  path: string,
  body?: unknown,
): Promise<[status: number, body: unknown]> => {
  const response = await fetch(`${control.url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return [response.status, await response.json()];
};

test("the clock is moved by whole seconds, and the answer is the new time", async () => {
  expect(await ask("POST", "/advance", { seconds: 3_600 })).toEqual([
    200,
    { now: 1_800_003_600, offset: 3_600 },
  ]);
  expect(await ask("GET", "/clock")).toEqual([200, { now: 1_800_003_600, offset: 3_600 }]);
  expect(await ask("GET", "/deadline")).toEqual([200, { deadline: 1_800_003_600 }]);
});

test("time never goes back, nor by anything that is no number of seconds", async () => {
  for (const body of [
    { seconds: -1 },
    { seconds: 0.5 },
    { seconds: "60" },
    { seconds: 1e18 },
    {},
    { seconds: 1, to: 2 },
    null,
  ]) {
    expect((await ask("POST", "/advance", body))[0]).toBe(400);
  }
  expect(offset).toBe(0);
});

test("what the world cannot do is answered with its reason", async () => {
  expect(await ask("POST", "/advance", { seconds: 13 })).toEqual([409, { error: "the chain is down" }]);
});

test("a reset is answered when it is done", async () => {
  expect(await ask("POST", "/reset", {})).toEqual([200, { ok: true }]);
  expect(resets).toBe(1);
});

test("nobody without the secret is heard", async () => {
  const { origin } = new URL(control.url);
  for (const path of ["/advance", "/reset", "/0123456789abcdef/reset"]) {
    expect((await fetch(`${origin}${path}`, { method: "POST", body: "{}" })).status).toBe(404);
  }
  expect(resets).toBe(1);
});

test("the story is a stream of events; whoever hangs up stops it", async () => {
  const stopped = Promise.withResolvers<void>();
  const playing = startControl({
    clock,
    advance: clock,
    nextDeadline: async () => null,
    reset: async () => undefined,
    play: async (signal, onEvent) => {
      onEvent({ type: "step", index: 0 });
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      stopped.resolve();
    },
  });
  const hangUp = new AbortController();
  const response = await fetch(`${playing.url}/play`, { method: "POST", signal: hangUp.signal });
  const reader = response.body?.getReader();
  const first = await reader?.read();
  expect(new TextDecoder().decode(first?.value)).toBe('data: {"type":"step","index":0}\n\n');
  hangUp.abort();
  await stopped.promise;
  await playing.stop();
});

test("a story that cannot begin says why in the stream; where nobody plays there is none", async () => {
  const busy = startControl({
    clock,
    advance: clock,
    nextDeadline: async () => null,
    reset: async () => undefined,
    play: async () => {
      throw new Error("The story is being played already.");
    },
  });
  const response = await fetch(`${busy.url}/play`, { method: "POST" });
  expect(await response.text()).toBe(
    'data: {"type":"failed","message":"The story is being played already."}\n\n',
  );
  await busy.stop();
  expect((await ask("GET", "/play"))[0]).toBe(404);
});
