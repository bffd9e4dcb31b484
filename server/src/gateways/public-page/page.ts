/** Reads the markup of Telegram's public pages. Pure but for the parser. */
import type { PagePost } from "./port.ts";

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,8}));/gi, (whole, decimal, hexadecimal, name) => {
    if (name) return named[name] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** `1.2K` → 1200; null for what is no number. */
export function countOf(text: string): number | null {
  const found = /^(\d+(?:[.,]\d+)?)\s*([KM]?)$/i.exec(text.replaceAll(/[\s\u00a0]/g, ""));
  if (!found) return null;
  const scale = { K: 1_000, M: 1_000_000 }[found[2]?.toUpperCase() ?? ""] ?? 1;
  return Math.round(Number(found[1]?.replace(",", ".")) * scale);
}

export type PageFacts = {
  posts: PagePost[];
  /** The widget's own words for what it cannot show. */
  error: string | null;
  title: string | null;
  members: number | null;
};

type Draft = {
  id: number;
  text: string;
  views: string;
  at: string | null;
  meta: string;
  photos: number;
  /** Places in the raw text, before it is decoded and trimmed. */
  links: { from: number; to: number; url: string }[];
  buttons: { text: string; url: string }[][];
  /** "Pinned", "photo changed": Telegram's own line, and nobody's post. */
  isService: boolean;
};

type Handlers = [selector: string, handler: HTMLRewriterTypes.HTMLRewriterElementContentHandlers][];
const hear = (add: (text: string) => void): Handlers[number][1] => ({ text: (chunk) => add(chunk.text) });

const attribute = (element: HTMLRewriterTypes.Element, name: string): string =>
  decoded(element.getAttribute(name) ?? "");

type Seen = (change: (draft: Draft, element: HTMLRewriterTypes.Element) => void) => Handlers[number][1];

/** Links under words, and the buttons below a post. */
function linkReader(drafts: Draft[], seen: Seen): Handlers {
  return [
    [
      ".js-message_text a[href]",
      seen((draft, element) => {
        const link = { from: draft.text.length, to: draft.text.length, url: attribute(element, "href") };
        draft.links.push(link);
        element.onEndTag(() => {
          link.to = draft.text.length;
        });
      }),
    ],
    [".tgme_widget_message_inline_row", seen((draft) => void draft.buttons.push([]))],
    [
      "a.tgme_widget_message_inline_button[href]",
      {
        ...seen((draft, element) => {
          const row = draft.buttons.at(-1) ?? [];
          if (draft.buttons.length === 0) draft.buttons.push(row);
          row.push({ text: "", url: attribute(element, "href") });
        }),
        text(chunk) {
          const button = drafts.at(-1)?.buttons.at(-1)?.at(-1);
          if (button) button.text += chunk.text;
        },
      },
    ],
  ];
}

/** Every post on the page, in its order; what comes after a post's frame belongs to it. */
function postReader(drafts: Draft[]): Handlers {
  const add = (what: "text" | "views" | "meta") => (text: string) => {
    const draft = drafts.at(-1);
    if (draft) draft[what] += text;
  };
  const seen: Seen = (change) => ({
    element(element) {
      const draft = drafts.at(-1);
      if (draft) change(draft, element);
    },
  });
  return [
    [
      "[data-post]",
      {
        element(element) {
          const id = Number(element.getAttribute("data-post")?.split("/").at(-1));
          const isService = /\bservice_message\b/.test(element.getAttribute("class") ?? "");
          if (Number.isSafeInteger(id))
            drafts.push({
              ...{ id, text: "", views: "", at: null, meta: "", photos: 0, isService },
              links: [],
              buttons: [],
            });
        },
      },
    ],
    [".js-message_text", hear(add("text"))],
    [
      ".js-message_text br",
      seen((draft) => {
        draft.text += "\n";
      }),
    ],
    ...linkReader(drafts, seen),
    [".tgme_widget_message_views", hear(add("views"))],
    [".tgme_widget_message_meta", hear(add("meta"))],
    [
      ".tgme_widget_message_date time",
      seen((draft, element) => {
        draft.at ??= element.getAttribute("datetime");
      }),
    ],
    [
      ".tgme_widget_message_photo_wrap",
      seen((draft) => {
        draft.photos += 1;
      }),
    ],
  ];
}

/** Everything that is of interest on either page. */
export function readPage(html: string): PageFacts {
  const drafts: Draft[] = [];
  const counters: { value: string; type: string }[] = [];
  let error: string | null = null;
  let title = "";
  const handlers: Handlers = [
    ...postReader(drafts),
    [
      ".tgme_widget_message_error",
      hear((text) => {
        error = (error ?? "") + text;
      }),
    ],
    [
      ".tgme_channel_info_header_title",
      hear((text) => {
        title += text;
      }),
    ],
    [
      ".tgme_channel_info_counter .counter_value",
      {
        element: () => void counters.push({ value: "", type: "" }),
        text: (chunk) => {
          const counter = counters.at(-1);
          if (counter) counter.value += chunk.text;
        },
      },
    ],
    [
      ".tgme_channel_info_counter .counter_type",
      hear((text) => {
        const counter = counters.at(-1);
        if (counter) counter.type += text;
      }),
    ],
  ];
  const rewriter = new HTMLRewriter();
  for (const [selector, handler] of handlers) rewriter.on(selector, handler);
  rewriter.transform(html);
  const subscribers = counters.find(({ type }) => type.trim().startsWith("subscriber"));
  return {
    posts: drafts.filter(({ isService }) => !isService).map(postOf),
    error: error === null ? null : decoded(error).trim(),
    title: title === "" ? null : decoded(title).trim(),
    members: subscribers ? countOf(subscribers.value) : null,
  };
}

/** Telegram makes links of what looks like one: an address, a mention, a hashtag. */
function isAutomatic(words: string, url: string): boolean {
  if (/^[#$/]/.test(words) && !/^https?:/i.test(url)) return true;
  if (/^(mailto|tel):/i.test(url)) return true;
  const name = /^@(\w+)$/.exec(words)?.[1];
  const forms = name
    ? [`https://t.me/${name}`]
    : [words, `http://${words}`, `https://${words}`, `ftp://${words}`];
  return forms.some((one) => URL.canParse(one) && URL.canParse(url) && sameAddress(one, url));
}

const sameAddress = (a: string, b: string): boolean =>
  new URL(a).href.replace(/\/$/, "").toLowerCase() === new URL(b).href.replace(/\/$/, "").toLowerCase();

function linksOf(draft: Draft): PagePost["links"] {
  const whole = decoded(draft.text);
  const cut = whole.length - whole.trimStart().length;
  return draft.links.flatMap(({ from, to, url }) => {
    const offset = decoded(draft.text.slice(0, from)).length - cut;
    const words = decoded(draft.text.slice(from, to));
    return words.trim() === "" || isAutomatic(words.trim(), url)
      ? []
      : [{ offset, length: words.length, url }];
  });
}

function postOf(draft: Draft): PagePost {
  const at = draft.at === null ? Number.NaN : Date.parse(draft.at);
  const rows = draft.buttons.filter((row) => row.length > 0);
  return {
    id: draft.id,
    text: decoded(draft.text).trim(),
    links: linksOf(draft),
    buttons:
      rows.length === 0
        ? null
        : rows.map((row) => row.map(({ text, url }) => ({ text: decoded(text).trim(), url }))),
    views: countOf(draft.views),
    at: Number.isNaN(at) ? null : new Date(at),
    isEdited: /\bedited\b/.test(draft.meta),
    photos: draft.photos,
  };
}
