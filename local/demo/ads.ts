/** What the people of the local world advertise, and the channels that take it. Prices in GRAM; made up, like the channels. */

export type DemoFormat = "1/24" | "2/48" | "3/72";
export type DemoAdChannel = {
  readonly username: string;
  readonly categories: readonly string[];
  readonly language: "ru" | "en";
  readonly slots: readonly {
    readonly format: DemoFormat;
    /** GRAM; a decimal string. */
    readonly price: string;
    readonly hours?: { readonly from: string; readonly to: string; readonly timeZone: string };
    readonly forbiddenTopics?: readonly string[];
    readonly note?: string;
  }[];
};

const moscow = { from: "09:00", to: "21:00", timeZone: "Europe/Moscow" };

export const AD_CHANNELS: readonly DemoAdChannel[] = [
  {
    username: "ton_weekly",
    categories: ["crypto", "technology"],
    language: "en",
    slots: [
      { format: "1/24", price: "40", note: "No token sales, please: our readers check." },
      { format: "2/48", price: "65", forbiddenTopics: ["gambling", "investments"] },
    ],
  },
  {
    username: "city_windows",
    categories: ["lifestyle"],
    language: "ru",
    slots: [
      { format: "1/24", price: "9.5" },
      { format: "3/72", price: "16", hours: moscow, note: "Лучше всего читают вечером, до девяти." },
    ],
  },
  {
    username: "home_kitchen_ru",
    categories: ["food", "lifestyle"],
    language: "ru",
    slots: [{ format: "1/24", price: "22", forbiddenTopics: ["alcohol", "supplements", "gambling"] }],
  },
  {
    username: "slow_travel",
    categories: ["travel"],
    language: "en",
    slots: [{ format: "2/48", price: "18.5" }],
  },
  {
    username: "frontend_brew",
    categories: ["technology", "education"],
    language: "en",
    slots: [{ format: "1/24", price: "27" }],
  },
  {
    username: "plant_neighbours",
    categories: ["lifestyle", "education"],
    language: "ru",
    slots: [{ format: "1/24", price: "4" }],
  },
];

export type DemoCampaign = {
  readonly advertiser: number;
  readonly title: string;
  readonly brief: string;
  readonly categories: readonly string[];
  readonly languages: readonly string[];
  readonly formats: readonly DemoFormat[];
  readonly budget: string;
  readonly priceMax: string | null;
};

export const CAMPAIGNS: readonly DemoCampaign[] = [
  {
    advertiser: 1008,
    title: "Ночные поезда: билеты на зиму",
    brief:
      "Маршруты, в которых ночь экономит день. Спокойный тон, без восклицаний и без слова «дешёвый». Читатель должен захотеть посмотреть карту.",
    categories: ["travel", "lifestyle"],
    languages: ["ru", "en"],
    formats: ["1/24", "2/48"],
    budget: "150",
    priceMax: "25",
  },
  {
    advertiser: 1011,
    title: "A kitchen scale that remembers",
    brief:
      "For people who cook from recipes and bake bread. One photo of flour is worth more than three of the scale.",
    categories: ["food", "lifestyle"],
    languages: [],
    formats: ["1/24"],
    budget: "90",
    priceMax: null,
  },
  {
    advertiser: 1013,
    title: "Code review course, autumn group",
    brief:
      "Six weeks, real pull requests, twelve seats. Say that the first lesson is free and that we never call anybody.",
    categories: ["technology", "education"],
    languages: ["en"],
    formats: ["1/24", "3/72"],
    budget: "240",
    priceMax: "40",
  },
];

export type DemoPost = {
  readonly text: string;
  readonly entities: readonly { readonly type: string; readonly offset: number; readonly length: number }[];
  readonly media: readonly never[];
  readonly buttons: readonly (readonly { readonly text: string; readonly url: string }[])[];
};

export const POST: DemoPost = {
  text: "Карта дворов\n\nМы прошли сорок дворов и отметили, где тихо утром. Карта бесплатная, без регистрации.",
  entities: [{ type: "bold", offset: 0, length: 12 }],
  media: [],
  buttons: [[{ text: "Открыть карту", url: "https://dvory.example/map" }]],
};

type Review = { readonly stars: number; readonly text: string };
/** An advertisement of the past, and what the two said of each other. */
export type Ran = {
  readonly username: string;
  readonly advertiser: number;
  readonly post: DemoPost;
  /** By the advertiser of the channel. */
  readonly said: Review;
  /** By the publisher of the advertiser. */
  readonly answered: Review;
};

/** Alina's own channel that takes advertising, and what waits for her there. */
export const ALINAS: DemoAdChannel & {
  readonly offer: { readonly advertiser: number; readonly price: string; readonly message: string };
} = {
  username: "quiet_shelf",
  categories: ["education", "art"],
  language: "ru",
  slots: [
    { format: "1/24", price: "6", note: "Книги, чай, свет. Без ставок и без «срочно»." },
    { format: "2/48", price: "10", hours: moscow },
  ],
  offer: {
    advertiser: 1008,
    price: "5.5",
    message: "Книжный вагон в ночном поезде: ваши читатели поймут. Можно в выходной?",
  },
};

export const RAN: readonly Ran[] = [
  {
    username: "ton_weekly",
    advertiser: 1013,
    post: {
      text: "Read code like a reviewer\n\nSix weeks, real pull requests, twelve seats. The first lesson is free.",
      entities: [{ type: "bold", offset: 0, length: 25 }],
      media: [],
      buttons: [[{ text: "See the plan", url: "https://review.example/plan" }]],
    },
    said: { stars: 5, text: "Out to the minute, and four people came with good questions." },
    answered: { stars: 5, text: "A post that needed no changes." },
  },
  {
    username: "city_windows",
    advertiser: 1008,
    post: {
      text: "Ночь в поезде — это день в городе\n\nЧетырнадцать маршрутов, в которых ночь экономит день.",
      entities: [{ type: "italic", offset: 0, length: 33 }],
      media: [],
      buttons: [[{ text: "Открыть карту", url: "https://trains.example/map" }]],
    },
    said: { stars: 4, text: "Вышло вовремя и простояло сутки. Просмотров чуть меньше, чем обычно." },
    answered: { stars: 5, text: "Спокойный текст, ничего не пришлось править." },
  },
  {
    username: "quiet_shelf",
    advertiser: 1011,
    post: {
      text: "Весы, которые помнят рецепт\n\nДля тех, кто печёт хлеб по граммам и не хочет считать дважды.",
      entities: [{ type: "bold", offset: 0, length: 27 }],
      media: [],
      buttons: [[{ text: "Посмотреть весы", url: "https://scale.example" }]],
    },
    said: { stars: 5, text: "Тихий канал, внимательные читатели. Вернёмся." },
    answered: { stars: 4, text: "Договорились быстро, текст прислали со второго раза." },
  },
];

export const BORIS_CAMPAIGN = {
  title: "A reading club in a small town",
  brief:
    "We meet on Thursdays and read one short book a month. Say it as you would to a neighbour; the address is in the button.",
  categories: ["education", "lifestyle"],
  languages: ["ru", "en"],
  formats: ["1/24", "2/48"],
  budget: "60",
  draft: {
    title: "For the first meeting",
    text: "Thursday, seven in the evening\n\nOne short book, tea, and nobody who has to have finished it.",
    entities: [{ type: "bold", offset: 0, length: 30 }],
    buttons: [[{ text: "Where it is", url: "https://club.example" }]],
  },
  /** Who offers a place, and at what price. */
  answeredBy: "plant_neighbours",
  price: "4",
  message: "Наши соседи читают. В четверг с утра подойдёт?",
} as const;
