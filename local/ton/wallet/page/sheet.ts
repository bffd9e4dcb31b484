/** What a site asks, laid out so that the person sees who, what, how much and what can go wrong before the buttons. */
import type { Request } from "./api.ts";
import { h, icon, picture } from "./dom.ts";
import { type Look, nameOf } from "./home.ts";
import { coins, fill, short } from "./words.ts";

type Payment = Extract<Request, { kind: "transaction" }>;

export type Decisions = { approve: () => void; reject: () => void };

const UNIT = "GRAM";

/** Chain time in seconds, and nanograms. */
export type Means = { now: number; balance: bigint };

export function sheet(request: Request, means: Means, look: Look, decisions: Decisions): HTMLElement {
  const { words } = look;
  switch (request.kind) {
    case "connect":
      return frame(
        request,
        fill(words.connectTitle, { name: request.app.name }),
        connectBody(request.proof, look),
        {
          label: words.connect,
          enabled: true,
          look,
          decisions,
        },
      );
    case "signData": {
      const text = request.payload.type === "text";
      return frame(request, text ? words.signTitle : words.signBytes, signBody(request, look), {
        label: words.sign,
        enabled: true,
        look,
        decisions,
      });
    }
    case "transaction":
      return frame(request, words.payTitle, paymentBody(request, means, look), {
        label: fill(words.pay, { amount: `${coins(BigInt(request.amount), look.lang)} ${UNIT}` }),
        enabled: request.enough && !request.expired,
        look,
        decisions,
      });
  }
}

function frame(
  request: Request,
  title: string,
  body: HTMLElement,
  foot: { label: string; enabled: boolean; look: Look; decisions: Decisions },
): HTMLElement {
  const { look, decisions } = foot;
  return h(
    "section",
    { class: "sheet", role: "dialog", "aria-modal": "true", "aria-label": title, tabindex: "-1" },
    h(
      "div",
      { class: "scroll" },
      h(
        "div",
        { class: "asker" },
        picture(request.app.name, request.app.icon, "avatar big square"),
        h("h1", {}, title),
        h("p", {}, request.app.domain),
      ),
      body,
    ),
    h(
      "footer",
      {},
      h("button", { class: "button plain", type: "button", onclick: decisions.reject }, look.words.reject),
      h(
        "button",
        { class: "button filled", type: "button", disabled: !foot.enabled, onclick: decisions.approve },
        foot.label,
      ),
    ),
  );
}

function connectBody(proof: boolean, { words }: Look): HTMLElement {
  return h(
    "ul",
    { class: "list points" },
    h("li", { class: "row" }, icon("eye"), h("span", {}, words.sees)),
    proof && h("li", { class: "row" }, icon("key"), h("span", {}, words.proves)),
    h("li", { class: "row" }, icon("shield"), h("span", {}, words.never)),
  );
}

function signBody(request: Extract<Request, { kind: "signData" }>, { words }: Look): HTMLElement {
  const { text, bytes, cell, schema } = request.payload;
  return h(
    "div",
    {},
    h("pre", { class: "card text", tabindex: "0" }, text ?? bytes ?? `${schema ?? ""}\n\n${cell ?? ""}`),
    h("p", { class: "hint" }, words.signNote),
  );
}

function paymentBody(request: Payment, { now, balance }: Means, look: Look): HTMLElement {
  const { words, lang } = look;
  const amount = BigInt(request.amount);
  const fee = BigInt(request.fee);
  const money = (nano: bigint) => `${coins(nano, lang)} ${UNIT}`;
  return h(
    "div",
    {},
    h("p", { class: "sum" }, coins(amount, lang), h("small", {}, words.asset)),
    h(
      "dl",
      { class: "card" },
      ...request.messages.flatMap((message) => [
        line(words.to, recipient(message, look)),
        ...(request.messages.length > 1 ? [line(words.amount, money(BigInt(message.amount)))] : []),
      ]),
      line(words.fee, request.enough ? fill(words.feeAbout, { fee: money(fee) }) : "—"),
      line(words.total, request.enough ? money(amount + fee) : money(amount)),
      request.validUntil !== null && line(words.timeLeft, timeLeft(request.validUntil - now)),
      line(words.network, words.networkName),
    ),
    ...warnings(request, balance, look),
  );
}

function recipient(message: Payment["messages"][number], look: Look): HTMLElement {
  const href = `/explorer/address/${message.address}?${look.query}`;
  const name = nameOf(message, look.words);
  const label = name === short(message.address) ? name : `${name} · ${message.address.slice(-6)}`;
  return h("a", { href, target: "_blank", rel: "noopener", title: message.address }, label);
}

function line(name: string, value: string | HTMLElement): HTMLElement {
  return h("div", {}, h("dt", {}, name), h("dd", {}, value));
}

function timeLeft(seconds: number): string {
  const rest = Math.max(seconds, 0);
  const hours = Math.floor(rest / 3600);
  const tail = `${String(Math.floor((rest % 3600) / 60)).padStart(hours > 0 ? 2 : 1, "0")}:${String(rest % 60).padStart(2, "0")}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

function warnings(request: Payment, balance: bigint, { words, lang }: Look): HTMLElement[] {
  const warn = (text: string, level: "warn" | "stop") =>
    h("p", { class: `alert ${level}` }, icon("warn"), h("span", {}, text));
  if (request.expired) return [warn(words.expired, "stop")];
  if (!request.enough) {
    const missing = `${coins(BigInt(request.amount) + BigInt(request.fee) - balance, lang)} ${UNIT}`;
    return [warn(fill(words.notEnough, { missing }), "stop")];
  }
  const rows: HTMLElement[] = [];
  if (!request.succeeds) rows.push(warn(words.wouldFail, "warn"));
  const state = request.messages.some((message) => message.hasStateInit);
  const payload = request.messages.some((message) => message.hasPayload);
  if (state || payload) {
    const text = [payload && fill(words.hasPayload, { name: request.app.name }), state && words.hasState];
    rows.push(warn(text.filter((part) => part !== false).join(" "), "warn"));
  }
  return rows;
}
