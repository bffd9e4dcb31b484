/** "What to try", in five steps; a step is done when the server has seen it happen. */
import type { TryStep } from "../protocol.ts";
import type { World } from "../world/world.ts";

type Step = Omit<TryStep, "personId" | "done"> & {
  readonly role: "seller" | "buyer";
  readonly milestone: string;
};

const STEPS: readonly Step[] = [
  {
    id: "start",
    role: "seller",
    milestone: "started:seller",
    title: { ru: "Начните с бота", en: "Begin with the bot" },
    text: {
      ru: "На телефоне Алины нажмите START, выберите язык и откройте приложение.",
      en: "On Alina's phone press START, choose a language and open the app.",
    },
  },
  {
    id: "sell",
    role: "seller",
    milestone: "shared:seller",
    title: { ru: "Выставьте канал", en: "Put a channel up for sale" },
    text: {
      ru: "Подключите кошелёк, нажмите «Продать канал» и выберите один из каналов Алины. Назначьте цену.",
      en: "Connect a wallet, press “Sell a channel” and pick one of Alina's channels. Name a price.",
    },
  },
  {
    id: "find",
    role: "buyer",
    milestone: "opened:buyer",
    title: { ru: "Найдите его как покупатель", en: "Find it as the buyer" },
    text: {
      ru: "На телефоне Бориса откройте приложение, найдите канал и вступите в сделку.",
      en: "On Boris's phone open the app, find the channel and join the deal.",
    },
  },
  {
    id: "pay",
    role: "buyer",
    milestone: "wallet:buyer",
    title: { ru: "Оплатите из кошелька", en: "Pay from a wallet" },
    text: {
      ru: "Подключите кошелёк Бориса и подтвердите перевод: деньги встанут в контракт, и оба телефона это увидят.",
      en: "Connect Boris's wallet and confirm: the money is locked in the contract, and both phones see it.",
    },
  },
  {
    id: "transfer",
    role: "seller",
    milestone: "transferred:seller",
    title: { ru: "Передайте канал", en: "Transfer the channel" },
    text: {
      ru: "В панели «Снаружи» передайте канал Борису, затем переведите часы к следующему сроку: контракт заплатит Алине.",
      en: "In the “Outside” panel transfer the channel to Boris, then move the clock to the next deadline: the contract pays Alina.",
    },
  },
];

export function trySteps(world: World): TryStep[] {
  const byRole = new Map(world.people().map((person) => [person.role, person.id]));
  return STEPS.map(({ role, milestone, ...step }) => ({
    ...step,
    personId: byRole.get(role) ?? 0,
    done: world.store.get("milestone", milestone) === true,
  }));
}
