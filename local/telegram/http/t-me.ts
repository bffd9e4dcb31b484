/** What stands at `t.me` for browsers and for who reads statistics: profiles, the preview of a channel, one post as a widget. */

import { viewsOf } from "../host/popularity.ts";
import type { Channel, StoredMessage } from "../world/model.ts";
import { channelDialog, type World } from "../world/world.ts";

const PREVIEW_POSTS = 20;

export interface TmeAddresses {
  readonly origin: string;
  readonly linkBase: string;
}

/** Null when the path is not under `/t.me/`. */
export function tmePage(world: World, at: TmeAddresses, url: URL): Response | null {
  if (!url.pathname.startsWith("/t.me/")) return null;
  const avatar = /^\/t\.me\/i\/userpic\/320\/(\w+)\.png$/.exec(url.pathname);
  if (avatar?.[1]) return userpic(world, avatar[1]);
  const parts = url.pathname
    .slice("/t.me/".length)
    .split("/")
    .filter((part) => part !== "");
  const isPreview = parts[0] === "s";
  const [name = "", second] = isPreview ? parts.slice(1) : parts;
  const channel = world.channelByUsername(name);
  if (channel && isPreview) return html(previewPage(world, at, channel, url.searchParams.get("before")));
  if (channel && second && /^\d+$/.test(second)) return html(postPage(world, at, channel, Number(second)));
  if (second && url.searchParams.has("embed"))
    return html(widget(errorBox(`Channel with username @${esc(name)} not found`)));
  if (channel) return html(profilePage(at, { ...about(world, channel), url: url.href }));
  if (name.toLowerCase() === world.bot.username.toLowerCase()) {
    const { name: title, description } = world.profile;
    return html(
      profilePage(at, {
        title,
        extra: `@${world.bot.username}`,
        text: description,
        emblem: "bot",
        url: url.href,
      }),
    );
  }
  return html(profilePage(at, { title: "Telegram", extra: "", text: "", emblem: null, url: url.href }), 200);
}

function userpic(world: World, who: string): Response | null {
  const word = world.person(Number(who)) ? `face_${who}` : (world.channelByUsername(who)?.emblem ?? null);
  const bytes = word === null ? undefined : world.files.read(`avatar-${word}-320.png`);
  if (!bytes) return new Response("not found", { status: 404 });
  return new Response(bytes.slice().buffer, { headers: { "content-type": "image/png" } });
}

function html(body: string, status = 200): Response {
  const policy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors *";
  return new Response(body, {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": policy },
  });
}

function esc(text: string): string {
  const named: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => named[character] ?? character);
}

interface Profile {
  readonly title: string;
  readonly extra: string;
  readonly text: string;
  readonly emblem: string | null;
  readonly url: string;
}

function about(world: World, channel: Channel): Omit<Profile, "url"> {
  const members = world.memberCount(channel).toLocaleString("en-US").replaceAll(",", " ");
  const { title, description, emblem } = channel;
  return { title, text: description, emblem, extra: `${members} subscribers` };
}

function page(title: string, body: string, head = ""): string {
  return `<!doctype html><html><head><meta charset="utf-8"><title>${esc(title)}</title>${head}<style>
body{font:16px/1.45 system-ui,sans-serif;margin:0;background:#eef2f5;color:#111}
.tgme_page,.tgme_channel_info{max-width:26rem;margin:4rem auto;background:#fff;border-radius:14px;padding:2rem;text-align:center}
.tgme_page_photo_image{width:96px;height:96px;border-radius:50%}
.tgme_action_button_new{display:inline-block;background:#3390ec;color:#fff;padding:.6rem 1.4rem;border-radius:10px;text-decoration:none;margin-top:1rem}
.tgme_widget_message{max-width:32rem;margin:1rem auto;background:#fff;border-radius:12px;padding:1rem;text-align:left}
.tgme_widget_message_owner_name{font-weight:600;color:#3390ec;text-decoration:none}
.tgme_page_title,.tgme_channel_info_header_title{font-size:1.25rem;font-weight:600;margin-top:.75rem}.tgme_page_description{margin-top:.75rem}
.tgme_widget_message_text{margin:.4rem 0}.tgme_widget_message_info{text-align:right}.tgme_widget_message_date{color:inherit;text-decoration:none}
.tgme_widget_message_info,.tgme_widget_message_meta,.tgme_page_extra{color:#707579;font-size:.85rem}.tgme_widget_message_photo_wrap img{max-width:100%}
</style></head><body>${body}</body></html>`;
}

function profilePage(at: TmeAddresses, profile: Profile): string {
  const photo = profile.emblem
    ? `<img class="tgme_page_photo_image" src="/host/avatars/${profile.emblem}.png" alt="">`
    : "";
  const open = `${at.origin}/?open=${encodeURIComponent(profile.url)}`;
  const head = `<meta property="og:title" content="${esc(profile.title)}"><meta property="og:description" content="${esc(profile.text)}">`;
  return page(
    `Telegram: ${profile.title}`,
    `<div class="tgme_page"><div class="tgme_page_photo">${photo}</div>
<div class="tgme_page_title"><span dir="auto">${esc(profile.title)}</span></div>
<div class="tgme_page_extra">${esc(profile.extra)}</div>
<div class="tgme_page_description" dir="auto">${esc(profile.text)}</div>
<div class="tgme_page_action"><a class="tgme_action_button_new" href="${esc(open)}">Open in Local Telegram</a></div></div>`,
    head,
  );
}

/** One post, in the markup of Telegram's embedded widget; a post that is gone gets the widget's error. */
function postPage(world: World, at: TmeAddresses, channel: Channel, id: number): string {
  const message = world.message(channelDialog(channel.id), id);
  if (!message || message.service) return widget(errorBox("Post not found"));
  return widget(postBox(world, at, channel, partsOf(world, message)));
}

function widget(box: string): string {
  return page("Telegram Widget", `<div class="widget_frame_base tgme_widget body_widget_post">${box}</div>`);
}

function errorBox(text: string): string {
  return `<div class="tgme_widget_message_error">${text}</div>`;
}

/** An album is one post: all its parts, of which any may be asked for. */
function partsOf(world: World, message: StoredMessage): StoredMessage[] {
  if (message.album === undefined) return [message];
  return world.messages(message.dialog).filter(({ album }) => album === message.album);
}

function postBox(world: World, at: TmeAddresses, channel: Channel, parts: readonly StoredMessage[]): string {
  const [message] = parts as [StoredMessage];
  const link = `${at.linkBase}/${channel.username}/${message.id}`;
  const views = shortNumber(viewsOf(world, channel, message));
  const photo = parts
    .flatMap((part) =>
      part.photo
        ? `<a class="tgme_widget_message_photo_wrap"><img src="/host/files/${part.photo.file}" alt=""></a>`
        : [],
    )
    .join("");
  const buttons = (message.keyboard?.inline_keyboard ?? [])
    .map((row) => `<div class="tgme_widget_message_inline_row">${row.map(buttonBox).join("")}</div>`)
    .join("");
  const keyboard = buttons ? `<div class="tgme_widget_message_inline_keyboard">${buttons}</div>` : "";
  const edited = message.editDate === null ? "" : '<span class="tgme_widget_message_meta">edited</span> ';
  return `<div class="tgme_widget_message text_not_supported_wrap js-widget_message" data-post="${channel.username}/${message.id}">
<div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name" href="${at.linkBase}/${channel.username}"><span dir="auto">${esc(channel.title)}</span></a></div>
${photo}<div class="tgme_widget_message_text js-message_text" dir="auto">${richText(message)}</div>
<div class="tgme_widget_message_footer"><div class="tgme_widget_message_info"><span class="tgme_widget_message_views">${views}</span>
<span class="tgme_widget_message_meta">${edited}<a class="tgme_widget_message_date" href="${link}"><time datetime="${isoTime(message.date)}" class="datetime">${isoTime(message.date).slice(11, 16)}</time></a></span></div></div>${keyboard}</div>`;
}

/** Buttons that lead to an address are shown; others do nothing outside Telegram and are not. */
const buttonBox = (button: { text: string } & { url?: string }): string =>
  button.url === undefined
    ? ""
    : `<a class="tgme_widget_message_inline_button url_button" href="${esc(button.url)}" target="_blank" rel="noopener"><span class="tgme_widget_message_inline_button_text" dir="auto">${esc(button.text)}</span></a>`;

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "+00:00");
}

function shortNumber(count: number): string {
  if (count < 1000) return String(count);
  if (count < 1_000_000) return `${(count / 1000).toFixed(count < 100_000 ? 1 : 0).replace(/\.0$/, "")}K`;
  return `${(count / 1_000_000).toFixed(1).replace(/\.0$/, "")}M`;
}

const WRAPS: Readonly<Record<string, string>> = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

/** Entities that overlap without nesting are cut, as the widget does; links keep their address. */
function richText({ text, entities }: StoredMessage): string {
  const opens = new Map<number, string[]>();
  const closes = new Map<number, string[]>();
  for (const entity of entities) {
    const end = entity.offset + entity.length;
    const inner = text.slice(entity.offset, end);
    const href = entity.type === "text_link" ? entity.url : entity.type === "url" ? inner : null;
    const tag = href === null ? WRAPS[entity.type] : "a";
    if (!tag) continue;
    const start = href === null ? `<${tag}>` : `<a href="${esc(href)}" rel="noopener">`;
    opens.set(entity.offset, [...(opens.get(entity.offset) ?? []), start]);
    closes.set(end, [`</${tag}>`, ...(closes.get(end) ?? [])]);
  }
  let out = "";
  for (let i = 0; i <= text.length; i++) {
    out += (closes.get(i) ?? []).join("") + (opens.get(i) ?? []).join("");
    const character = text[i];
    if (character !== undefined) out += character === "\n" ? "<br/>" : esc(character);
  }
  return out;
}

function previewPage(world: World, at: TmeAddresses, channel: Channel, before: string | null): string {
  const limit = before && /^\d+$/.test(before) ? Number(before) : Number.POSITIVE_INFINITY;
  const posts = world
    .messages(channelDialog(channel.id))
    .filter((message) => !message.service && message.id < limit)
    .map((message) => partsOf(world, message))
    .filter(([first], index, all) => first?.album === undefined || first.album !== all[index - 1]?.[0]?.album)
    .slice(-PREVIEW_POSTS);
  const { title, text } = about(world, channel);
  const counter = shortNumber(world.memberCount(channel));
  return page(
    `${title} – Telegram`,
    `<div class="tgme_channel_info"><div class="tgme_channel_info_header_title"><span dir="auto">${esc(title)}</span></div>
<div class="tgme_channel_info_header_username"><a href="${at.linkBase}/${channel.username}">@${channel.username}</a></div>
<div class="tgme_channel_info_counters"><div class="tgme_channel_info_counter"><span class="counter_value">${counter}</span> <span class="counter_type">subscribers</span></div></div>
<div class="tgme_channel_info_description">${esc(text)}</div></div>
<section class="tgme_channel_history js-message_history">${posts
      .map(
        (parts) =>
          `<div class="tgme_widget_message_wrap js-widget_message_wrap">${postBox(world, at, channel, parts)}</div>`,
      )
      .join("\n")}</section>`,
  );
}
