/**
 * Web push: encryption by RFC 8291 and the application's signature by RFC 8292 (VAPID) through the `web-push` package; the call is ours, because endpoints
 * come from browsers, that is, from anybody: only hosts of the configuration, only https, no redirects, no body read.
 */
import webpush from "web-push";
import { createGuard } from "../../platform/gateway.ts";
import type { Log } from "../../platform/log.ts";
import type { Metrics } from "../../platform/metrics.ts";
import type { Settings } from "../../platform/settings.ts";
import { PushFailure, type PushMessage, type PushPort } from "./port.ts";

export function createPush(options: {
  settings: Settings;
  log: Log;
  metrics: Metrics | undefined;
}): PushPort {
  const { env } = options.settings;
  const vapid =
    env.WEB_PUSH_PUBLIC_KEY && env.WEB_PUSH_PRIVATE_KEY
      ? {
          subject: env.WEB_PUSH_CONTACT,
          publicKey: env.WEB_PUSH_PUBLIC_KEY,
          privateKey: env.WEB_PUSH_PRIVATE_KEY,
        }
      : null;
  const guard = createGuard({
    gateway: "push",
    isFault: (error) => error instanceof PushFailure && error.reason === "unknown",
    log: options.log,
    metrics: options.metrics,
  });
  const isKnown = (endpoint: string) => isAllowed(endpoint, env.WEB_PUSH_HOSTS);
  return {
    publicKey: vapid?.publicKey ?? null,
    isKnown,
    async send(message) {
      if (!vapid) throw new PushFailure("refused", "push is not configured");
      if (!isKnown(message.to.endpoint))
        throw new PushFailure("refused", "not a push service of the configuration");
      const { endpoint, headers, body } = sealed(message, vapid);
      // Tried again by the job, which knows how often.
      return guard.call("send", (signal) => call(endpoint, headers, body as Buffer, signal), { tries: 1 });
    },
  };
}

type Vapid = { subject: string; publicKey: string; privateKey: string };

/** Keys come from browsers as well: those that are no point of the curve are refused, not tried again. */
function sealed(message: PushMessage, vapidDetails: Vapid) {
  try {
    return webpush.generateRequestDetails(message.to, message.text, {
      vapidDetails,
      TTL: message.ttlSeconds,
      topic: message.topic,
      urgency: "high",
      contentEncoding: "aes128gcm",
    });
  } catch {
    throw new PushFailure("refused", "nothing can be encrypted for this browser");
  }
}

async function call(
  endpoint: string,
  headers: Record<string, unknown>,
  body: Buffer,
  signal: AbortSignal,
): Promise<"sent" | "gone"> {
  const { "Content-Length": _length, ...rest } = headers;
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
    body: new Uint8Array(body),
    redirect: "manual",
    signal,
  }).catch(() => {
    // The message of a failed fetch holds the endpoint.
    throw new PushFailure("unknown", "the push service did not answer");
  });
  await answer.body?.cancel();
  if (answer.status === 404 || answer.status === 410) return "gone";
  if (answer.ok) return "sent";
  const isPassing = answer.status === 429 || answer.status >= 500;
  throw new PushFailure(isPassing ? "unknown" : "refused", `the push service answered ${answer.status}`);
}

/** `host` or `*.host`, always https; a whole origin (`http://localhost:1234`) only gets into the settings of the local world. */
export function isAllowed(endpoint: string, hosts: readonly string[]): boolean {
  if (endpoint.length > 2_048 || !URL.canParse(endpoint)) return false;
  const { protocol, hostname, port, origin, username, password } = new URL(endpoint);
  if (username || password) return false;
  return hosts.some((host) => {
    if (host.includes("://")) return origin === host;
    if (protocol !== "https:" || port !== "") return false;
    return host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host;
  });
}
