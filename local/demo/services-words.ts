/** Who needed help in the local world, and what was said of who came. Made up, like everybody here. */

export type DemoOrder = {
  readonly customer: number;
  readonly category: string;
  readonly description: string;
  readonly city: string;
  readonly contact: string;
  readonly location?: { readonly latitude: number; readonly longitude: number };
  readonly takenBy?: readonly number[];
};
type Past = {
  readonly order: DemoOrder;
  readonly executor: number;
  readonly review: { readonly stars: number; readonly text: string } | null;
};

let lines = 0;
/** Nobody's number: every order has its own. */
const line = (): string => {
  lines += 1;
  return `+7900555${String(lines).padStart(4, "0")}`;
};

const order = (
  customer: number,
  category: string,
  city: string,
  description: string,
  more: Pick<DemoOrder, "location" | "takenBy"> = {},
): DemoOrder => ({ customer, category, city, description, contact: line(), ...more });

export const PAST: readonly Past[] = [
  {
    order: order(
      1008,
      "plumbing",
      "Москва",
      "Сорвало гибкую подводку под раковиной, воду перекрыли, нужен сантехник.",
    ),
    executor: 1005,
    review: { stars: 5, text: "Приехал через двадцать минут, всё заменил и убрал за собой." },
  },
  {
    order: order(
      1010,
      "locks",
      "Москва",
      "Захлопнулась дверь, ключи остались внутри. Дома никого, документы со мной.",
    ),
    executor: 1005,
    review: { stars: 4, text: "Открыл аккуратно, но ждать пришлось дольше, чем обещал." },
  },
  {
    order: order(
      1012,
      "computers",
      "Казань",
      "Ноутбук не включается после обновления, завтра сдавать отчёт.",
    ),
    executor: 1009,
    review: { stars: 5, text: "Объяснил всё по телефону и починил за полчаса." },
  },
  {
    order: order(
      1013,
      "car_help",
      "Екатеринбург",
      "Не заводится машина во дворе, сел аккумулятор. Нужно прикурить.",
    ),
    executor: 1011,
    review: { stars: 5, text: "" },
  },
  {
    order: order(1004, "courier", "Самара", "Нужно за час отвезти документы через весь город, один конверт."),
    executor: 1009,
    review: null,
  },
];

export const LIVING: readonly DemoOrder[] = [
  order(
    1008,
    "plumbing",
    "Москва",
    "Течёт кран на кухне, вода капает на пол. Прокладки нет, вентиль старый.",
    {
      location: { latitude: 55.7601, longitude: 37.6402 },
    },
  ),
  order(
    1010,
    "electricity",
    "Москва",
    "Выбивает автомат, как только включаем плиту. Половина квартиры без света.",
    {
      location: { latitude: 55.7412, longitude: 37.5793 },
      takenBy: [1005],
    },
  ),
  order(
    1012,
    "locks",
    "Санкт-Петербург",
    "Сломался ключ в замке, половина осталась внутри. Стоим у двери с ребёнком.",
    {
      location: { latitude: 59.9391, longitude: 30.3158 },
    },
  ),
  order(
    1013,
    "car_help",
    "Екатеринбург",
    "Пробито колесо на Сибирском тракте, запаски нет. Нужен выездной шиномонтаж.",
  ),
  order(
    1004,
    "moving",
    "Казань",
    "Нужно сегодня поднять холодильник на четвёртый этаж, лифта нет. Двое крепких людей.",
    {
      takenBy: [1009, 1011],
    },
  ),
  order(
    1006,
    "appliances",
    "Новосибирск",
    "Стиральная машина не сливает воду, бельё внутри, дверца заблокирована.",
  ),
  order(
    1007,
    "computers",
    "Нижний Новгород",
    "Пропал интернет: роутер мигает красным, у провайдера всё в порядке.",
  ),
  order(
    1008,
    "cleaning",
    "Москва",
    "Через три часа приедут гости, нужна быстрая уборка двухкомнатной квартиры.",
  ),
  order(
    1010,
    "courier",
    "Самара",
    "Забрать лекарства из аптеки и привезти пожилому человеку на другой берег.",
  ),
  order(
    1012,
    "tutoring",
    "Санкт-Петербург",
    "Завтра контрольная по физике, нужен репетитор онлайн на этот вечер.",
  ),
  order(
    1013,
    "pets",
    "Екатеринбург",
    "Кот забрался на дерево и не слезает, высота метров шесть. Нужна лестница.",
  ),
  order(
    1004,
    "beauty",
    "Казань",
    "Свадьба завтра утром, парикмахер заболел. Нужна укладка на дому к восьми утра.",
  ),
];
