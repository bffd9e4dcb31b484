/** The wallet page in two languages, and its numbers. */

export type Lang = "en" | "ru";

const en = {
  wallet: "Local wallet",
  close: "Close",
  copy: "Copy address",
  copied: "Copied",
  asset: "GRAM (ex-TON)",
  notDeployed: "This wallet was never used. Its contract appears on the chain with the first payment.",
  get: "Get 100 test coins",
  got: "On the way",
  explorer: "Explorer",
  sites: "Connected sites",
  noSites: "No site is connected. A site asks here before it sees anything.",
  disconnect: "Disconnect",
  history: "History",
  noHistory: "Payments will appear here.",
  escrow: "Escrow contract",
  operator: "Souk's operator contract",
  received: "Received",
  sent: "Sent",
  returned: "Returned",
  pending: "confirming",
  connectTitle: "Connect to {name}?",
  sees: "It will see your address and balance",
  proves: "It will get a signature that this address is yours",
  never: "It cannot move money without your approval",
  payTitle: "Confirm the payment",
  signTitle: "Sign this text?",
  signBytes: "Sign this data?",
  to: "To",
  amount: "Amount",
  fee: "Network fee",
  feeAbout: "≈ {fee}",
  total: "Total",
  network: "Network",
  networkName: "Local chain, no real money",
  timeLeft: "Valid for",
  hasPayload: "Carries instructions for a contract. Approve only if you trust {name}.",
  hasState: "Also deploys the contract that it pays to.",
  wouldFail: "A contract on the way would refuse this payment now and return the money.",
  notEnough: "Not enough coins: {missing} are missing.",
  expired: "The time for this payment is over. Ask the site for a new one.",
  signNote: "A signature moves no money. It proves that you agreed to exactly this text.",
  reject: "Reject",
  connect: "Connect",
  pay: "Pay {amount}",
  sign: "Sign",
  connectedDone: "Connected",
  paidDone: "Sent to the network",
  signedDone: "Signed",
  inExplorer: "Open in the explorer",
  failed: "Nothing was sent",
  badLink: "The link cannot be opened",
  back: "Back to the wallet",
  pretend: "Demo wallet of this machine. No real money moves.",
};

export type Words = typeof en;

const ru: Words = {
  wallet: "Локальный кошелёк",
  close: "Закрыть",
  copy: "Скопировать адрес",
  copied: "Скопировано",
  asset: "GRAM (ex-TON)",
  notDeployed: "Этим кошельком ещё не пользовались. Его контракт появится в сети с первым платежом.",
  get: "Получить 100 тестовых монет",
  got: "Уже в пути",
  explorer: "Обозреватель",
  sites: "Подключённые сайты",
  noSites: "Нет подключённых сайтов. Сайт спросит здесь, прежде чем что-нибудь увидит.",
  disconnect: "Отключить",
  history: "История",
  noHistory: "Здесь появятся платежи.",
  escrow: "Эскроу-контракт",
  operator: "Операторский контракт Souk",
  received: "Получено",
  sent: "Отправлено",
  returned: "Возвращено",
  pending: "подтверждается",
  connectTitle: "Подключить {name}?",
  sees: "Сайт увидит ваш адрес и баланс",
  proves: "Сайт получит подпись, что этот адрес ваш",
  never: "Без вашего согласия деньги не двинутся",
  payTitle: "Подтвердите платёж",
  signTitle: "Подписать этот текст?",
  signBytes: "Подписать эти данные?",
  to: "Кому",
  amount: "Сумма",
  fee: "Комиссия сети",
  feeAbout: "≈ {fee}",
  total: "Всего",
  network: "Сеть",
  networkName: "Локальная, деньги не настоящие",
  timeLeft: "Действует ещё",
  hasPayload: "Содержит указания для контракта. Соглашайтесь, только если доверяете {name}.",
  hasState: "Заодно размещает контракт, которому платит.",
  wouldFail: "Контракт по пути сейчас отклонил бы этот платёж и вернул деньги.",
  notEnough: "Не хватает монет: нужно ещё {missing}.",
  expired: "Время этого платежа вышло. Запросите на сайте новый.",
  signNote: "Подпись не двигает денег. Она доказывает, что вы согласились именно с этим текстом.",
  reject: "Отклонить",
  connect: "Подключить",
  pay: "Заплатить {amount}",
  sign: "Подписать",
  connectedDone: "Подключено",
  paidDone: "Отправлено в сеть",
  signedDone: "Подписано",
  inExplorer: "Открыть в обозревателе",
  failed: "Ничего не отправлено",
  badLink: "Ссылку не удалось открыть",
  back: "К кошельку",
  pretend: "Демо-кошелёк этой машины. Настоящих денег здесь нет.",
};

export function wordsOf(lang: Lang): Words {
  return lang === "ru" ? ru : en;
}

export function fill(text: string, values: Record<string, string>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

const NANO = 1_000_000_000n;

/** Nanograms as coins: four digits behind the point, more only for sums that would vanish otherwise. */
export function coins(nano: bigint, lang: Lang): string {
  const sign = nano < 0n ? "−" : "";
  const value = nano < 0n ? -nano : nano;
  const digits = value !== 0n && value < NANO / 1000n ? 6 : 4;
  const unit = 10n ** BigInt(9 - digits);
  const rounded = (value + unit / 2n) / unit;
  const whole = rounded / 10n ** BigInt(digits);
  const rest = (rounded % 10n ** BigInt(digits)).toString().padStart(digits, "0").replace(/0+$/, "");
  const point = lang === "ru" ? "," : ".";
  const grouped = whole.toString().replaceAll(/\B(?=(\d{3})+$)/g, "\u202f");
  return `${sign}${grouped}${rest === "" ? "" : point + rest}`;
}

export function short(address: string): string {
  return `${address.slice(0, 6)}…${address.slice(-6)}`;
}
