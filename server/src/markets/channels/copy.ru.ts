import advertising from "./advertising/copy.ru.ts";
import placements from "./placements/copy.ru.ts";

export default {
  errors: {
    ...advertising.errors,
    ...placements.errors,
    not_found: "Этого канала нет среди ваших.",
    listing_not_found: "Этого предложения больше нет.",
    not_owner: "Telegram не называет вас владельцем этого канала.",
    bot_not_admin:
      "Наш бот не администратор этого канала и не видит, кто им владеет. Добавьте бота и попробуйте снова.",
    not_a_channel: "Это не канал.",
    already_listed: "Этот канал уже выставлен на продажу.",
    in_deal: "Этот канал участвует в сделке.",
    ads_running:
      "В канале согласована или стоит реклама (постов: {{open}}), последняя — до {{until, moment}}. Продать канал можно после этого.",
    listing_closed: "Это предложение закрыто.",
    listing_reserved:
      "К сделке по этому предложению только что присоединились. Если оплаты не будет вовремя, оно откроется снова.",
    own_listing: "Это ваше собственное предложение.",
    price_too_low: "Эта цена ниже той, которую контракт может провести.",
    wallet_needed: "Сначала подключите кошелёк: сделка привязывается к его адресу.",
    seller_wallet_needed: "У продавца сейчас не подключён кошелёк. Мы попросили его подключить.",
    same_wallet: "Покупатель и продавец не могут использовать один кошелёк.",
    too_many_unpaid: "У вас три сделки ждут оплаты. Оплатите или отмените одну из них.",
    paused_after_expiries:
      "За сутки две ваши сделки остались без оплаты. Присоединиться снова можно будет завтра.",
    telegram_silent: "Telegram сейчас не отвечает. Ничего не изменилось, попробуйте чуть позже.",
    seller_lost_channel: "Telegram больше не называет продавца владельцем этого канала. Не платите.",
    channel_changed: "Канал уже не такой, каким его предложили. Не платите; сделку можно отменить.",
    picker_unknown: "Этот выбор устарел. Откройте список каналов ещё раз.",
  },
  notices: {
    ...advertising.notices,
    ...placements.notices,
    seller_wallet_needed: {
      title: "Вас ждёт покупатель",
      body: "Канал «{{title}}» хотят купить, но у вас не подключён кошелёк. Подключите его в профиле.",
      button: "Подключить кошелёк",
    },
  },
  placement_next: placements.placement_next,
  evidence: placements.evidence,
  share: advertising.share,
  bot: {
    picked: "Канал «{{title}}» добавлен. Осталось назначить цену.",
    sell: "Назначить цену",
  },
};
