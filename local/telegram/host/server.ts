/** The host API over HTTP: `/host/*` for the page, `/control/*` for who has started the world. */
import { z } from "zod";
import type { ActReply, ClockReply } from "../protocol.ts";
import { ClientRefusal } from "../world/refusal.ts";
import { renewDue } from "../world/stars.ts";
import { act } from "./act.ts";
import { readActRequest } from "./actions.ts";
import type { HostClock } from "./clock.ts";
import type { Host } from "./context.ts";
import type { Events } from "./events.ts";
import { initDataFor } from "./launch.ts";
import { personState, worldView } from "./views.ts";

const ADVANCE = z.union([
  z.strictObject({ advanceSeconds: z.int() }),
  z.strictObject({ toNextDeadline: z.literal(true) }),
]);
/** Loopback and bare addresses. */
const PLAIN_HOST = /^(?:localhost|[\d.]+|\[[\da-f:.]+\])$/;
const FILLING = z.strictObject({ progress: z.strictObject({ done: z.int(), total: z.int() }).nullable() });
const OFFSET = z.strictObject({ offsetSeconds: z.int() });

export class HostServer {
  private readonly host: Host;
  private readonly events: Events;
  private readonly clock: HostClock;
  private readonly resetHere: () => void;

  constructor(host: Host, events: Events, clock: HostClock, resetHere: () => void) {
    this.host = host;
    this.events = events;
    this.clock = clock;
    this.resetHere = resetHere;
  }

  /** Null for a path that is not the host API's. */
  async handle(request: Request): Promise<Response | null> {
    const url = new URL(request.url);
    if (!/^\/(?:host|control)\//.test(url.pathname)) return null;
    if (request.method === "GET") return this.get(url, request);
    if (request.method !== "POST") return notFound();
    if (!this.isFromOurPage(request))
      return Response.json({ ok: false, message: "foreign origin" }, { status: 403 });
    const body = await request.json().catch(() => null);
    switch (url.pathname) {
      case "/host/act":
        return this.act(body);
      case "/host/clock":
        return this.moveClock(body);
      case "/host/play":
        return (await this.clock.play(request.signal)) ?? notFound();
      case "/host/reset":
        if (!(await this.clock.reset())) this.resetHere();
        return Response.json({ ok: true });
      case "/control/clock":
        return this.setOffset(body);
      case "/control/init-data":
        return this.initData(body);
      case "/control/filling":
        return this.setFilling(body);
      case "/control/reset":
        this.resetHere();
        return Response.json({ ok: true });
      default:
        return notFound();
    }
  }

  /** Other sites, the Mini App among them, must not act for a person here: browsers send `Origin` with every POST. */
  private isFromOurPage(request: Request): boolean {
    const origin = request.headers.get("origin");
    const isJson = request.headers.get("content-type")?.startsWith("application/json") ?? false;
    const here = new URL(request.url);
    // A foreign name that was made to point at this machine is no name of ours.
    const isOurName = here.origin === this.host.addresses.origin || PLAIN_HOST.test(here.hostname);
    return isJson && isOurName && (origin === null || here.origin === origin);
  }

  private async get(url: URL, request: Request): Promise<Response> {
    if (url.pathname === "/host/world") {
      await this.clock.ask();
      return Response.json(worldView(this.host));
    }
    // 204 for nobody, not 404, which browsers report as a fault.
    if (url.pathname === "/host/play")
      return (await this.clock.canPlay()) ? Response.json({ ok: true }) : new Response(null, { status: 204 });
    const picture = /^\/host\/(avatars|files)\/([\w.-]+)$/.exec(url.pathname);
    if (picture?.[2]) return this.picture(picture[1] === "avatars", picture[2]);
    const people = url.searchParams.getAll("person").map((id) => this.host.world.person(Number(id)));
    if (people.includes(undefined)) return notFound();
    const known = people.filter((person) => person !== undefined);
    if (url.pathname === "/host/events")
      return this.events.stream(
        known.map(({ id }) => id),
        request.signal,
      );
    const [person] = known;
    return url.pathname === "/host/state" && person
      ? Response.json(personState(this.host, person))
      : notFound();
  }

  private picture(isAvatar: boolean, name: string): Response {
    const file = isAvatar ? `avatar-${name.replace(/\.png$/, "")}-160.png` : name;
    const bytes = this.host.world.files.read(file);
    const mime = this.host.world.files.facts(file)?.mime;
    if (!bytes || !mime) return notFound();
    return new Response(bytes.slice().buffer, {
      headers: { "content-type": mime, "cache-control": "public, max-age=86400" },
    });
  }

  private async act(body: unknown): Promise<Response> {
    const request = readActRequest(body);
    if (!request)
      return reply({ ok: false, code: "ACTION_INVALID", message: "This is no action of the host API." });
    try {
      return reply({ ok: true, result: await act(this.host, request.person, request.action) });
    } catch (error) {
      if (error instanceof ClientRefusal)
        return reply({ ok: false, code: error.code, message: error.message });
      throw error;
    }
  }

  private async moveClock(body: unknown): Promise<Response> {
    const parsed = ADVANCE.safeParse(body);
    if (!parsed.success)
      return clockReply({ ok: false, message: "advanceSeconds or toNextDeadline expected" });
    try {
      if ("advanceSeconds" in parsed.data) await this.clock.advance(parsed.data.advanceSeconds);
      else await this.clock.advanceToDeadline();
      this.events.soon();
      return clockReply({ ok: true, clock: this.clock.view() });
    } catch (error) {
      return clockReply({
        ok: false,
        message: error instanceof Error ? error.message : "the clock did not move",
      });
    }
  }

  /** Signed launch data for whoever uses the product without a phone, as if the Mini App had just been opened. */
  private initData(body: unknown): Response {
    const parsed = z.strictObject({ person: z.int() }).safeParse(body);
    const person = parsed.success ? this.host.world.person(parsed.data.person) : undefined;
    if (!person) return notFound();
    if (!this.host.world.botChat(person.id).seen) this.host.world.changeBotChat(person.id, { seen: true });
    return Response.json({ ok: true, initData: initDataFor(this.host, person) });
  }

  private setFilling(body: unknown): Response {
    const parsed = FILLING.safeParse(body);
    if (!parsed.success) return Response.json({ ok: false, message: "progress expected" }, { status: 400 });
    this.host.filling.progress = parsed.data.progress;
    this.events.soon();
    return Response.json({ ok: true });
  }

  private setOffset(body: unknown): Response {
    const parsed = OFFSET.safeParse(body);
    if (!parsed.success) return clockReply({ ok: false, message: "offsetSeconds expected" });
    try {
      this.host.world.clock.setOffset(parsed.data.offsetSeconds);
      renewDue(this.host.world);
      return clockReply({ ok: true, clock: this.clock.view() });
    } catch (error) {
      return clockReply({ ok: false, message: error instanceof Error ? error.message : "not an offset" });
    }
  }
}

const reply = (body: ActReply): Response => Response.json(body, { status: body.ok ? 200 : 400 });
const clockReply = (body: ClockReply): Response => Response.json(body, { status: body.ok ? 200 : 409 });
const notFound = (): Response => Response.json({ ok: false, message: "not found" }, { status: 404 });
