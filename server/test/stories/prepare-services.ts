/** What urgent services need before a story begins: people who know the app, kopecks on their balances, orders that wait. */
import { createApp } from "../../src/app.ts";
import { userByTelegramId } from "../../src/kernel/identity/index.ts";
import { account, transfer } from "../../src/kernel/ledger/index.ts";
import { system } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/ids.ts";
import { transact } from "../../src/platform/verb.ts";
import { environment } from "../world.ts";
import { settleIn } from "./prepare.ts";
import type { Stage } from "./stage.ts";

export type Books = Awaited<ReturnType<typeof openBooks>>;

/** The product's books, beside the running product: money that came from outside before the story. */
export async function openBooks(stage: Stage) {
  const app = await createApp({
    env: environment(stage.database.appUrl, stage.telegram, stage.ton, {
      PUBLIC_URL: stage.productOrigin,
      ROLES: "web",
    }),
  });
  const ctx = app.context(system("story"));
  return {
    give: async (person: number, kopecks: bigint): Promise<void> => {
      const userId = await userByTelegramId(ctx.db, String(person));
      if (!userId) throw new Error(`nobody ${person}`);
      await transact(ctx, (tx) =>
        transfer(tx, {
          key: `story:${newId()}`,
          cause: { kind: "payments.recharged", id: newId() },
          legs: [
            { account: account.gateway("cards"), asset: "RUB", amount: -kopecks },
            { account: account.user(userId), asset: "RUB", amount: kopecks },
          ],
        }),
      );
    },
    close: () => app.stop(),
  };
}

let numbers = 0;
export const freshContact = (): string => {
  numbers += 1;
  return `+7916${String(1_000_000 + numbers)}`;
};

/** Somebody asks for help, by the API; answers the order's id. */
export async function ask(stage: Stage, person: number, more: Record<string, unknown> = {}): Promise<string> {
  const order = await stage.api(person).post("/api/orders", {
    category: "plumbing",
    description: "Под раковиной на кухне течёт вода, кран перекрыли, нужна помощь сегодня",
    city: "Казань",
    contact: freshContact(),
    ...more,
  });
  return order.id;
}

/** Knows the app, in a language: no first steps on the way. */
export async function knows(stage: Stage, person: number, language: "ru" | "en"): Promise<void> {
  await settleIn(stage, person, language);
}

export const orderLink = (id: string): string => `s_${id.replaceAll("-", "")}`;
