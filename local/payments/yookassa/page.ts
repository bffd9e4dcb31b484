/** The provider's page, on which a person pays or does not. No card is asked for: what is typed nowhere can leak nowhere. */
import type { Kept, Method } from "./objects.ts";

type Language = "ru" | "en";
const words = {
  ru: {
    title: "Оплата",
    pretended: "Это стенд вместо ЮKassa. Деньги не списываются.",
    shop: "Магазин",
    how: "Способ оплаты",
    bank_card: "Банковская карта",
    sbp: "Система быстрых платежей",
    yoo_money: "Кошелёк ЮMoney",
    pay: "Оплатить",
    troubles: "А если что-то пойдёт не так",
    decline: "Банк откажет",
    poor: "На карте не хватит денег",
    paid: "Оплачено",
    paidText: "Магазин уже знает. Можно вернуться.",
    failed: "Платёж не прошёл",
    failedText: "Деньги не списаны. Вернитесь и попробуйте ещё раз.",
    back: "Вернуться в магазин",
    gone: "Такого платежа нет",
  },
  en: {
    title: "Payment",
    pretended: "This stands in for YooKassa. No money is taken.",
    shop: "Shop",
    how: "How to pay",
    bank_card: "Bank card",
    sbp: "Faster Payments (SBP)",
    yoo_money: "YooMoney wallet",
    pay: "Pay",
    troubles: "And if something goes wrong",
    decline: "The bank declines",
    poor: "Not enough money on the card",
    paid: "Paid",
    paidText: "The shop knows. You can go back.",
    failed: "The payment did not go through",
    failedText: "No money was taken. Go back and try again.",
    back: "Back to the shop",
    gone: "There is no such payment",
  },
} as const;

const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const safe = (text: string): string => text.replace(/[&<>"']/g, (one) => escapes[one] ?? one);

export const languageOf = (request: Request): Language =>
  /^ru\b/i.test(request.headers.get("accept-language") ?? "") ? "ru" : "en";

export function checkoutPage({ object, ways, returnUrl }: Kept, language: Language): string {
  const say = words[language];
  const sum = new Intl.NumberFormat(language, { style: "currency", currency: object.amount.currency }).format(
    Number(object.amount.value),
  );
  const head = `<p class="sum">${safe(sum)}</p><p class="what">${safe(object.description ?? "")}</p>`;
  if (object.status === "pending") return page(language, say.title, `${head}${form(ways, language, sum)}`);
  const isPaid = object.status !== "canceled";
  return page(
    language,
    isPaid ? say.paid : say.failed,
    `${head}<div class="result ${isPaid ? "good" : "bad"}"><h1>${isPaid ? say.paid : say.failed}</h1>
<p>${isPaid ? say.paidText : say.failedText}</p></div>${backLink(returnUrl, language)}`,
  );
}

const backLink = (url: string, language: Language): string =>
  /^https?:\/\//.test(url) ? `<a class="button" href="${safe(url)}">${words[language].back}</a>` : "";

export const gonePage = (language: Language): string =>
  page(language, words[language].gone, `<div class="result bad"><h1>${words[language].gone}</h1></div>`);

function form(ways: readonly Method[], language: Language, sum: string): string {
  const say = words[language];
  const choices = ways.map(
    (way, index) =>
      `<label class="way"><input type="radio" name="way" value="${way}"${index === 0 ? " checked" : ""}><span>${say[way]}</span></label>`,
  );
  return `<form method="post"><p class="label" id="how">${say.how}</p>
<div class="ways" role="radiogroup" aria-labelledby="how">${choices.join("")}</div>
<button class="button" name="outcome" value="pay">${say.pay} ${safe(sum)}</button>
<p class="label">${say.troubles}</p>
<button class="plain" name="outcome" value="general_decline">${say.decline}</button>
<button class="plain" name="outcome" value="insufficient_funds">${say.poor}</button></form>`;
}

const page = (language: Language, title: string, inside: string): string => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="icon" href="data:,"><style>${style}</style></head>
<body><main><p class="mark">YooKassa <span>local</span></p>${inside}<p class="note">${words[language].pretended}</p></main></body></html>`;

const style = `:root{color-scheme:light dark;--page:#f2f3f7;--card:#fff;--text:#16181d;--hint:#62666f;--line:#dfe2e8;--accent:#0b5bd3;--good:#12733c;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{--page:#101114;--card:#1b1d22;--text:#f2f3f5;--hint:#a2a7b1;--line:#33363d;--accent:#0b5bd3;--good:#5fd28d;--bad:#ff8a80}}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--text);font:17px/1.4 system-ui,sans-serif}
main{max-width:420px;min-height:100vh;margin:0 auto;padding:24px 16px;display:flex;flex-direction:column;gap:12px}
.mark{margin:0;font-weight:700}.mark span{margin-left:6px;padding:2px 8px;border-radius:8px;background:var(--line);font-size:13px;font-weight:500}
.sum{margin:16px 0 0;font-size:34px;font-weight:700;font-variant-numeric:tabular-nums}.what{margin:0;color:var(--hint)}
form{display:flex;flex-direction:column;gap:12px;margin-top:12px}.ways{border-radius:14px;overflow:hidden}
.label{margin:16px 0 0;color:var(--hint);font-size:14px}.way{display:flex;gap:12px;align-items:center;min-height:52px;padding:0 16px;background:var(--card)}
.way+.way{border-top:1px solid var(--line)}.way input{width:20px;height:20px;accent-color:var(--accent)}
.button,.plain{min-height:50px;padding:12px 16px;border:0;border-radius:14px;font:600 17px/1.3 system-ui,sans-serif;text-align:center;text-decoration:none;cursor:pointer}
.button{background:var(--accent);color:#fff}.plain{background:var(--card);color:var(--text);font-weight:400}
.result{padding:20px;border-radius:14px;background:var(--card)}
h1{margin:0;font-size:22px}.result p{margin:8px 0 0;color:var(--hint)}.good h1{color:var(--good)}.bad h1{color:var(--bad)}
.note{margin:auto 0 0;color:var(--hint);font-size:13px;text-align:center}`;
