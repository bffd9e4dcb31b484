/** What the people of the local world offer. Prices in GRAM; made up, like the channels (local/telegram/world/seed-channels.ts). */

export type DemoOffer = {
  readonly username: string | null;
  readonly title: string;
  readonly description: string;
  readonly category: string;
  /** GRAM; a decimal string. */
  readonly price: string;
  readonly visibility: "public" | "private";
};

const offer = (
  username: string | null,
  category: string,
  price: string,
  title: string,
  description: string,
  visibility: DemoOffer["visibility"] = "public",
): DemoOffer => ({
  username,
  category,
  price,
  title,
  description,
  visibility,
});

export const OFFERS: readonly DemoOffer[] = [
  offer(
    "ton_weekly",
    "crypto",
    "4200",
    "TON Weekly, four years without a gap",
    "Weekly digest of the network, written by hand. Half of the readers come from search. Two standing advertisers stay if you keep the Friday slot.",
  ),
  offer(
    "city_windows",
    "lifestyle",
    "980",
    "Окна города: спокойный канал о жизни дворов",
    "Читатели 25-40, Москва и Петербург. Контент на месяц вперёд передаю вместе с каналом.",
  ),
  offer(
    "plant_neighbours",
    "lifestyle",
    "310",
    "Соседи по подоконнику",
    "Комнатные растения без снобизма. Много вопросов в комментариях, связанная группа передаётся вместе.",
  ),
  offer(
    "frontend_brew",
    "technology",
    "2150.5",
    "Frontend Brew: daily notes for web developers",
    "English, organic growth, no giveaways ever. Two-thirds of posts are evergreen.",
  ),
  offer(
    "sql_morning",
    "technology",
    "640",
    "SQL по утрам",
    "Один запрос в день, разбор в комментариях. Автор готов вести рубрику ещё три месяца.",
  ),
  offer(
    "slow_travel",
    "travel",
    "1490",
    "Slow travel, a quiet channel with loyal readers",
    "Long reads on trains and small towns. Open rate stays above forty percent.",
  ),
  offer(
    "world_maps",
    "education",
    "5600",
    "World maps: a map a day",
    "Large international audience, bilingual captions, archive of 1 900 maps with sources.",
  ),
  offer(
    "home_kitchen_ru",
    "food",
    "2890",
    "Домашняя кухня",
    "Рецепты из обычного магазина. Аудитория платёжеспособная, реклама расписана на две недели.",
  ),
  offer(
    "school_of_light",
    "education",
    "250",
    "Школа света",
    "Маленький канал о свете в фотографии. Продаю, потому что переезжаю в другой проект.",
  ),
  offer(
    "run_club",
    "sport",
    "540",
    "Беговой клуб",
    "Тренировки, маршруты, забеги. Чат клуба привязан к каналу и переходит новому владельцу.",
  ),
  offer(
    "court_side",
    "sport",
    "820.75",
    "Courtside: basketball without noise",
    "Short game notes in English. Growth from reposts only.",
  ),
  offer(
    "vinyl_room",
    "music",
    "1130",
    "Vinyl room",
    "Records, labels, listening notes. The readers buy what is recommended.",
  ),
  offer(
    "indie_tapes",
    "music",
    "190",
    "Indie tapes",
    "Небольшой канал о независимых релизах, живая аудитория.",
  ),
  offer(
    "lens_diary",
    "art",
    "705",
    "Дневник объектива",
    "Фотоистории раз в два дня. Права на тексты передаются, фотографии остаются авторам.",
  ),
  offer("sea_letters", "travel", "330", "Письма с моря", "Тихий канал о море. Почти нет отписок."),
  offer(
    "budget_table",
    "business",
    "2480",
    "Личный бюджет",
    "Понятные таблицы и привычки. Запрещённых тем нет, вся реклама помечена.",
  ),
  offer(
    "design_crit",
    "art",
    "1375",
    "Design crit",
    "One interface a day, taken apart kindly. English, senior audience.",
  ),
  offer(
    "market_bags",
    "other",
    "420",
    "Полезные сумки",
    "Находки и подборки. Партнёрские договоры можно переоформить.",
  ),
  offer(
    null,
    "crypto",
    "160",
    "Закрытый клуб коллекционеров",
    "Закрытый канал, вход по ссылке. Передаётся вместе со списком правил.",
    "private",
  ),
  offer(
    "parents_pause",
    "education",
    "1010",
    "Пауза для родителей",
    "Короткие тексты для усталых родителей. Очень бережная аудитория.",
  ),
  offer(
    "night_trains",
    "travel",
    "275",
    "Night trains",
    "Timetables, cabins and views from the window. Small, precise, growing.",
  ),
  offer(
    "small_gardens",
    "lifestyle",
    "365",
    "Маленькие сады",
    "Огород на шести сотках, без советов из девяностых.",
  ),
  offer(
    "chess_minutes",
    "games",
    "590",
    "Chess minutes",
    "One position a day with the answer in the evening. Bilingual.",
  ),
  offer(
    "quiet_cinema",
    "entertainment",
    "760",
    "Тихое кино",
    "Фильмы, которые не пересказывают. Передаю с архивом рецензий.",
  ),
  offer(
    "paper_boats",
    "art",
    "145",
    "Paper boats",
    "Illustrations and sketches, weekly. A good start for an artist.",
  ),
  offer(
    "honest_health",
    "health",
    "905",
    "Про здоровье честно",
    "Пишет врач, все источники указаны. Новому владельцу помогу с передачей дел.",
  ),
  offer(
    "office_humor",
    "humor",
    "480",
    "Офисные истории",
    "Смешное из переписок, присланное читателями. Модерирую вручную.",
  ),
  offer(
    "local_news_digest",
    "news",
    "1250",
    "Дайджест района",
    "Новости пяти районов за день, без сплетен. Есть договор с типографией о листке.",
  ),
];
