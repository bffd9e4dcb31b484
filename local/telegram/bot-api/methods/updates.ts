/** Methods about updates: polling and the webhook. */
import type { Opts, Update } from "grammy/types";
import { badRequest, Refusal } from "../../world/refusal.ts";
import type { Call } from "../context.ts";

export function getUpdates({ api, params, signal }: Call<Opts<"getUpdates">>): Promise<Update[]> {
  if (api.webhook.settings) {
    throw new Refusal(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  return api.poller.poll(params, signal);
}

export function setWebhook({ api, params }: Call<Opts<"setWebhook">>): true {
  const { url } = params;
  const token = params.secret_token ?? null;
  if (params.certificate)
    throw badRequest("self-signed certificates are not pretended here: plain http is allowed");
  if (token !== null && !/^[A-Za-z0-9_-]{1,256}$/.test(token)) {
    throw badRequest(
      token.length > 256 ? "secret token is too long" : "secret token contains unallowed characters",
    );
  }
  if (params.drop_pending_updates) api.world.updates.drop();
  api.poller.terminate("setWebhook request");
  api.world.updates.setAllowed(params.allowed_updates);
  if (url === "") {
    api.webhook.remove();
    return true;
  }
  // Telegram's test environment takes plain http, and so does this one.
  if (!URL.canParse(url) || !["http:", "https:"].includes(new URL(url).protocol)) {
    throw badRequest("bad webhook: An HTTPS URL must be provided for webhook");
  }
  const maxConnections = Math.min(100, Math.max(1, params.max_connections ?? 40));
  api.webhook.set({ url, secretToken: token, maxConnections, lastError: null });
  return true;
}

export function deleteWebhook({ api, params }: Call<Opts<"deleteWebhook">>): true {
  if (params.drop_pending_updates) api.world.updates.drop();
  api.webhook.remove();
  return true;
}

export function getWebhookInfo({ api }: Call<object>): unknown {
  const settings = api.webhook.settings;
  const { allowed } = api.world.updates;
  return {
    url: settings?.url ?? "",
    has_custom_certificate: false,
    pending_update_count: api.world.updates.size,
    ...(settings ? { max_connections: settings.maxConnections, ip_address: "127.0.0.1" } : {}),
    ...(settings?.lastError
      ? { last_error_date: settings.lastError.date, last_error_message: settings.lastError.message }
      : {}),
    ...(allowed ? { allowed_updates: allowed } : {}),
  };
}
