/** `souk start`: the local world, or the product alone when a bot's token is configured. One at a time per SOUK_HOME. */
import { type PidLock, takePidLock } from "../server/src/platform/postgres/pid-lock.ts";
import { type Home, openHome } from "./home.ts";
import { endLeftovers } from "./leftovers.ts";
import { mixtureOf, origin } from "./local-world.ts";
import { choosePorts, FIRST_PORT, type Ports } from "./ports.ts";
import { faint, say, strong, warn } from "./say.ts";
import { World } from "./world.ts";

export type StartOptions = { readonly isDevelopment: boolean };

/** Runs until a signal, or until a part of the world is lost. Resolves with the exit code. */
export async function start(options: StartOptions): Promise<number> {
  const home = openHome();
  const taken = takePidLock(home.lock, "starting");
  if ("holder" in taken) {
    const { note, pid } = taken.holder;
    say(`Souk is already running ${note.startsWith("http") ? `at ${note}` : `(${note})`}, process ${pid}.`);
    return 0;
  }
  try {
    return await run(home, taken.lock, options);
  } finally {
    taken.lock.release();
  }
}

async function run(home: Home, lock: PidLock, options: StartOptions): Promise<number> {
  const begun = performance.now();
  const left = await endLeftovers(home);
  if (left > 0) say(faint(`  ended ${left} processes that an earlier start had left behind`));
  const mixture = mixtureOf(process.env);
  const ports = await choosePorts(Number(process.env.SOUK_PORT) || FIRST_PORT);
  const end = Promise.withResolvers<number>();
  const world = new World({
    home,
    ports,
    mixture,
    environment: process.env,
    ...options,
    onLost: (why) => {
      warn(`\n${why}`);
      end.resolve(1);
    },
  });
  let signals = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      signals += 1;
      if (signals === 1) end.resolve(0);
      else void world.kill().finally(() => process.exit(130));
    });
  }
  try {
    await Promise.race([world.start(), end.promise]);
    if (signals === 0) {
      const address = mixture.isTelegramLocal
        ? origin(ports.page)
        : (process.env.PUBLIC_URL ?? origin(world.productPort));
      lock.note(address);
      welcome(address, ports, world, (performance.now() - begun) / 1_000);
    }
    const code = await end.promise;
    say("\nStopping …");
    return code;
  } catch (error) {
    if (signals === 0) warn(`\n${(error as Error).message}`);
    return signals === 0 ? 1 : 0;
  } finally {
    await world.stop();
  }
}

function welcome(address: string, ports: Ports, world: World, seconds: number): void {
  const { isTelegramLocal, isChainLocal } = world.mixture;
  say();
  say(`  Souk is ready in ${seconds.toFixed(1)} s:  ${strong(address)}`);
  say();
  if (isTelegramLocal) {
    say("  Telegram is pretended on this machine, and so is everybody in it.");
    say(
      isChainLocal
        ? "  The chain is pretended too: no real money moves."
        : "  The chain is a real test network.",
    );
    const all = [
      ports.page,
      ...ports.phones,
      ports.product,
      ports.yooKassa,
      ...(isChainLocal ? [ports.ton] : []),
    ];
    say(faint("  From another machine, where browsers ask for https or localhost:"));
    say(faint(`    ssh ${all.map((port) => `-L ${port}:localhost:${port}`).join(" ")} <this machine>`));
    say(
      faint(
        `  Product ${origin(ports.product)}, its API also at ${address}/docs. Metrics ${origin(ports.metrics)}.`,
      ),
    );
  }
  say(faint(`  Logs are in ${world.home.logs}. Ctrl-C stops everything.`));
  say();
}
