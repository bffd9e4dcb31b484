/** What an account is and what a message says, in a person's words. */
import type { Address, Cell } from "@ton/core";
import {
  EscrowRefusal,
  parseEscrowData,
  parseEscrowEvent,
  parseEscrowMessage,
} from "../../../chain/wrappers/escrow.ts";
import { parseOperatorData } from "../../../chain/wrappers/operator.ts";
import { kindOfCode } from "../chain/contracts.ts";
import { readMessage } from "../chain/messages.ts";
import type { People } from "../chain/people.ts";
import type { AccountInfo } from "../chain/wallets.ts";
import { commentOf } from "../http/v2-views.ts";
import { coins, fill, type Lang } from "../wallet/page/words.ts";
import type { ExplorerWords } from "./words.ts";

/** A line of a table: an address becomes a link, a Date a time. */
export type Field = { label: string; value: string | Address | Date };

export type Decoded = { title: string; fields: Field[] };

export type Reader = { words: ExplorerWords; lang: Lang; people: People };

export function decodeAccount(address: Address, info: AccountInfo, reader: Reader): Decoded {
  const { words, people } = reader;
  const owner = people.byAddress(address);
  if (owner !== undefined) {
    const title =
      owner.person === 0 ? words.treasury : fill(words.person, { version: owner.version, name: owner.name });
    return { title, fields: [] };
  }
  if (info.code === null || info.data === null) return { title: words.empty, fields: [] };
  const kind = kindOfCode(info.code);
  try {
    if (kind === "escrow") return { title: words.escrow, fields: escrowFields(info.data, reader) };
    if (kind === "operator") {
      return {
        title: words.operator,
        fields: [{ label: words.cold, value: parseOperatorData(info.data).cold }],
      };
    }
  } catch {
    // The code is known and the data is not what it writes: shown as any contract.
  }
  return { title: words.contract, fields: [] };
}

function escrowFields(data: Cell, { words, lang }: Reader): Field[] {
  const { terms, state, until, bps } = parseEscrowData(data);
  const money = (nano: bigint) => `${coins(nano, lang)} GRAM`;
  return [
    { label: words.state, value: words.states[state] ?? String(state) },
    ...(until > 0 ? [{ label: words.until, value: new Date(until * 1000) }] : []),
    ...(state > 1 ? [{ label: words.share, value: percent(bps, lang) }] : []),
    { label: words.deal, value: uuid(terms.dealId) },
    { label: words.price, value: money(terms.price) },
    { label: words.fee, value: percent(terms.feeBps, lang) },
    { label: words.buyer, value: terms.buyer },
    { label: words.seller, value: terms.seller },
    { label: words.arbiter, value: terms.arbiter },
    { label: words.platform, value: terms.platform },
    { label: words.feeTo, value: terms.feeTo },
    { label: words.payBy, value: new Date(terms.payBy * 1000) },
    { label: words.deliverBy, value: new Date(terms.deliverBy * 1000) },
  ];
}

/** The purpose of a message; null for a plain transfer without a word. */
export function decodeMessage(cell: Cell, reader: Reader): Decoded {
  const { words, lang } = reader;
  const message = readMessage(cell);
  const known = decodeEscrow(message.body, reader);
  if (known !== null) return known;
  const comment = commentOf(message);
  if (comment !== undefined) {
    return {
      title: words.transfer,
      fields: comment === "" ? [] : [{ label: words.comment, value: comment }],
    };
  }
  if (message.info.type === "internal" && message.info.bounced) return { title: words.bounced, fields: [] };
  const slice = message.body.beginParse();
  if (message.info.type !== "internal" || slice.remainingBits < 32)
    return { title: words.transfer, fields: [] };
  const op = `0x${slice.loadUint(32).toString(16).padStart(8, "0")}`;
  return {
    title: fill(words.call, { op }),
    fields: [{ label: words.body, value: bits(message.body, lang) }],
  };
}

function decodeEscrow(body: Cell, { words, lang }: Reader): Decoded | null {
  const event = parseEscrowEvent(body);
  if (event !== null) {
    const fields: Field[] = [
      { label: words.deal, value: uuid(event.dealId) },
      { label: words.state, value: words.states[event.state] ?? String(event.state) },
      ...(event.until > 0 ? [{ label: words.until, value: new Date(event.until * 1000) }] : []),
    ];
    return { title: words.ops.event, fields };
  }
  const message = parseEscrowMessage(body);
  if (message === null) return null;
  const title = words.ops[message.kind];
  switch (message.kind) {
    case "breach":
    case "resolve":
    case "agree":
      return { title, fields: [{ label: words.share, value: percent(message.sellerBps, lang) }] };
    case "returned":
      return { title, fields: [{ label: words.reason, value: refusal(message.reason) }] };
    case "payout":
      return {
        title,
        fields: [
          { label: words.leg, value: words.legs[message.leg] ?? "" },
          { label: words.deal, value: uuid(message.dealId) },
        ],
      };
    default:
      return { title, fields: [] };
  }
}

function refusal(code: number): string {
  const name = Object.entries(EscrowRefusal).find(([, value]) => value === code)?.[0];
  return name === undefined ? String(code) : `${name} (${code})`;
}

function percent(bps: number, lang: Lang): string {
  return (bps / 10_000).toLocaleString(lang, { style: "percent", maximumFractionDigits: 2 });
}

/** Deal ids are UUIDs as numbers of 128 bits. */
function uuid(id: bigint): string {
  const hex = id.toString(16).padStart(32, "0");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function bits(cell: Cell, lang: Lang): string {
  const text = cell.bits.toString();
  const size = cell.bits.length.toLocaleString(lang);
  return text.length > 64 ? `${text.slice(0, 64)}… (${size} bit)` : text;
}
