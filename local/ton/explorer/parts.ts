/** What all pages of the explorer are made of. */
import { Address } from "@ton/core";
import type { Chain } from "../chain/chain.ts";
import { kindAt } from "../chain/contracts.ts";
import type { LedgerTx } from "../chain/ledger.ts";
import { readMessage } from "../chain/messages.ts";
import type { People } from "../chain/people.ts";
import { finalityOf } from "../http/v3-views.ts";
import { coins, type Lang, short } from "../wallet/page/words.ts";
import { decodeMessage, type Field, type Reader } from "./decode.ts";
import { Html, html } from "./html.ts";
import { STYLE } from "./style.ts";
import type { ExplorerWords } from "./words.ts";

export type Look = {
  chain: Chain;
  people: People;
  words: ExplorerWords;
  lang: Lang;
  theme: "dark" | "light" | null;
  /** With its question mark, or empty. */
  query: string;
  reader: Reader;
};

/** A whole page; `again` makes it look anew every second, while something is not final. */
export function document(look: Look, body: Html, again: boolean): Html {
  const { words, lang, theme, query } = look;
  return html`<!doctype html><html lang="${lang}"${theme !== null && html` data-theme="${theme}"`}><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">${again && html`<meta http-equiv="refresh" content="1">`}
<title>${words.title}</title><link rel="icon" href="/wallet/icon.svg"><style>${new Html(STYLE)}</style></head>
<body><main><nav><a class="home" href="/explorer${query}">${words.title}</a><span>${words.tagline}</span></nav>
<form action="/explorer"><input name="q" aria-label="${words.search}" placeholder="${words.search}" autocomplete="off" spellcheck="false">
${theme !== null && html`<input type="hidden" name="theme" value="${theme}">`}${query.includes("lang=") && html`<input type="hidden" name="lang" value="${lang}">`}
<button>${words.find}</button></form>${body}</main></body></html>`;
}

export function linkTo(look: Look, address: Address): Html {
  const name = nameOf(look, address);
  const label = name === undefined ? short(address.toString()) : `${name} · ${address.toString().slice(-6)}`;
  return html`<a href="/explorer/address/${address.toString()}${look.query}" title="${address.toString()}">${label}</a>`;
}

/** A person's name, or what a contract of the platform is. */
export function nameOf(look: Look, address: Address): string | undefined {
  const person = look.people.byAddress(address);
  if (person !== undefined) return person.name;
  const kind = kindAt(look.chain, address);
  return kind === null ? undefined : look.words[kind];
}

/** `seconds` since 1970, in the reader's language and this machine's time zone. */
export function moment(look: Look, seconds: number): string {
  return new Date(seconds * 1000).toLocaleString(look.lang, { dateStyle: "medium", timeStyle: "medium" });
}

/** The same for a list: short. */
function brief(look: Look, seconds: number): string {
  const form = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;
  return new Date(seconds * 1000).toLocaleString(look.lang, form);
}

export function money(look: Look, nano: bigint): string {
  return `${coins(nano, look.lang)} GRAM`;
}

export function lines(look: Look, fields: Field[]): Html {
  const value = (field: Field) => {
    if (field.value instanceof Date) return moment(look, field.value.getTime() / 1000);
    return Address.isAddress(field.value) ? linkTo(look, field.value) : field.value;
  };
  return html`<dl>${fields.map((field) => html`<div><dt>${field.label}</dt><dd>${value(field)}</dd></div>`)}</dl>`;
}

/** True if every phase of a transaction went well. */
export function succeeded(tx: LedgerTx): boolean {
  const { description } = tx.tx;
  if (description.type !== "generic") return true;
  // A plain credit to an account without code is "aborted" for the machine, and money received for its owner.
  const credited = description.computePhase.type === "skipped" && !description.bouncePhase;
  if (credited && description.computePhase.type === "skipped")
    return description.computePhase.reason === "no-state";
  const actions = description.actionPhase;
  return (
    !description.aborted &&
    (actions === undefined || actions === null || (actions.success && actions.skippedActions === 0))
  );
}

type Status = "good" | "bad" | "wait";

export function statusClass(look: Look, tx: LedgerTx): Status {
  if (!succeeded(tx)) return "bad";
  return finalityOf(tx.seqno, look.chain.state.view()) === "finalized" ? "good" : "wait";
}

/** Where a line stands: in the history of `owner`, or so deep in a trace, perhaps as the one that the page is about. */
export type Place = { owner?: string; depth?: number; here?: boolean; status?: Status };

/** A transaction as one line. */
export function transactionRow(look: Look, tx: LedgerTx, place: Place = {}): Html {
  const { owner, depth = 0, here = false, status = statusClass(look, tx) } = place;
  const [first] = tx.outMessages;
  const incoming = tx.inMessage === null ? null : readMessage(tx.inMessage);
  const fromOutside = incoming?.info.type !== "internal";
  const cell = fromOutside && first !== undefined ? first : tx.inMessage;
  const info = cell === null || cell === undefined ? null : readMessage(cell).info;
  const title =
    cell === null || cell === undefined ? look.words.transaction : decodeMessage(cell, look.reader).title;
  const amount = info?.type === "internal" ? info.value.coins : 0n;
  const who = whoIsWho(look, tx, owner === undefined, info);
  const received = !fromOutside && owner !== undefined;
  const sign = owner === undefined ? "" : received ? "+" : "−";
  return html`<a class="${here ? "row here" : "row"}" style="--depth:${depth}" href="/explorer/tx/${tx.hash}${look.query}">
    <span class="dot ${status}"></span>
    <span class="main"><strong>${title}</strong><span class="sub">${brief(look, tx.tx.now)} · ${who}</span></span>
    <span class="${received ? "money in" : "money"}">${amount > 0n && `${sign}${coins(amount, look.lang)}`}</span></a>`;
}

type Info = ReturnType<typeof readMessage>["info"] | null;

/** Both ends in a list of all, the other end in the history of one. */
function whoIsWho(look: Look, tx: LedgerTx, both: boolean, info: Info): string {
  const name = (address: unknown) => {
    if (!Address.isAddress(address)) return look.words.outside;
    return nameOf(look, address) ?? short(address.toString());
  };
  if (info === null) return name(Address.parseRaw(tx.account));
  if (both) return `${name(info.src)} → ${name(info.dest)}`;
  const own = Address.isAddress(info.src) && info.src.toRawString() === tx.account;
  return name(own ? info.dest : info.src);
}
