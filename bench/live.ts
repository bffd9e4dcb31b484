/**
 * The live list with ten thousand visitors on two processes: how long from somebody's request for help until the last of them has heard of it, and what
 * so many sockets cost at rest. As many as the box's limit of open files allows, when that is less.
 */
import { spawnSync } from "node:child_process";
import { median, memoryOf, table } from "./lib/measure.ts";
import { signIns } from "./lib/order-requests.ts";
import { seedOrders } from "./lib/order-rows.ts";
import { serve } from "./lib/serve.ts";
import { createSurroundings } from "./lib/surroundings.ts";

const WANTED = 10_000;
const ROUNDS = 10;
const AT_ONCE = 100;
const lastMsMax = 2_000;

/** Each socket is one open file here and one in a product's process; some are needed for the rest. */
const files = Number(spawnSync("sh", ["-c", "ulimit -n"]).stdout.toString()) || 1_024;
const sockets = Math.min(WANTED, files - 500);

const around = await createSurroundings();
const { environment } = around;
await seedOrders(around.database.ownerUrl, {
  people: 40,
  past: 0,
  open: 200,
  dataKey: Buffer.from(environment.DATA_KEY ?? "", "hex"),
});
const products = [
  await serve("one", "server/src/main.ts", environment),
  await serve("two", "server/src/main.ts", environment),
];
const resting = products.map(({ pid }) => memoryOf(pid).resident);

/** When each socket heard of the one change that is made, and in which words: there is one change at a time. */
let times: number[] = [];
let said = new Set<string>();
let lost = 0;
let onAll: () => void = () => undefined;
function hear(text: string): void {
  said.add(text);
  if (times.push(performance.now()) === sockets) onAll();
}

async function connect(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/live`);
  const subscribed = Promise.withResolvers<void>();
  socket.onopen = () => socket.send('{"subscribe":["orders"]}');
  socket.onmessage = ({ data }) => {
    if (String(data).includes('"subscribed"')) subscribed.resolve();
    else hear(String(data));
  };
  socket.onclose = () => {
    lost += 1;
    subscribed.reject(new Error("closed"));
  };
  await subscribed.promise;
  return socket;
}

const begun = performance.now();
const open: WebSocket[] = [];
for (let from = 0; from < sockets; from += AT_ONCE) {
  const some = Array.from({ length: Math.min(AT_ONCE, sockets - from) }, (_, n) => from + n);
  open.push(...(await Promise.all(some.map((n) => connect(products[n % 2]?.port ?? 0)))));
}
const connectedMs = performance.now() - begun;
const full = products.map(({ pid }) => memoryOf(pid).resident);

const [customer = ""] = signIns(1, environment.TELEGRAM_BOT_TOKEN ?? "");
const created = async (n: number): Promise<string> => {
  const response = await fetch(`http://127.0.0.1:${products[0]?.port}/api/orders`, {
    method: "POST",
    headers: { authorization: customer, "content-type": "application/json" },
    body: JSON.stringify({
      category: "plumbing",
      description: "The tap in the kitchen is leaking, help is needed now",
      city: "Казань",
      contact: `+791655500${String(n).padStart(2, "0")}`,
    }),
  });
  return ((await response.json()) as { id: string }).id;
};

/** From the request for help: to the middle one and to the last. */
const middles: number[] = [];
const lasts: number[] = [];
for (let n = 0; n < ROUNDS; n += 1) {
  times = [];
  said = new Set();
  const all = Promise.withResolvers<void>();
  onAll = all.resolve;
  const askedAt = performance.now();
  const id = await created(n);
  await Promise.race([all.promise, Bun.sleep(20_000)]);
  const waits = times.map((at) => at - askedAt).sort((a, b) => a - b);
  const isWhole = waits.length === sockets && [...said].every((text) => text.includes(id));
  middles.push(waits[Math.floor(waits.length / 2)] ?? Number.NaN);
  lasts.push(isWhole ? (waits.at(-1) ?? Number.NaN) : Number.POSITIVE_INFINITY);
  await Bun.sleep(500);
}
const worst = Math.max(...lasts);
const perSocket = full.map((mb, n) => ((mb - (resting[n] ?? 0)) * 1_000) / (sockets / products.length));

console.log(
  `${sockets} visitors on two processes, connected in ${(connectedMs / 1_000).toFixed(1)} s; ${ROUNDS} orders`,
);
table([
  ["", "measured", "limit", ""],
  ["visitors", String(sockets), `at least ${WANTED}`, sockets >= WANTED ? "" : "fewer open files than that"],
  ["to the middle one, median, ms", median(middles).toFixed(0), "", ""],
  ["to the last one, median, ms", median(lasts).toFixed(0), "", ""],
  ["to the last one, worst, ms", worst.toFixed(0), `at most ${lastMsMax}`, worst <= lastMsMax ? "" : "OUT"],
  ["connections lost", String(lost), "at most 0", lost === 0 ? "" : "OUT"],
  ["memory of a visitor, kB", Math.max(...perSocket).toFixed(1), "", ""],
]);
const isGood = worst <= lastMsMax && lost === 0;
for (const socket of open) {
  socket.onclose = null;
  socket.close();
}
await Promise.all(products.map((one) => one.stop()));
await around.close();
process.exit(isGood ? 0 : 1);
