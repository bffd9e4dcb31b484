/** The explorer: small pages made on the server, so that every hash and address of the local world leads somewhere. */
import { Address } from "@ton/core";
import type { Chain } from "../chain/chain.ts";
import type { LedgerTx } from "../chain/ledger.ts";
import type { People } from "../chain/people.ts";
import { accountInfo } from "../chain/wallets.ts";
import { hashHex } from "../http/context.ts";
import { coins, type Lang } from "../wallet/page/words.ts";
import { decodeAccount, type Reader } from "./decode.ts";
import { type Html, html } from "./html.ts";
import { document, type Look, lines, moment, statusClass, transactionRow } from "./parts.ts";
import { transactionPage } from "./transaction.ts";
import { explorerWords } from "./words.ts";

const ROWS = 50;

/** Answers `/explorer…`. Public explorers name a transaction and an address so: `/transaction/<hash>`, `/<address>`. */
export function explorer(chain: Chain, people: People, request: Request, url: URL): Response | undefined {
  const match = /^\/explorer(?:\/(?:(?:tx|transaction|address)\/)?([^/]+)|\/)?$/.exec(url.pathname);
  if (match === null) return undefined;
  const look = lookOf(chain, people, request, url);
  const name = decodeURIComponent(match[1] ?? url.searchParams.get("q") ?? "").trim();
  if (name === "") return page(200, look, homePage(look));
  return find(look, name) ?? page(404, look, notFound(look));
}

function lookOf(chain: Chain, people: People, request: Request, url: URL): Look {
  const wished = url.searchParams.get("lang") ?? request.headers.get("accept-language") ?? "en";
  const lang: Lang = wished.startsWith("ru") ? "ru" : "en";
  const theme = url.searchParams.get("theme");
  const known = theme === "dark" || theme === "light" ? theme : null;
  const words = explorerWords(lang);
  const reader: Reader = { words, lang, people };
  const query = new URLSearchParams({
    ...(url.searchParams.has("lang") ? { lang } : {}),
    ...(known === null ? {} : { theme: known }),
  }).toString();
  return { chain, people, words, lang, theme: known, query: query === "" ? "" : `?${query}`, reader };
}

function find(look: Look, name: string): Response | undefined {
  const address = parseAddress(name);
  if (address !== undefined) return page(200, look, addressPage(look, address));
  const hash = hashHex(name);
  if (hash === undefined) return undefined;
  const { ledger, pool } = look.chain.state;
  const tx = ledger.byHash(hash) ?? ledger.byIncoming(hash).at(-1) ?? ledger.byOutgoing(hash);
  if (tx !== undefined) {
    const final = tx.seqno <= look.chain.state.view().final;
    return page(200, look, transactionPage(look, tx), !final);
  }
  const waits = [...pool.values()].some((each) => each.hash === hash || each.normalized === hash);
  return waits ? page(200, look, waiting(look), true) : undefined;
}

function parseAddress(name: string): Address | undefined {
  try {
    return Address.parse(name);
  } catch {
    return undefined;
  }
}

function homePage(look: Look): Html {
  const { chain, words } = look;
  // One row for each trace: its first transaction tells what somebody did.
  const roots = chain.state.ledger.everything().filter((tx) => tx.trace === tx.hash);
  const rows = roots.slice(-ROWS).toReversed();
  return html`<h2>${words.latest} · ${words.block} ${chain.state.head} · ${moment(look, chain.now())}</h2>
    ${rowsOf(look, rows)}`;
}

function rowsOf(look: Look, rows: readonly LedgerTx[], owner?: string): Html {
  if (rows.length === 0) return html`<div class="card empty">${look.words.none}</div>`;
  return html`<div class="card">${rows.map((tx) => transactionRow(look, tx, owner === undefined ? { status: traceStatus(look, tx) } : { owner }))}</div>`;
}

/** The worst of what one deed led to. */
function traceStatus(look: Look, root: LedgerTx) {
  const all = look.chain.state.ledger.trace(root.trace).map((tx) => statusClass(look, tx));
  return all.find((status) => status === "bad") ?? all.find((status) => status === "wait") ?? "good";
}

function addressPage(look: Look, address: Address): Html {
  const { chain, words, lang, reader } = look;
  const info = accountInfo(chain, address);
  const decoded = decodeAccount(address, info, reader);
  const rows = chain.state.ledger.of(address.toRawString()).slice(-ROWS).toReversed();
  return html`<div class="head"><h1>${decoded.title}</h1>
      <p class="big">${coins(info.balance, lang)} <small>GRAM (ex-TON)</small></p></div>
    ${decoded.fields.length > 0 && html`<div class="card">${lines(look, decoded.fields)}</div>`}
    <h2>${words.address}</h2>
    <div class="card"><dl>
      <div><dt>EQ</dt><dd class="mono">${address.toString()}</dd></div>
      <div><dt>UQ</dt><dd class="mono">${address.toString({ bounceable: false })}</dd></div>
      <div><dt>0:</dt><dd class="mono">${address.toRawString()}</dd></div>
      <div><dt>${words.state}</dt><dd>${info.status}</dd></div>
    </dl></div>
    <h2>${words.history}</h2>
    ${rowsOf(look, rows, address.toRawString())}`;
}

function waiting({ words }: Look): Html {
  return html`<div class="head"><h1>${words.waitingTitle}</h1><p class="hint">${words.waiting}</p></div>`;
}

function notFound({ words }: Look): Html {
  return html`<div class="head"><h1>${words.notFound}</h1><p class="hint">${words.notFoundText}</p></div>`;
}

function page(status: number, look: Look, body: Html, again = false): Response {
  return new Response(document(look, body, again).text, {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}
