/** The processes of one start and the order in which they come and go. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildPages, LOCAL_TELEGRAM, MINI_APP } from "./build.ts";
import { Child, type ChildPlan, type Ready } from "./child.ts";
import { type ControlServer, startControl } from "./control.ts";
import { type Database, describeDatabase, openDatabase, prepare } from "./database.ts";
import { clearHome, type Home, ROOT, readLocalSecrets } from "./home.ts";
import { forgetChildren, rememberChildren } from "./leftovers.ts";
import {
  type Environment,
  type Mixture,
  origin,
  productEnvironment,
  programs,
  telegramEnvironment,
  tonEnvironment,
} from "./local-world.ts";
import { Neighbours } from "./neighbours.ts";
import { Past } from "./past.ts";
import type { Ports } from "./ports.ts";
import { say, step, warn } from "./say.ts";
import { readWallets, resetTelegram } from "./stand-ins.ts";
import { createTravel, type Travel } from "./travel.ts";

export type WorldOptions = {
  readonly home: Home;
  readonly ports: Ports;
  readonly mixture: Mixture;
  readonly environment: Environment;
  /** The product starts anew whenever its code changes. */
  readonly isDevelopment: boolean;
  /** A part without which the world cannot go on has fallen. */
  readonly onLost: (why: string) => void;
};

const READY_TIMEOUT_MS = 60_000;

export class World {
  readonly home: Home;
  readonly mixture: Mixture;
  private readonly options: WorldOptions;
  private readonly building = new AbortController();
  private opening: Promise<Database> | undefined;
  private control: ControlServer | undefined;
  private ton: Child | undefined;
  private telegram: Child | undefined;
  private product: Child | undefined;
  private readonly neighbours = new Neighbours();
  private telegramSays: Ready | undefined;
  private travel: Travel | undefined;
  private readonly past: Past;
  /** True while the world is being made, for the first time or anew. */
  private isBeingMade = true;
  private isPlaying = false;

  constructor(options: WorldOptions) {
    this.options = options;
    this.home = options.home;
    this.mixture = options.mixture;
    this.past = new Past(
      join(options.home.path, "local"),
      options.mixture.isChainLocal && !options.environment.SOUK_EMPTY_WORLD,
    );
  }

  get productPort(): number {
    return this.mixture.isTelegramLocal
      ? this.options.ports.product
      : Number(this.options.environment.PORT || 8000);
  }

  async start(): Promise<void> {
    const { home, ports, environment, mixture } = this.options;
    const pages = mixture.isTelegramLocal ? [MINI_APP, LOCAL_TELEGRAM] : [MINI_APP];
    const isNew = mixture.isChainLocal && this.past.open();
    this.opening = openDatabase(home, environment, ports.postgres);
    const opening = this.opening;
    const building = step(
      "pages",
      () => buildPages(pages, this.building.signal),
      (built) => (built.length > 0 ? `built: ${built.join(", ")}` : "unchanged"),
    );
    // Whoever waits for it later is told; until then a failure must not end the process.
    building.catch(() => undefined);
    const [database] = await Promise.all([
      step("database", () => opening, describeDatabase),
      mixture.isChainLocal
        ? step(
            "local chain",
            () => this.startTon(),
            () => origin(ports.ton),
          )
        : undefined,
    ]);
    if (isNew) await this.past.begin(database);
    if (mixture.isTelegramLocal) {
      await this.neighbours.start(ports, environment, this.dataOf("payments"));
      await this.startTelegram(database);
    }
    await this.startProduct(database, building);
    await this.fill();
    this.isBeingMade = false;
  }

  /** The product first, because it talks to all the others; the database last. Within ten seconds. */
  async stop(): Promise<void> {
    this.building.abort();
    await this.stopChildren();
    await this.control?.stop();
    await this.neighbours.stop();
    const database = await this.opening?.catch(() => undefined);
    await database?.embedded?.stop();
    forgetChildren(this.home);
  }

  /** For a second Ctrl-C: nothing is asked. The database still gets its fast shutdown, which loses nothing. */
  async kill(): Promise<void> {
    for (const child of this.children()) child.kill();
    const database = await this.opening?.catch(() => undefined);
    await database?.embedded?.stop();
  }

  private children(): Child[] {
    return [this.product, this.telegram, this.ton].filter((child) => child !== undefined);
  }

  private async stopChildren(): Promise<void> {
    await this.product?.stop();
    await Promise.all([this.telegram?.stop(), this.ton?.stop()]);
  }

  private async startTon(): Promise<void> {
    const { environment, ports } = this.options;
    this.ton = this.child({
      name: "local-ton",
      args: [programs.ton],
      env: tonEnvironment(environment, ports, this.dataOf("ton"), this.past.beginsAgoSeconds),
      stopTimeoutMs: 2_000,
      isRestarted: false,
    });
    await this.ton.start();
  }

  private async startTelegram(database: Database): Promise<void> {
    const { environment, ports, mixture } = this.options;
    const { ownerUrl } = database;
    if (!ownerUrl)
      throw new Error("The local world needs DATABASE_OWNER_URL beside DATABASE_URL: it moves the clock.");
    const tonOrigin = mixture.isChainLocal ? origin(ports.ton) : null;
    const onMove = (offset: number): void => this.neighbours.setClock(offset);
    const travel = createTravel({ ownerUrl, tonOrigin, telegramOrigin: origin(ports.page), onMove });
    this.travel = travel;
    const play = (signal: AbortSignal, onEvent: (event: object) => void) =>
      this.play(travel, signal, onEvent);
    this.control = startControl({
      ...travel,
      reset: () => this.reset(database),
      ...(mixture.isChainLocal ? { play } : {}),
    });
    const telegram = this.child({
      name: "local-telegram",
      args: [programs.telegram],
      env: telegramEnvironment({
        environment,
        ports,
        mixture,
        data: this.dataOf("telegram"),
        controlUrl: this.control.url,
        beginsAgoSeconds: this.past.beginsAgoSeconds,
      }),
      stopTimeoutMs: 2_000,
      isRestarted: false,
    });
    this.telegram = telegram;
    this.telegramSays = await step(
      "local telegram",
      () => telegram.start(),
      () => origin(ports.page),
    );
    await this.past.announce(origin(ports.page));
    // A launcher killed in the middle of a move leaves the clocks apart.
    if (mixture.isChainLocal) await travel.advance(0);
  }

  /** The product reads its pages when it starts; the operator contract does not need to wait for them. */
  private async startProduct(database: Database, building: Promise<unknown>): Promise<void> {
    const { environment, ports, mixture } = this.options;
    const env = productEnvironment({
      environment,
      ports,
      databaseUrl: database.appUrl,
      home: this.home,
      mixture,
      secrets: readLocalSecrets(this.home),
      told: {
        wallets: mixture.isChainLocal ? await readWallets(origin(ports.ton)) : undefined,
        initDataPublicKey: textOf(this.telegramSays, "initDataPublicKey"),
        linkBase: textOf(this.telegramSays, "linkBase"),
        logChat: textOf(this.telegramSays, "logChat"),
      },
    });
    const product = this.child({
      name: "product",
      args: this.options.isDevelopment ? ["--watch", programs.product] : [programs.product],
      env,
      stopTimeoutMs: 6_500,
      isRestarted: true,
    });
    this.product = product;
    const starting = building.then(() =>
      step(
        "product",
        () => product.start(),
        () => origin(this.productPort),
      ),
    );
    await Promise.all([mixture.isChainLocal ? this.initChain(env) : undefined, starting]);
  }

  /** Deploys the operator contract of a new chain, by the command that an operator of a real one uses. */
  private async initChain(env: Record<string, string>): Promise<void> {
    const mark = join(this.dataOf("ton"), "operator-deployed");
    if (existsSync(mark)) return;
    await step(
      "operator",
      async () => {
        const command = [process.execPath, join(ROOT, "souk.ts"), "chain", "init"];
        const child = Bun.spawn(command, {
          env: { ...env, SOUK_LOCAL_TON: origin(this.options.ports.ton) },
          stdout: "pipe",
          stderr: "pipe",
        });
        const [said, code] = await Promise.all([new Response(child.stderr).text(), child.exited]);
        if (code !== 0) throw new Error(`The operator contract could not be deployed: ${said.trim()}`);
        writeFileSync(mark, "");
      },
      () => "contract deployed and funded",
    );
  }

  private async fill(): Promise<void> {
    if (this.mixture.isChainLocal && this.travel) await this.past.fill(this.origins, this.travel);
  }

  /** "Play this story for me": one at a time, and not in a world that is still being made. */
  private async play(travel: Travel, signal: AbortSignal, onEvent: (event: object) => void): Promise<void> {
    if (this.isBeingMade) throw new Error("The world is being made: wait for it.");
    if (this.isPlaying) throw new Error("The story is being played already.");
    this.isPlaying = true;
    try {
      const { playStory } = await import("../local/demo/story.ts");
      const advance = async (seconds: number): Promise<void> => void (await travel.advance(seconds));
      await playStory({ origins: this.origins, advance, signal, onEvent });
    } finally {
      this.isPlaying = false;
    }
  }

  private get origins() {
    const { ports } = this.options;
    return { telegram: origin(ports.page), product: origin(ports.product), ton: origin(ports.ton) };
  }

  private async reset(database: Database): Promise<void> {
    const { embedded } = database;
    if (!embedded) throw new Error("The database is a server of yours: empty it yourself, then start again.");
    if (this.isBeingMade) throw new Error("A world is being made already: wait for it.");
    this.isBeingMade = true;
    say("\n  A new world:");
    try {
      await this.past.reopen(origin(this.options.ports.page));
      // The Local Telegram stays: it is the one who asks, and makes its own part anew when it is told to.
      await this.product?.stop();
      await this.ton?.stop();
      this.past.clear();
      clearHome(this.home);
      await step("database", async () => {
        await embedded.recreateDatabase();
        await prepare(embedded.ownerUrl, embedded.appUrl);
        await this.past.begin(database);
      });
      if (this.mixture.isChainLocal) await step("local chain", () => this.startTon());
      this.neighbours.reset();
      await resetTelegram(origin(this.options.ports.page));
      await this.startProduct(database, Promise.resolve());
      await this.fill();
    } catch (error) {
      this.options.onLost((error as Error).message);
    } finally {
      this.isBeingMade = false;
    }
  }

  private dataOf(part: "ton" | "telegram" | "payments"): string {
    return join(this.home.path, "local", part);
  }

  private child(plan: Omit<ChildPlan, "cwd" | "logs" | "readyTimeoutMs">): Child {
    return new Child(
      { ...plan, cwd: ROOT, logs: this.home.logs, readyTimeoutMs: READY_TIMEOUT_MS },
      {
        onRestart: (name, why, inMs) => warn(`  ${name} ${why}; starting it again in ${inMs / 1_000} s`),
        onGone: (_name, why) => this.options.onLost(why),
        onPids: () =>
          rememberChildren(
            this.home,
            this.children().flatMap(({ pid }) => pid ?? []),
          ),
      },
    );
  }
}

const textOf = (ready: Ready | undefined, name: string): string | undefined =>
  typeof ready?.[name] === "string" ? ready[name] : undefined;
