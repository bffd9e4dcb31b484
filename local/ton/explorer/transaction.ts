/** The page of one transaction. */
import { Address, type Cell } from "@ton/core";
import type { LedgerTx } from "../chain/ledger.ts";
import { readMessage } from "../chain/messages.ts";
import { finalityOf } from "../http/v3-views.ts";
import { fill } from "../wallet/page/words.ts";
import { decodeMessage, type Field } from "./decode.ts";
import { type Html, html } from "./html.ts";
import { type Look, lines, linkTo, moment, money, succeeded, transactionRow } from "./parts.ts";

export function transactionPage(look: Look, tx: LedgerTx): Html {
  const { words, chain } = look;
  const finality = finalityOf(tx.seqno, chain.state.view());
  const main = tx.inMessage ?? tx.outMessages[0];
  const title =
    main === undefined ? words.transaction : decodeMessage(storyOf(tx) ?? main, look.reader).title;
  const story = ordered(chain.state.ledger.trace(tx.trace));
  return html`<div class="head"><h1>${title}</h1><p class="hint">${moment(look, tx.tx.now)}</p>
      <div class="chips"><span class="chip ${succeeded(tx) ? "good" : "bad"}">${succeeded(tx) ? words.success : words.failed}</span>
      <span class="chip ${finality === "finalized" ? "good" : "wait"}">${words[finality]}</span></div></div>
    <div class="card"><dl>
      <div><dt>${words.account}</dt><dd>${linkTo(look, Address.parseRaw(tx.account))}</dd></div>
      ${phaseLines(look, tx).map(({ label, value }) => html`<div><dt>${label}</dt><dd>${String(value)}</dd></div>`)}
    </dl></div>
    ${tx.inMessage !== null && html`<h2>${words.incoming}</h2>${messageCard(look, tx.inMessage)}`}
    ${
      tx.outMessages.length > 0 &&
      html`<h2>${words.outgoing}</h2>${tx.outMessages.map((cell) => messageCard(look, cell))}`
    }
    <h2>${words.trace}</h2>
    <div class="card story">${story.map(({ tx: each, depth }) => transactionRow(look, each, { depth, here: each === tx }))}</div>
    <details><summary>${words.raw}</summary><div class="card"><dl>
      <div><dt>${words.hash}</dt><dd class="mono">${tx.hash}</dd></div>
      <div><dt>base64</dt><dd class="mono">${Buffer.from(tx.hash, "hex").toString("base64")}</dd></div>
      <div><dt>${words.lt}</dt><dd class="mono">${tx.lt}</dd></div>
      <div><dt>${words.block}</dt><dd class="mono">${tx.seqno}</dd></div>
      <div><dt>BoC</dt><dd class="mono">${tx.boc}</dd></div>
    </dl></div></details>`;
}

/** What the transaction is about: for a message from outside, the first message that it sent. */
function storyOf(tx: LedgerTx): Cell | undefined {
  const internal = tx.inMessage !== null && readMessage(tx.inMessage).info.type === "internal";
  return internal ? (tx.inMessage ?? undefined) : tx.outMessages[0];
}

function phaseLines(look: Look, tx: LedgerTx): Field[] {
  const { words } = look;
  const rows: Field[] = [{ label: words.fees, value: money(look, tx.tx.totalFees.coins) }];
  const { description } = tx.tx;
  if (description.type !== "generic") return rows;
  const { computePhase, actionPhase } = description;
  const verdict = (code: number) => (code === 0 || code === 1 ? words.ok : String(code));
  if (computePhase.type === "skipped") {
    rows.push({ label: words.exit, value: fill(words.skipped, { reason: computePhase.reason }) });
  } else {
    rows.push({ label: words.exit, value: verdict(computePhase.exitCode) });
    rows.push({ label: words.gas, value: computePhase.gasUsed.toLocaleString(look.lang) });
  }
  if (actionPhase) rows.push({ label: words.actions, value: verdict(actionPhase.resultCode) });
  return rows;
}

function messageCard(look: Look, cell: Cell): Html {
  const { words } = look;
  const message = readMessage(cell);
  const decoded = decodeMessage(cell, look.reader);
  const { info } = message;
  const end = (address: unknown) => (Address.isAddress(address) ? linkTo(look, address) : words.outside);
  const title = message.init ? `${decoded.title} · ${words.deploys}` : decoded.title;
  return html`<div class="card"><p class="title">${title}</p><dl>
      <div><dt>${words.from}</dt><dd>${end(info.src)}</dd></div>
      <div><dt>${words.to}</dt><dd>${end(info.dest)}</dd></div>
      ${info.type === "internal" && html`<div><dt>${words.value}</dt><dd>${money(look, info.value.coins)}</dd></div>`}
    </dl>${decoded.fields.length > 0 && lines(look, decoded.fields)}</div>`;
}

/** The trace from its root down, each transaction after the one that caused it. */
function ordered(trace: readonly LedgerTx[]): { tx: LedgerTx; depth: number }[] {
  const byMessage = new Map(trace.map((tx) => [tx.inHash, tx]));
  const seen = new Set<LedgerTx>();
  const rows: { tx: LedgerTx; depth: number }[] = [];
  const walk = (tx: LedgerTx, depth: number) => {
    if (seen.has(tx)) return;
    seen.add(tx);
    rows.push({ tx, depth: Math.min(depth, 6) });
    for (const cell of tx.outMessages) {
      const next = byMessage.get(cell.hash().toString("hex"));
      if (next !== undefined) walk(next, depth + 1);
    }
  };
  for (const tx of trace) walk(tx, 0);
  return rows;
}
