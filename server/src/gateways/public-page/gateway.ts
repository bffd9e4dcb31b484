/** Telegram's public pages over HTTP. Slow down when asked: a page that is limited is unknown, not empty. */
import { createGuard, GatewayDown } from "../../platform/gateway.ts";
import type { Log } from "../../platform/log.ts";
import type { Metrics } from "../../platform/metrics.ts";
import type { Settings } from "../../platform/settings.ts";
import { readPage } from "./page.ts";
import { PublicPageFailure, type PublicPagePort } from "./port.ts";

const bytesMax = 4 * 1_024 * 1_024;

export function createPublicPage(options: {
  settings: Settings;
  log: Log;
  metrics: Metrics | undefined;
  timeoutMs?: number;
}): PublicPagePort {
  const base = options.settings.env.TELEGRAM_LINK_BASE;
  const guard = createGuard({
    gateway: "public-page",
    isFault: () => true,
    log: options.log,
    metrics: options.metrics,
    timeoutMs: options.timeoutMs ?? 8_000,
  });

  const fetchPage = async (name: string, path: string): Promise<string> => {
    try {
      return await guard.call(
        name,
        async (signal) => {
          const response = await fetch(`${base}/${path}`, {
            signal,
            headers: { accept: "text/html", "accept-language": "en" },
          });
          if (!response.ok) throw new PublicPageFailure(`page: ${response.status}`);
          const text = await response.text();
          if (text.length > bytesMax || !text.includes("tgme_"))
            throw new PublicPageFailure("not Telegram's page");
          return text;
        },
        { tries: 2 },
      );
    } catch (error) {
      if (error instanceof PublicPageFailure || error instanceof GatewayDown) throw error;
      throw new PublicPageFailure("the page did not answer");
    }
  };

  return {
    async post(username, messageId) {
      const page = readPage(await fetchPage("post", `${username}/${messageId}?embed=1&mode=tme`));
      const post = page.posts.find(({ id }) => id === messageId);
      if (post) return { kind: "post", ...post };
      if (page.error === null) throw new PublicPageFailure("neither a post nor an error");
      return { kind: /^post not found/i.test(page.error) ? "no_post" : noChannel(page.error) };
    },
    async channel(username, before) {
      const query = before === undefined ? "" : `?before=${before}`;
      const page = readPage(await fetchPage("channel", `s/${username}${query}`));
      if (page.title === null) return { kind: "not_public" };
      return { kind: "channel", title: page.title, members: page.members, posts: page.posts };
    },
  };
}

function noChannel(words: string): "no_channel" {
  if (/not found|doesn.t exist/i.test(words)) return "no_channel";
  throw new PublicPageFailure("an error that we do not know");
}
