/** The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import type { BotApi, Call } from "./context.ts";
import { type CallFault, Faults } from "./faults.ts";
import { FloodLimits, type LimitSettings, tooMany } from "./limits.ts";
import { METHODS } from "./methods/table.ts";
import { checkParams, methodName, type RawParams, readParams } from "./params.ts";
import { Poller } from "./polling.ts";
import { Queries } from "./queries.ts";
import { Webhook } from "./webhook.ts";

export class BotApiServer {
  readonly faults: Faults;
  readonly queries: Queries;
  private readonly api: BotApi;
  private readonly world: World;

  constructor(world: World, linkBase: string, limits: LimitSettings | null) {
    this.world = world;
    this.faults = new Faults(world.updates);
    this.queries = new Queries(() => world.store.touch());
    this.api = {
      world,
      linkBase,
      limits: new FloodLimits(limits),
      queries: this.queries,
      poller: new Poller(world.updates),
      webhook: new Webhook(world, async ({ method, ...params }) => {
        await this.answer(String(method), () => Promise.resolve(params), new AbortController().signal);
      }),
    };
  }

  /** Null when the path is none of the Bot API's. */
  async handle(request: Request): Promise<Response | null> {
    const { pathname } = new URL(request.url);
    const file = /^\/file\/bot([^/]*)\/photos\/([^/]+)$/.exec(pathname);
    if (file?.[2]) return this.file(decodeURIComponent(file[1] ?? ""), file[2]);
    const call = /^\/bot([^/]*)\/(?:test\/)?([^/]*)\/?$/.exec(pathname);
    if (!call) return null;
    const [, token = "", method = ""] = call;
    if (request.method !== "GET" && request.method !== "POST")
      return failure(new Refusal(405, "Method Not Allowed"));
    if (decodeURIComponent(token) !== this.world.bot.token) return failure(new Refusal(401, "Unauthorized"));
    return this.answer(method, () => readParams(request), request.signal);
  }

  /** Ends long polling, webhook delivery and everybody who waits for an answer. */
  stop(): void {
    this.api.poller.terminate("the end of Local Telegram");
    this.api.webhook.stop();
    this.queries.close();
  }

  /** After the world was made anew: nobody polls on the old one's updates. */
  restart(): void {
    this.api.webhook.stop();
    this.api.poller.terminate("the reset of Local Telegram");
    this.faults.clear();
  }

  private file(token: string, name: string): Response {
    if (token !== this.world.bot.token) return failure(new Refusal(401, "Unauthorized"));
    const bytes = this.world.files.read(name);
    const mime = bytes && this.world.files.facts(name)?.mime;
    if (!bytes || !mime) return failure(new Refusal(404, "Not Found"));
    return new Response(bytes.slice().buffer, { headers: { "content-type": mime } });
  }

  private async answer(word: string, read: () => Promise<RawParams>, signal: AbortSignal): Promise<Response> {
    const method = methodName(word);
    if (!method) return failure(new Refusal(404, "Not Found"));
    const fault = this.faults.take(method);
    if (fault?.kind === "tooMany") return failure(tooMany(fault.retryAfter));
    if (fault?.kind === "status") return failure(new Refusal(fault.status, fault.description));
    if (fault?.kind === "timeout" && fault.effect === "before") return silence(signal);
    try {
      const result = await this.run(method, checkParams(method, await read()), signal);
      return await this.spoil(fault, signal, success(result));
    } catch (error) {
      if (error instanceof Refusal) return failure(error);
      throw error;
    }
  }

  private async spoil(fault: CallFault | null, signal: AbortSignal, answer: Response): Promise<Response> {
    if (fault?.kind === "timeout") return silence(signal);
    if (fault?.kind === "malformed") return new Response('{"ok":true,"resu', { status: 200 });
    return answer;
  }

  private run(method: string, params: RawParams, signal: AbortSignal): unknown {
    const handler = METHODS[method as keyof typeof METHODS];
    if (!handler) {
      throw new Refusal(501, `Not Implemented: Local Telegram does not pretend ${method}`);
    }
    const call: Call<RawParams> = { api: this.api, params, signal };
    return handler(call as Call<never>);
  }
}

function success(result: unknown): Response {
  return Response.json({ ok: true, result });
}

function failure({ status, description, retryAfter }: Refusal): Response {
  const parameters = retryAfter === null ? {} : { parameters: { retry_after: retryAfter } };
  const headers = retryAfter === null ? {} : { "retry-after": String(retryAfter) };
  return Response.json({ ok: false, error_code: status, description, ...parameters }, { status, headers });
}

/** No answer, until the caller gives up. */
function silence(signal: AbortSignal): Promise<Response> {
  return new Promise((resolve) => {
    const end = (): void => resolve(new Response(null, { status: 504 }));
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}
