/** The wallet page: `/wallet?person=1002&start=…&theme=dark&lang=ru`, in a sheet of the host page or alone. */
import { Api, type Outcome, type Overview, type Request } from "./api.ts";
import { h, icon } from "./dom.ts";
import { header, home, type Look } from "./home.ts";
import { sheet } from "./sheet.ts";
import { type Lang, wordsOf } from "./words.ts";

const params = new URLSearchParams(location.search);
const lang: Lang = (params.get("lang") ?? navigator.language).startsWith("ru") ? "ru" : "en";
const theme = params.get("theme");
const start = params.get("start") ?? params.get("startapp");
/** In a sheet of the host page, which has a button to close of its own. */
const embedded = window.parent !== window;
const words = wordsOf(lang);
const look: Look = {
  words,
  lang,
  query: new URLSearchParams({ lang, ...(theme === null ? {} : { theme }) }).toString(),
};
const api = new Api(params.get("person") ?? "1001");
const root = document.getElementById("root") ?? document.body;

/** How long the tick stays before the sheet closes by itself. */
const DONE_MS = 1600;

/** True while the outcome of a decision is shown: news wait meanwhile. */
let showing = false;
let shown = "";

document.documentElement.lang = lang;
if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;

function tell(event: "close" | "pending" | "done"): void {
  if (embedded) window.parent.postMessage({ type: "souk-wallet", event }, "*");
}

async function refresh(): Promise<void> {
  if (showing) return;
  const [overview, requests, now] = await Promise.all([api.overview(), api.requests(), api.now()]);
  if (showing) return;
  const [request] = requests.toReversed();
  const key = JSON.stringify([overview, request, request?.kind === "transaction" ? now : 0]);
  if (key === shown) return;
  const scroll = document.querySelector(".scroll")?.scrollTop ?? 0;
  const focused = document.activeElement?.className;
  const fresh = request !== undefined && document.querySelector(`[data-request="${request.id}"]`) === null;
  shown = key;
  draw(overview, request, now);
  const pane = document.querySelector(".scroll");
  if (pane !== null && !fresh) {
    pane.scrollTop = scroll;
    if (focused) document.querySelector<HTMLElement>(`.${focused.split(" ").join(".")}`)?.focus();
  }
  if (fresh) {
    tell("pending");
    document.querySelector<HTMLElement>(".sheet")?.focus();
  }
}

function draw(overview: Overview, request: Request | undefined, now: number): void {
  const page = h("main", {}, header(overview.name, look), home(overview, look, api));
  root.replaceChildren(page);
  if (request === undefined) return;
  page.inert = true;
  const front = sheet(request, { now, balance: BigInt(overview.balance) }, look, {
    approve: () => void decide(request, "approve"),
    reject: () => void decide(request, "reject"),
  });
  front.dataset.request = request.id;
  root.append(front);
}

async function decide(request: Request, decision: "approve" | "reject"): Promise<void> {
  showing = true;
  for (const button of document.querySelectorAll<HTMLButtonElement>(".sheet button")) button.disabled = true;
  document.querySelector(`.sheet .${decision === "approve" ? "filled" : "plain"}`)?.classList.add("busy");
  const outcome = await api
    .decide(request.id, decision)
    .catch((): Outcome => ({ ok: false, message: words.failed }));
  if (decision === "reject") return leave();
  result(request, outcome);
  if (!outcome.ok) return;
  tell("done");
  if (start !== null || embedded) setTimeout(leave, DONE_MS);
}

function result(request: Request, outcome: Outcome): void {
  const done = { connect: words.connectedDone, transaction: words.paidDone, signData: words.signedDone }[
    request.kind
  ];
  const href = outcome.sent === undefined ? null : `/explorer/tx/${outcome.sent.hash}?${look.query}`;
  document
    .querySelector(".sheet")
    ?.replaceWith(
      h(
        "section",
        { class: "sheet result", role: "status" },
        h("span", { class: outcome.ok ? "tick" : "tick bad" }, icon(outcome.ok ? "check" : "cross")),
        h("h1", {}, outcome.ok ? done : words.failed),
        !outcome.ok && h("p", {}, outcome.message ?? ""),
        href !== null && h("a", { href, target: "_blank", rel: "noopener" }, words.inExplorer),
        h(
          "button",
          { class: "button plain", type: "button", onclick: leave },
          embedded ? words.close : words.back,
        ),
      ),
    );
}

/** Back to where the person came from: the host page if it opened us with a link, else our first screen. */
function leave(): void {
  showing = false;
  shown = "";
  if (embedded) tell("close");
  void refresh();
}

async function begin(): Promise<void> {
  api.listen(() => void refresh());
  if (start !== null) {
    const answer = await api.open(start);
    if ("error" in answer) {
      await refresh();
      showing = true;
      root.append(h("section", { class: "sheet" }));
      result({ kind: "connect" } as Request, { ok: false, message: `${words.badLink}: ${answer.error}` });
      return;
    }
  }
  await refresh();
  // Only the time that is left changes without an event.
  setInterval(() => document.querySelector(".sheet dl") !== null && void refresh(), 1000);
}

void begin();
