/** Where a tapped link leads: into the Mini App, a chat, a channel, the wallet, or out. */
import type { LinkTarget } from "../protocol.ts";
import type { Person } from "../world/model.ts";
import { ClientRefusal } from "../world/refusal.ts";
import { type Host, MINI_APP } from "./context.ts";
import { launch } from "./launch.ts";
import { channelCard } from "./views.ts";

/** The bot that the local wallet's list names, as `@wallet` does in Telegram. */
const WALLET_BOT = "souk_local_wallet_bot";
const TELEGRAM_HOSTS = new Set(["t.me", "www.t.me", "telegram.me"]);

/** The part after `t.me/`, or null for a link that is none of Telegram's. */
function telegramPath(host: Host, url: string): URL | null {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  if (!URL.canParse(full)) throw new ClientRefusal("URL_INVALID", "This is not a link.");
  const parsed = new URL(full);
  const base = new URL(`${host.addresses.linkBase}/`);
  if (parsed.origin === base.origin && parsed.pathname.startsWith(base.pathname)) {
    return new URL(parsed.pathname.slice(base.pathname.length - 1) + parsed.search, "https://t.me");
  }
  if (TELEGRAM_HOSTS.has(parsed.hostname)) return parsed;
  if (parsed.protocol === "tg:" && parsed.href.startsWith("tg://resolve")) {
    const { searchParams } = parsed;
    const path = [searchParams.get("domain"), searchParams.get("appname")].filter((part) => part !== null);
    return new URL(`/${path.join("/")}?${searchParams}`, "https://t.me");
  }
  return null;
}

export function resolveLink(host: Host, person: Person, url: string): LinkTarget {
  if (/^(tc|ton):/i.test(url)) return walletTarget(host, person, url);
  const link = telegramPath(host, url);
  if (!link) return { kind: "external", url };
  const [name = "", second = ""] = link.pathname.split("/").filter((part) => part !== "");
  const startApp = link.searchParams.get("startapp");
  if (startApp?.startsWith("tonconnect-") || name === WALLET_BOT)
    return walletTarget(host, person, startApp ?? "");
  if (name.startsWith("$") || name === "invoice")
    return { kind: "invoice", slug: name.startsWith("$") ? name.slice(1) : second };
  if (name.startsWith("+")) return inviteTarget(host, person, name.slice(1));
  if (name === "joinchat") return inviteTarget(host, person, second);
  if (name === "c") return chatTarget(host, person, Number(`-100${second}`), link.pathname.split("/")[3]);
  if (name.toLowerCase() === host.world.bot.username.toLowerCase())
    return botTarget(host, person, second, link);
  const channel = host.world.channelByUsername(name);
  if (channel) return chatTarget(host, person, channel.id, second);
  const account = host.world.personByUsername(name);
  if (account && account.id !== person.id) return { kind: "chat", chatId: account.id, messageId: null };
  throw new ClientRefusal("USERNAME_NOT_OCCUPIED", `There is nobody called @${name}.`);
}

function botTarget(host: Host, person: Person, second: string, link: URL): LinkTarget {
  const startParam = link.searchParams.get("startapp");
  if (second === MINI_APP || (second === "" && startParam !== null)) {
    const { url, title } = launch(host, person, { by: "link", startParam: startParam || null });
    return { kind: "webApp", url, title };
  }
  if (second !== "") throw new ClientRefusal("BOT_APP_INVALID", "The bot has no Mini App of that name.");
  const payload = link.searchParams.get("start");
  if (payload) return { kind: "startBot", payload };
  return { kind: "chat", chatId: host.world.bot.id, messageId: null };
}

function inviteTarget(host: Host, person: Person, hash: string): LinkTarget {
  const invite = host.world.store.get("invite", hash);
  const channel = invite && host.world.channel(invite.chatId);
  if (!channel) throw new ClientRefusal("INVITE_HASH_EXPIRED", "This invite link is not valid any more.");
  host.session.invited.add(`${person.id}/${channel.id}`);
  return chatTarget(host, person, channel.id, undefined);
}

function chatTarget(host: Host, person: Person, channelId: number, message: string | undefined): LinkTarget {
  const channel = host.world.channel(channelId);
  const isIn = host.world.isIn(channelId, person.id);
  const isInvited = host.session.invited.has(`${person.id}/${channelId}`);
  if (!channel || (channel.username === null && !isIn && !isInvited)) {
    throw new ClientRefusal("CHANNEL_PRIVATE", "This channel is private, or it does not exist.");
  }
  if (!isIn) return { kind: "channel", channel: channelCard(host, channel) };
  return {
    kind: "chat",
    chatId: channelId,
    messageId: message && /^\d+$/.test(message) ? Number(message) : null,
  };
}

/** The local wallet takes the person and the same `startapp` (or `tc:` link) that a wallet in Telegram gets. */
function walletTarget(host: Host, person: Person, startApp: string): LinkTarget {
  const { tonOrigin } = host.addresses;
  if (tonOrigin === null) {
    throw new ClientRefusal("WALLET_UNAVAILABLE", "There is no local wallet: open this link in a real one.");
  }
  const url = new URL("/wallet", tonOrigin);
  url.searchParams.set("person", String(person.id));
  if (startApp !== "") url.searchParams.set("startapp", startApp);
  host.world.reached(`wallet:${person.role ?? "other"}`);
  return { kind: "wallet", url: url.href };
}
