/** Слова входящих и бота: что случилось и с кем. */
export default {
  opened_buyer: {
    title: "Сделка открыта: {{title}}",
    body: "Внесите {{price, amount}} в эскроу, на это есть {{pay, span}}. Деньги уйдут в контракт, а не продавцу.",
    button: "Оплатить",
  },
  opened_seller: {
    title: "Есть покупатель: {{title}}",
    body: "На оплату у него {{pay, span}}. Ничего не передавайте, пока мы не напишем, что деньги в эскроу.",
    button: "Открыть сделку",
  },
  funded_buyer: {
    title: "В эскроу: {{title}}",
    body: "Ваши {{price, amount}} в эскроу. Продавец передаёт покупку до {{until, moment}}, иначе всё вернётся вам.",
    button: "Открыть сделку",
  },
  funded_seller: {
    title: "В эскроу: {{title}}",
    body: "{{price, amount}} в эскроу. Передайте покупку до {{until, moment}}, иначе деньги вернутся покупателю.",
    button: "Что делать",
  },
  delivered_buyer: {
    title: "Передано: {{title}}",
    body: "Мы увидели передачу. Проверьте. Если ничего не делать, продавец получит деньги {{until, moment}}.",
    button: "Проверить",
  },
  delivered_seller: {
    title: "Видим передачу: {{title}}",
    body: "Удержание до {{until, moment}}. Если ничего не случится, тогда вы получите деньги.",
    button: "Открыть сделку",
  },
  verified_buyer: {
    title: "Проверено ещё раз: {{title}}",
    body: "Всё так, как передано. Продавец получит деньги {{until, moment}}.",
    button: "Открыть сделку",
  },
  verified_seller: {
    title: "Проверено ещё раз: {{title}}",
    body: "Всё так, как передано. Вы получите деньги {{until, moment}}.",
    button: "Открыть сделку",
  },
  breached_buyer: {
    title: "Условия не соблюдены: {{title}}",
    body: "{{buyerPercent}} % цены вернётся вам {{until, moment}}, если никто не оспорит.",
    button: "Открыть сделку",
  },
  breached_seller: {
    title: "Условия не соблюдены: {{title}}",
    body: "{{buyerPercent}} % цены вернётся покупателю {{until, moment}}. Если это неверно, откройте спор раньше.",
    button: "Открыть сделку",
  },
  disputed_buyer: {
    title: "Спор: {{title}}",
    body: "Часы остановлены. Арбитр решает до {{until, moment}}. Договориться с продавцом ещё можно.",
    button: "Открыть сделку",
  },
  disputed_seller: {
    title: "Спор: {{title}}",
    body: "Часы остановлены. Арбитр решает до {{until, moment}}. Договориться с покупателем ещё можно.",
    button: "Открыть сделку",
  },
  disputed_arbiter: {
    title: "Решите спор: {{title}}",
    body: "Стороны ждут вас до {{until, moment}}.",
    button: "Открыть дело",
  },
  statement_buyer: {
    title: "Другая сторона написала: {{title}}",
    body: "В споре новое заявление. Вы можете ответить.",
    button: "Прочитать",
  },
  statement_seller: {
    title: "Другая сторона написала: {{title}}",
    body: "В споре новое заявление. Вы можете ответить.",
    button: "Прочитать",
  },
  statement_arbiter: {
    title: "Новое заявление: {{title}}",
    body: "Одна из сторон написала вам.",
    button: "Открыть дело",
  },
  offered_buyer: {
    title: "Продавец предлагает разделить: {{title}}",
    body: "{{buyerPercent}} % цены вам, {{sellerPercent}} % продавцу. Если вы согласны, выплата сразу.",
    button: "Посмотреть",
  },
  offered_seller: {
    title: "Покупатель предлагает разделить: {{title}}",
    body: "{{sellerPercent}} % цены вам, {{buyerPercent}} % покупателю. Если вы согласны, выплата сразу.",
    button: "Посмотреть",
  },
  released_buyer: {
    title: "Готово: {{title}}",
    body: "Продавец получил деньги. Спасибо.",
    button: "Квитанция",
  },
  released_seller: {
    title: "Вам выплачено: {{title}}",
    body: "{{amount, amount}} пришло на ваш кошелёк.",
    button: "Квитанция",
  },
  refunded_buyer: {
    title: "Деньги возвращены: {{title}}",
    body: "{{amount, amount}} снова на вашем кошельке.",
    button: "Квитанция",
  },
  refunded_seller: {
    title: "Деньги возвращены: {{title}}",
    body: "Сумма вернулась покупателю. Сделка закрыта.",
    button: "Открыть сделку",
  },
  split_buyer: {
    title: "Сумма разделена: {{title}}",
    body: "{{amount, amount}} вернулось вам, {{sellerPercent}} % цены получил продавец.",
    button: "Квитанция",
  },
  split_seller: {
    title: "Сумма разделена: {{title}}",
    body: "{{amount, amount}} пришло на ваш кошелёк, {{buyerPercent}} % цены вернулось покупателю.",
    button: "Квитанция",
  },
  cancelled_buyer: {
    title: "Отменена: {{title}}",
    body: "Сделку отменили до оплаты. Ничего не отправляйте; платёж в пути вернётся.",
    button: "Открыть сделку",
  },
  cancelled_seller: {
    title: "Отменена: {{title}}",
    body: "Сделку отменили до оплаты. Ничего не передавайте.",
    button: "Открыть сделку",
  },
  cancelled_funded_buyer: {
    title: "Оплачено после отмены: {{title}}",
    body: "Ваш платёж пришёл в отменённую сделку. Мы возвращаем его, от вас ничего не нужно.",
    button: "Открыть сделку",
  },
  cancelled_funded_seller: {
    title: "Оплачено после отмены: {{title}}",
    body: "Ничего не передавайте: платёж возвращается покупателю. Вы можете вернуть его сразу.",
    button: "Открыть сделку",
  },
  expired_buyer: {
    title: "Не оплачена вовремя: {{title}}",
    body: "Сделка закрыта, никто никому не должен.",
    button: "Открыть сделку",
  },
  expired_seller: {
    title: "Не оплачена вовремя: {{title}}",
    body: "Покупатель не заплатил. Ваше объявление снова свободно.",
    button: "Открыть сделку",
  },
  payment_short_buyer: {
    title: "Платёж меньше нужного: {{title}}",
    body: "{{amount, amount}} вернулось вам. Оплатите со страницы сделки, одним переводом.",
    button: "Открыть сделку",
  },
  payment_late_buyer: {
    title: "Платёж опоздал: {{title}}",
    body: "Время на оплату вышло. {{amount, amount}} вернулось вам.",
    button: "Открыть сделку",
  },
  payment_repeated_buyer: {
    title: "Оплачено дважды: {{title}}",
    body: "Засчитан первый платёж. Из второго {{amount, amount}} вернулось вам.",
    button: "Открыть сделку",
  },
  payment_stranger_buyer: {
    title: "Платёж с другого кошелька: {{title}}",
    body: "{{amount, amount}} пришло не с кошелька сделки и вернулось туда же. Платите с кошелька, который вы подключили.",
    button: "Открыть сделку",
  },
  payment_refused_buyer: {
    title: "Платёж возвращён: {{title}}",
    body: "Контракт не принял платёж; {{amount, amount}} возвращено.",
    button: "Открыть сделку",
  },
  payment_returned_seller: {
    title: "Платёж возвращён: {{title}}",
    body: "Контракт отправил {{amount, amount}} обратно. Состояние сделки не изменилось.",
    button: "Открыть сделку",
  },
  stuck_buyer: {
    title: "Проверяем выплату: {{title}}",
    body: "Контракт выплатил, но мы не видели, что деньги пришли. Разбираемся.",
    button: "Открыть сделку",
  },
  stuck_seller: {
    title: "Проверяем выплату: {{title}}",
    body: "Контракт выплатил, но мы не видели, что деньги пришли. Разбираемся.",
    button: "Открыть сделку",
  },
};
