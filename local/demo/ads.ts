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

export const POST = {
  text: "Карта дворов\n\nМы прошли сорок дворов и отметили, где тихо утром. Карта бесплатная, без регистрации.",
  entities: [{ type: "bold", offset: 0, length: 12 }],
  media: [],
  buttons: [[{ text: "Открыть карту", url: "https://dvory.example/map" }]],
};
