/** Words of placements in Russian, spread into the market's. */
import next from "./copy-next.ru.ts";

export default {
  errors: {
    placement_not_found: "Этого размещения здесь нет. Возможно, ссылка устарела.",
    placement_not_now: "Это уже невозможно: размещение перешло на другой этап. Посмотрите, что с ним сейчас.",
    creative_changed: "Другая сторона только что предложила новую версию. Сначала посмотрите её.",
    creative_empty: "Напишите текст или добавьте фото.",
    creative_too_long: "Telegram принимает до 4096 знаков, а под фото до 1024. Сократите текст.",
    creative_entities: "Форматирование не подходит к тексту.",
    creative_link: "Одна из ссылок неверна. Она должна начинаться с https://.",
    creative_buttons:
      "Под альбомом кнопок не бывает, а в посте, который публикует сам владелец канала, их нет. Уберите кнопки.",
    creative_ad_not_yours: "Данные для маркировки указывает только рекламодатель.",
    placement_too_late: "До выхода поста осталось слишком мало времени, чтобы договориться и оплатить.",
    placement_wallet_needed: "Сначала подключите кошелёк: сделка привязывается к его адресу.",
    placement_bot_missing:
      "Наш бот больше не может публиковать в этом канале или не видит его. Владелец канала должен добавить его снова.",
    placement_channel_changed: "Канал уже не тот, о котором вы договорились. Не платите.",
    placement_not_watchable:
      "За этим постом нельзя наблюдать во всех его частях двумя независимыми способами, поэтому сделку мы не открываем. Если в канале запрещена пересылка, разрешите её; иначе оператору площадки нужно указать служебный чат.",
    edit_unreadable:
      "То, что стоит там сейчас, принять нельзя: это пост другого вида или альбом другого размера. Попросите владельца канала вернуть пост.",
    post_link_invalid: "Это не ссылка на пост в этом канале.",
    post_not_found: "Мы не видим этого поста. Проверьте ссылку или попробуйте через минуту.",
    post_not_as_agreed: "Этот пост отличается от согласованного. Исправьте его и пришлите ссылку снова.",
    post_out_of_time: "Этот пост вышел не в согласованное время.",
    checks_used_up: "Не больше трёх проверок в час. Следующая обычная проверка пройдёт сама.",
  },
  notices: {
    placement_opened_advertiser: {
      title: "Размещение согласовано: {{title}}",
      body: "Пост выйдет {{postAt, moment}}. Согласуйте его до {{until, moment}}. После этого вы внесёте оплату в эскроу.",
      button: "Пост",
    },
    placement_opened_publisher: {
      title: "Размещение согласовано: {{title}}",
      body: "Пост выйдет {{postAt, moment}}. Согласуйте его до {{until, moment}}. Затем рекламодатель внесёт оплату в эскроу.",
      button: "Пост",
    },
    placement_proposed_advertiser: {
      title: "Пост ждёт вашего решения: {{title}}",
      body: "Выход — {{postAt, moment}}. Посмотрите версию владельца канала: одобрите её или измените до {{until, moment}}.",
      button: "Посмотреть",
    },
    placement_proposed_publisher: {
      title: "Пост ждёт вашего решения: {{title}}",
      body: "Выход — {{postAt, moment}}. Посмотрите версию рекламодателя: одобрите её или измените до {{until, moment}}.",
      button: "Посмотреть",
    },
    placement_agreed_advertiser: {
      title: "Пост согласован: {{title}}",
      body: "Все условия закреплены. Внесите оплату в эскроу, чтобы пост вышел {{postAt, moment}}.",
      button: "Оплатить",
    },
    placement_agreed_publisher: {
      title: "Пост согласован: {{title}}",
      body: "Всё закреплено, выход — {{postAt, moment}}. Мы напишем, когда рекламодатель внесёт оплату в эскроу.",
      button: "Открыть",
    },
    placement_cancelled_advertiser: {
      title: "Размещение отменено: {{title}}",
      body: "Владелец канала отказался до оплаты. Никто никому ничего не должен.",
      button: "Открыть",
    },
    placement_cancelled_publisher: {
      title: "Размещение отменено: {{title}}",
      body: "Рекламодатель отказался до оплаты. Никто никому ничего не должен.",
      button: "Открыть",
    },
    placement_unagreed_advertiser: {
      title: "Не договорились: {{title}}",
      body: "Пост не согласован вовремя. Размещение закрыто, никто никому ничего не должен.",
      button: "Открыть",
    },
    placement_unagreed_publisher: {
      title: "Не договорились: {{title}}",
      body: "Пост не согласован вовремя. Размещение закрыто, никто никому ничего не должен.",
      button: "Открыть",
    },
    placement_scheduled_publisher: {
      title: "Оплачено, пост запланирован: {{title}}",
      body: "Наш бот опубликует его {{postAt, moment}}. Оставьте боту право публиковать.",
      button: "Открыть",
    },
    placement_post_due_publisher: {
      title: "Оплачено, теперь ваш ход: {{title}}",
      body: "Опубликуйте согласованный пост {{postAt, moment}}. Пост мы узнаем сами; если нет, пришлите ссылку.",
      button: "Открыть",
    },
    placement_post_refused_publisher: {
      title: "Пост не удалось отправить: {{title}}",
      body: "Telegram его не принял. Опубликуйте согласованный пост сами и пришлите ссылку, пока не прошло два часа.",
      button: "Открыть",
    },
    placement_post_unclear_publisher: {
      title: "Пост есть в вашем канале? {{title}}",
      body: "Telegram не дал ясного ответа. Если пост есть, пришлите ссылку. Дважды мы не публикуем.",
      button: "Открыть",
    },
    placement_posted_advertiser: {
      title: "Пост вышел: {{title}}",
      body: "Мы следим за ним до {{until, moment}}.",
      button: "Открыть",
    },
    placement_posted_publisher: {
      title: "Пост вышел: {{title}}",
      body: "Оставьте его как есть до {{until, moment}}. Потом вы получите оплату.",
      button: "Открыть",
    },
    placement_posted_late_advertiser: {
      title: "Пост вышел с опозданием на {{delay, span}}: {{title}}",
      body: "Согласованные часы отсчитываются с этого момента. Мы следим за ним до {{until, moment}}.",
      button: "Открыть",
    },
    placement_posted_late_publisher: {
      title: "Пост вышел с опозданием на {{delay, span}}: {{title}}",
      body: "Согласованные часы отсчитываются с этого момента. Оставьте его как есть до {{until, moment}}.",
      button: "Открыть",
    },
    placement_post_edited_advertiser: {
      title: "Пост изменили: {{title}}",
      body: "Посмотрите и примите правку или отклоните её до {{until, moment}}. Иначе это будет нарушением.",
      button: "Сравнить",
    },
    placement_post_edited_publisher: {
      title: "Пост изменили: {{title}}",
      body: "Рекламодатель решит до {{until, moment}}. Вы можете вернуть пост в прежний вид.",
      button: "Открыть",
    },
    placement_post_gone_advertiser: {
      title: "Кажется, поста нет: {{title}}",
      body: "Через несколько минут мы посмотрим ещё раз. Если поста нет, вы заплатите только за время, которое он простоял.",
      button: "Открыть",
    },
    placement_post_gone_publisher: {
      title: "Кажется, поста нет: {{title}}",
      body: "Через несколько минут мы посмотрим ещё раз. Если поста нет, вы получите только часть за время, которое он простоял.",
      button: "Открыть",
    },
    placement_post_hidden_advertiser: {
      title: "Мы больше не видим пост: {{title}}",
      body: "У владельца канала два часа, чтобы вернуть нам доступ. Потом пост будет считаться убранным.",
      button: "Открыть",
    },
    placement_post_hidden_publisher: {
      title: "Мы больше не видим ваш канал: {{title}}",
      body: "В течение двух часов верните боту права или прежнее имя канала. Потом пост будет считаться убранным.",
      button: "Открыть",
    },
    placement_post_restored_advertiser: {
      title: "Пост снова в порядке: {{title}}",
      body: "Сомнение снято, сделка продолжается.",
      button: "Открыть",
    },
    placement_post_restored_publisher: {
      title: "Пост снова в порядке: {{title}}",
      body: "Сомнение снято, сделка продолжается.",
      button: "Открыть",
    },
    placement_top_broken_advertiser: {
      title: "Над вашим постом вышел другой: {{title}}",
      body: "Выше пока ничего не должно было быть. Часть цены за потерянное время вернётся вам.",
      button: "Открыть",
    },
    placement_top_broken_publisher: {
      title: "Над рекламой вышел другой пост: {{title}}",
      body: "Выше пока ничего не должно было быть. Часть цены за потерянное время вернётся рекламодателю.",
      button: "Открыть",
    },
    placement_edit_accepted_publisher: {
      title: "Правка принята: {{title}}",
      body: "Пост засчитан в нынешнем виде.",
      button: "Открыть",
    },
    placement_edit_rejected_publisher: {
      title: "Правка отклонена: {{title}}",
      body: "Верните пост в прежний вид прямо сейчас.",
      button: "Открыть",
    },
    placement_missed_advertiser: {
      title: "Пост вышел, но контракт узнал об этом слишком поздно: {{title}}",
      body: "По условиям деньги вернутся вам {{until, moment}}. Если пост такой, как договорились, отдайте оплату в сделке или согласуйте долю.",
      button: "Открыть",
    },
    placement_missed_publisher: {
      title: "Пост вышел, но контракт узнал об этом слишком поздно: {{title}}",
      body: "{{until, moment}} деньги вернутся рекламодателю, если он не отдаст оплату или вы не согласуете долю. Держать пост вы не обязаны.",
      button: "Открыть",
    },
    placement_post_kept_publisher: {
      title: "Уберите пост сами: {{title}}",
      body: "Его время вышло и оплачено, а удалить его нашему боту Telegram не даёт.",
      button: "Открыть",
    },
  },
  placement_next: next,
  /** Kinds of evidence. */
  evidence: {
    posted: "Пост стоит в канале",
    look_alive: "Проверка: пост на месте, без изменений",
    look_edited: "Проверка: пост изменён",
    look_gone: "Проверка: поста нет",
    look_breach: "Проверка: нам закрыли доступ",
    look_unknown: "Проверка: ясного ответа нет",
    above_seen: "Один свидетель видел другой пост над этим",
    top_broken: "Над постом вышел другой",
    delivery_missed: "Контракт не узнал о посте вовремя",
    post_taken_down: "Время вышло: бот убрал пост",
    post_left: "Telegram не дал боту убрать пост",
    check_asked: "Запрошена проверка",
    edit_accepted: "Рекламодатель принял правку",
    edit_rejected: "Рекламодатель отклонил правку",
  },
};
