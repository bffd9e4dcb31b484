/** Слова сделок о рекламном посте, где общие слова сказали бы слишком мало: продавец публикует, покупатель рекламирует. */
const out = { title: "Пост выйдет {{postAt, moment}}" };
const stands = { title: "Пост стоит, мы следим" };
const stood = { title: "Пост простоял свои часы" };
const broken = { title: "С постом вышло не так, как согласовано" };

export default {
  next: {
    pay: {
      buyer: {
        title: "Внесите деньги за пост в эскроу",
        body: "{{price, amount}} уйдут в контракт этой сделки, а не владельцу канала. Пост выйдет {{postAt, moment}}.",
      },
      seller: {
        title: "Ждём оплату от рекламодателя",
        body: "Пока ничего не публикуйте. Мы напишем, как только деньги будут в эскроу.",
        otherwise: "Если не оплатить вовремя, сделка закроется, а ваши часы освободятся.",
      },
    },
    pay_over: {
      seller: { otherwise: "Если его нет, сделка закроется, а ваши часы освободятся." },
    },
    deliver_bot: { buyer: out, seller: out },
    deliver_publisher: {
      buyer: out,
      seller: { title: "Опубликуйте пост {{postAt, moment}}" },
    },
    hold: { buyer: stands, seller: stands },
    verified: { buyer: stood, seller: stood },
    challenge: { buyer: broken, seller: broken },
    cancelled_open: {
      seller: { title: "Отменена", body: "Ничего не публикуйте. Ваши часы снова свободны." },
    },
    cancelled_funded: { seller: { title: "Ничего не публикуйте" } },
    expired: {
      seller: { title: "Не оплачена вовремя", body: "Сделка закрыта. Ваши часы снова свободны." },
    },
    released: { buyer: { title: "Готово", body: "Владелец канала получил деньги. Спасибо." } },
  },
  timeline: {
    delivery_seen: "Мы увидели пост в канале",
    delivered: "Пост записан в сети; деньги ждут до {{until, moment}}",
    verified: "Пост простоял свои часы, как согласовано",
    breach_seen_not_delivered: "Пост не вышел",
    breached:
      "Предложено: {{sellerPercent}} % владельцу канала за время, что пост простоял; оспорить можно до {{until, moment}}",
    released_early: "Рекламодатель отпустил деньги",
    refunded_by_seller: "Владелец канала вернул деньги",
    seller_paid: "{{amount, amount}} пришло на кошелёк владельца канала",
    buyer_paid: "{{amount, amount}} пришло на кошелёк рекламодателя",
    due_delivery: "Самый поздний срок публикации",
    due_hold: "Конец часов поста и последняя проверка",
    due_return: "Деньги вернутся рекламодателю",
  },
};
