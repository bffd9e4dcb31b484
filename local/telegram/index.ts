/** Starts the Local Telegram: a pretended Telegram with a Bot API, `t.me` pages, three phones and the page that shows them. */
import { join } from "node:path";
import type { Server } from "bun";
import type { CallFault, Faults } from "./bot-api/faults.ts";
import { DEFAULT_LIMITS, type LimitSettings } from "./bot-api/limits.ts";
import { BotApiServer } from "./bot-api/server.ts";
import { act } from "./host/act.ts";
import { HostClock } from "./host/clock.ts";
import type { Addresses, Host } from "./host/context.ts";
import type { Controls } from "./host/controls.ts";
import { Events } from "./host/events.ts";
import { InitDataSigner } from "./host/init-data.ts";
import { type InitDataOptions, initDataFor, launch } from "./host/launch.ts";
import { HostServer } from "./host/server.ts";
import { Session } from "./host/session.ts";
import { personState, worldView } from "./host/views.ts";
import { pageFile } from "./http/pages.ts";
import { openPhone, type PhonePort } from "./http/phones.ts";
import { type Bridge, bridgeHandlers, ProductProxy } from "./http/proxy.ts";
import { tmePage } from "./http/t-me.ts";
import type { Action, ActResult, PersonState, World as WorldView } from "./protocol.ts";
import { Files } from "./world/files.ts";
import type { Person } from "./world/model.ts";
import { addCrowd, LOG_CHANNEL, seedLog, seedWorld } from "./world/seed.ts";
import { chargeBack, renewDue } from "./world/stars.ts";
import { World } from "./world/world.ts";

export { type Controls, remoteControls } from "./host/controls.ts";
export type { CallFault, Faults, InitDataOptions, LimitSettings };

export interface LocalTelegramOptions {
  /** 0 (the default) for any free port. */
  readonly port?: number;
  /** Ports of the phones of seller, buyer and arbiter; 0 for any free one. Three free ones by default. */
  readonly phonePorts?: readonly number[];
  /** Where the world is kept; null (the default) keeps it in memory. */
  readonly dataDir?: string | null;
  readonly botToken: string;
  readonly botUsername: string;
  /** The real product server, such as `http://127.0.0.1:8010`. */
  readonly productOrigin: string;
  readonly tonOrigin?: string | null;
  readonly controls?: Controls | null;
  /** The name that stands in addresses, and the address that is listened on. */
  readonly hostName?: string;
  readonly listenOn?: string;
  /** How long before now a new world begins, seconds; 0 by default. A world that is kept goes on as it was. */
  readonly beginsAgoSeconds?: number;
  /** Flood limits; null lifts them. */
  readonly limits?: LimitSettings | null;
}

export type LocalTelegram = Awaited<ReturnType<typeof startLocalTelegram>>;

const PHONE_OWNERS = [1001, 1002, 1003] as const;

/** Resolves when everything listens. Rejects when a port is taken. */
export async function startLocalTelegram(options: LocalTelegramOptions) {
  const hostName = options.hostName ?? "localhost";
  const listenOn = options.listenOn ?? "127.0.0.1";
  const { botToken, dataDir = null } = options;
  const files = new Files(dataDir ? join(dataDir, "files") : null);
  const bot = { id: Number(botToken.split(":")[0]), username: options.botUsername, token: botToken };
  const world = new World(dataDir, bot, files);
  if (world.store.isEmpty) begin(world, options);
  else seedLog(world);

  const phones = await openPhones(options.phonePorts ?? [0, 0, 0], listenOn, options.productOrigin);
  const handlers: { fetch: Handler } = { fetch: () => new Response(null, { status: 503 }) };
  let server: Server<Bridge>;
  try {
    server = Bun.serve<Bridge>({
      port: options.port ?? 0,
      hostname: listenOn,
      idleTimeout: 0,
      fetch: (request, self) => handlers.fetch(request, self),
      websocket: bridgeHandlers,
      error: (error) => {
        console.error("Local Telegram:", error);
        return Response.json(
          { ok: false, error_code: 500, description: "Internal Server Error" },
          { status: 500 },
        );
      },
    });
  } catch (error) {
    await Promise.all(phones.map((phone) => phone.stop()));
    throw error;
  }
  const origin = `http://${hostName}:${server.port}`;
  const addresses: Addresses = {
    origin,
    linkBase: `${origin}/t.me`,
    productOrigin: options.productOrigin.replace(/\/$/, ""),
    tonOrigin: options.tonOrigin ?? null,
    phones: new Map(phones.map((phone, i) => [PHONE_OWNERS[i] ?? 0, `http://${hostName}:${phone.port}`])),
  };
  const parts = assemble(world, addresses, options);
  handlers.fetch = parts.fetch;
  return facade(world, addresses, parts, async () => {
    parts.stop();
    await server.stop(true);
    await Promise.all(phones.map((phone) => phone.stop()));
    world.store.close();
  });
}

type Handler = (request: Request, server: Server<Bridge>) => Promise<Response | undefined> | Response;

async function openPhones(
  ports: readonly number[],
  listenOn: string,
  productOrigin: string,
): Promise<PhonePort[]> {
  const phones: PhonePort[] = [];
  try {
    for (const port of ports.slice(0, PHONE_OWNERS.length))
      phones.push(await openPhone(port, listenOn, productOrigin));
    return phones;
  } catch (error) {
    await Promise.all(phones.map((phone) => phone.stop()));
    throw error;
  }
}

function begin(world: World, { beginsAgoSeconds = 0 }: LocalTelegramOptions): void {
  world.store.transact(() => {
    world.clock.restart(beginsAgoSeconds === 0 ? 0 : -beginsAgoSeconds);
    seedWorld(world);
  });
}

type Parts = ReturnType<typeof assemble>;

/** Puts the Bot API, the host API and the pages together. */
function assemble(world: World, addresses: Addresses, options: LocalTelegramOptions) {
  const limits = options.limits === undefined ? DEFAULT_LIMITS : options.limits;
  const botApi = new BotApiServer(world, addresses.linkBase, limits);
  const clock = new HostClock(world, options.controls ?? null);
  const host: Host = {
    world,
    queries: botApi.queries,
    signer: new InitDataSigner(world.bot),
    session: new Session(),
    filling: { progress: null },
    addresses,
    clock: () => clock.view(),
  };
  const events = new Events(host);
  const reset = (): void => {
    botApi.restart();
    host.session.clear();
    world.files.clear();
    world.clear();
    begin(world, options);
  };
  const hostServer = new HostServer(host, events, clock, reset);
  const proxy = new ProductProxy(addresses.productOrigin);
  clock.start(
    () => events.audience > 0,
    () => events.soon(),
  );
  const fetch: Handler = async (request, server) => {
    const url = new URL(request.url);
    if (proxy.takes(url.pathname)) return proxy.pass(request, server);
    const answer =
      (await botApi.handle(request)) ??
      (await hostServer.handle(request)) ??
      tmePage(world, addresses, url) ??
      pageFile(url.pathname) ??
      (url.pathname === "/favicon.ico"
        ? Response.redirect(`${addresses.origin}/host/avatars/bot.png`, 302)
        : null);
    return answer ?? new Response("not found", { status: 404 });
  };
  const stop = (): void => {
    clock.stop();
    events.stop();
    botApi.stop();
  };
  return { botApi, host, reset, fetch, stop };
}

function facade(
  world: World,
  addresses: Addresses,
  { botApi, host, reset }: Parts,
  stop: () => Promise<void>,
) {
  const needPerson = (id: number): Person => {
    const person = world.person(id);
    if (!person) throw new Error(`nobody with Telegram id ${id} lives here`);
    return person;
  };
  return {
    origin: addresses.origin,
    /** What the product is told as `TELEGRAM_API_ROOT`. */
    apiRoot: addresses.origin,
    linkBase: addresses.linkBase,
    /** Hex; what the product is told as `TELEGRAM_INITDATA_PUBLIC_KEY`. */
    initDataPublicKey: host.signer.publicKey,
    phoneOrigins: [...addresses.phones.values()],
    /** What the product is told as `TELEGRAM_LOG_CHAT`. */
    logChat: String(LOG_CHANNEL),
    bot: world.bot,
    botToken: world.bot.token,
    people: world.people().map(({ id, firstName, role }) => ({ id, firstName, role })),
    faults: botApi.faults,
    /** More people, who have started the bot. */
    addCrowd: (count: number): number[] => addCrowd(world, count),
    /** Does what a person does; @throws ClientRefusal when Telegram would refuse. */
    act: (person: number, action: Action): Promise<ActResult> => act(host, person, action),
    state: (person: number): PersonState => personState(host, needPerson(person)),
    world: (): WorldView => worldView(host),
    /** Raw signed launch data, as if the person had just opened the Mini App. */
    initData: (person: number, settings: InitDataOptions = {}): string => {
      if (!world.botChat(person).seen) world.changeBotChat(needPerson(person).id, { seen: true });
      return initDataFor(host, needPerson(person), settings);
    },
    /** The address that opens the Mini App for a person, as a direct link would. */
    launchUrl: (person: number, startParam?: string): string =>
      launch(host, needPerson(person), { by: "link", startParam: startParam ?? null }).url,
    now: (): number => world.clock.now(),
    /** Moves this server's own clock by seconds, forward. */
    advance: (seconds: number): void => {
      world.clock.setOffset(world.clock.offsetSeconds + seconds);
      renewDue(world);
    },
    setClockOffset: (seconds: number): void => {
      world.clock.setOffset(seconds);
      renewDue(world);
    },
    /** The phone's store takes a payment in Stars back: the bot is not told. */
    chargeBack: (chargeId: string): void => chargeBack(world, chargeId),
    /** The world as it began. */
    reset,
    stop,
  };
}
