/** What stands under each scene of the story. */
import type { LocalText } from "./story-parts.ts";

const text = (ru: string, en: string): LocalText => ({ ru, en });

export const ALINA_WRITES = text(
  "Алина хочет продать канал и пишет боту. Регистрироваться не нужно.",
  "Alina wants to sell a channel and writes to the bot. There is nothing to register for.",
);
export const BORIS_WRITES = text(
  "Борис ищет канал и тоже начинает с бота.",
  "Boris is looking for a channel, and begins with the bot too.",
);
export const CHOOSES_LANGUAGE = text("Бот спрашивает язык.", "The bot asks for a language.");
export const CONNECTS = text(
  "Подключает кошелёк. Подпись доказывает, чей он; денег она не тратит.",
  "Connects a wallet. The signature proves whose it is, and spends nothing.",
);
export const PICKS = text(
  "Выбирает канал в самом Telegram. Бот становится администратором, Souk проверяет, кто владелец.",
  "Picks the channel in Telegram itself. The bot becomes administrator, and Souk checks who the owner is.",
);
export const OFFERS = text(
  "Называет цену: 25 GRAM. Предложение на рынке, у него есть код и ссылка.",
  "Names a price: 25 GRAM. The offer is on the market, with a code and a link.",
);
export const FINDS = text("Борис видит его первым в списке.", "Boris sees it at the top of the list.");
export const READS = text(
  "Что входит, кто платит комиссию, каждый срок и что будет, если что-то пойдёт не так.",
  "What is included, who bears the fee, every deadline, and what happens if anything goes wrong.",
);
export const JOINS = text(
  "Вступает в сделку. Условия и адрес контракта с этой минуты неизменны.",
  "Joins the deal. Its terms and the contract's address are fixed from now on.",
);
export const PAYS = text(
  "Один перевод из кошелька. Деньги идут в контракт, не к нам.",
  "One payment from the wallet. The money goes to the contract, not to us.",
);
export const LOCKED = text(
  "Оба телефона видят: деньги в эскроу. Теперь ход Алины.",
  "Both phones see it: the money is in escrow. It is Alina's move.",
);
export const TRANSFERS = text(
  "Алина передаёт канал в Telegram. Souk в этом не участвует, он только смотрит.",
  "Alina transfers the channel in Telegram. Souk takes no part in it, it only looks.",
);
export const SEEN = text(
  "Souk видит нового владельца. Начинаются сутки, за которые Борис может всё проверить.",
  "Souk sees the new owner. A day begins in which Boris can check everything.",
);
export const DAY_PASSES = text(
  "Проходят почти сутки. Souk смотрит второй раз: владелец всё ещё Борис.",
  "Almost a day passes. Souk looks a second time: Boris is still the owner.",
);
export const PAID = text(
  "Срок вышел, и контракт платит: 97 % Алине, 3 % комиссии, остаток сбора Борису.",
  "Time is up and the contract pays: 97 % to Alina, 3 % fee, the rest of the gas to Boris.",
);
export const RECEIPT = text(
  "Квитанция остаётся у обоих, и каждая строка открывается в обозревателе сети.",
  "Both keep a receipt, and each of its lines opens in the chain's explorer.",
);
