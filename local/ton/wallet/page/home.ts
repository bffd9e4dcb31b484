/** The wallet's first screen: balance, connected sites, history. */
import type { Api, Overview } from "./api.ts";
import { h, icon, picture } from "./dom.ts";
import { coins, fill, type Lang, short, type Words } from "./words.ts";

export type Look = { words: Words; lang: Lang; query: string };

const FAUCET_NANO = "100000000000";

export function header(name: string, look: Look): HTMLElement {
  return h(
    "header",
    {},
    picture(name, null, "avatar"),
    h("div", { class: "who" }, h("strong", {}, name), h("span", {}, look.words.wallet)),
  );
}

export function home(view: Overview, look: Look, api: Api): HTMLElement {
  const { words, lang } = look;
  return h(
    "div",
    { class: "home" },
    h(
      "section",
      { class: "balance" },
      h("p", { class: "sum" }, coins(BigInt(view.balance), lang), h("small", {}, words.asset)),
      copyButton(view.friendly, words),
    ),
    !view.deployed && h("p", { class: "note" }, words.notDeployed),
    h("div", { class: "actions" }, faucetButton(view, words, api), explorerLink(view, look)),
    h("h2", {}, words.sites),
    view.sessions.length === 0
      ? h("p", { class: "empty" }, words.noSites)
      : h("ul", { class: "list" }, ...view.sessions.map((session) => siteRow(session, words, api))),
    h("h2", {}, words.history),
    view.history.length === 0
      ? h("p", { class: "empty" }, words.noHistory)
      : h("ul", { class: "list" }, ...view.history.map((row) => historyRow(row, look))),
    h("p", { class: "foot" }, words.pretend),
  );
}

function copyButton(address: string, words: Words): HTMLElement {
  const label = h("span", {}, short(address));
  const copy = async () => {
    await navigator.clipboard?.writeText(address).catch(() => undefined);
    label.textContent = words.copied;
    setTimeout(() => {
      label.textContent = short(address);
    }, 1200);
  };
  return h(
    "button",
    { class: "pill", type: "button", title: address, "aria-label": words.copy, onclick: copy },
    label,
    icon("copy"),
  );
}

function faucetButton(view: Overview, words: Words, api: Api): HTMLElement {
  const button = h("button", { class: "soft", type: "button" }, words.get);
  button.addEventListener("click", async () => {
    button.disabled = true;
    button.textContent = words.got;
    await api.faucet(view.friendly, FAUCET_NANO);
  });
  return button;
}

function explorerLink(view: Overview, look: Look): HTMLElement {
  const href = `/explorer/address/${view.friendly}?${look.query}`;
  return h("a", { class: "soft", href, target: "_blank", rel: "noopener" }, look.words.explorer);
}

function siteRow(session: Overview["sessions"][number], words: Words, api: Api): HTMLElement {
  return h(
    "li",
    { class: "row" },
    picture(session.name, session.icon, "avatar square"),
    h("div", { class: "main" }, h("strong", {}, session.name), h("span", {}, session.domain)),
    h(
      "button",
      { class: "text danger", type: "button", onclick: () => void api.disconnect(session.id) },
      words.disconnect,
    ),
  );
}

/** Who it is: one of the people, a contract of the platform, or an address. */
export function nameOf(
  party: { name: string | null; contract: "escrow" | "operator" | null; address: string },
  words: Words,
): string {
  return party.name ?? (party.contract === null ? short(party.address) : words[party.contract]);
}

function historyRow(row: Overview["history"][number], look: Look): HTMLElement {
  const { words, lang } = look;
  const title = row.bounced ? words.returned : row.direction === "in" ? words.received : words.sent;
  const amount = BigInt(row.amount);
  const time = new Date(row.time * 1000).toLocaleString(lang, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  const detail = row.finality === "finalized" ? time : `${time} · ${words.pending}`;
  return h(
    "li",
    {},
    h(
      "a",
      { class: "row", href: `/explorer/tx/${row.tx}?${look.query}`, target: "_blank", rel: "noopener" },
      h(
        "span",
        { class: `arrow ${row.direction}` },
        icon(row.bounced ? "back" : row.direction === "in" ? "down" : "up"),
      ),
      h(
        "div",
        { class: "main" },
        h("strong", {}, `${title} · ${nameOf(row, words)}`),
        h("span", {}, row.comment === null || row.comment === "" ? detail : `${detail} · ${row.comment}`),
      ),
      h(
        "span",
        { class: `money ${row.direction}` },
        fill("{sign}{sum}", { sign: row.direction === "in" ? "+" : "−", sum: coins(amount, lang) }),
      ),
    ),
  );
}
