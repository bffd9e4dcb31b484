import { eq } from "drizzle-orm";
import { addPreferences } from "../../../kernel/identity/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import type { ReadDb } from "../../../platform/db.ts";
import { platformErrors } from "../../../platform/errors.ts";
import { publish } from "../../../platform/realtime.ts";
import { parseInput, verb } from "../../../platform/verb.ts";
import { cityOf } from "../cities/cities.ts";
import { examples } from "../examples.ts";
import { self } from "../orders/lock-order.ts";
import { boxAround } from "../rules.ts";
import { type ExecutorPreferences, executorPreferences, putExecutorPreferences } from "../shapes.ts";
import { executors } from "../tables.ts";

const radiusKmDefault = 10;

/** Which new orders an executor wants to hear of. What is left out stays as it is. */
export const setExecutorPreferences = verb("services.set_preferences", {
  input: putExecutorPreferences,
  allow: ["user"],
  run: async (tx, change) => {
    const userId = self(tx);
    const before = await preferencesOf(tx.db, userId);
    const near = change.near === undefined ? before.near : change.near;
    const radiusKm = near && (change.radiusKm ?? before.radiusKm ?? radiusKmDefault);
    const set = {
      isOn: change.isOn ?? before.isOn,
      categories: [...new Set(change.categories ?? before.categories)],
      cities: change.cities ? [...new Set(change.cities.map((one) => cityOf(one).name))] : before.cities,
      near,
      radiusKm,
      area: near && radiusKm ? boxAround(near, radiusKm) : null,
      updatedAt: tx.now,
    };
    await tx.db
      .insert(executors)
      .values({ userId, ...set })
      .onConflictDoUpdate({ target: executors.userId, set });
    if (tx.actor.kind === "user") publish(tx, userId, "user", tx.actor.telegramId);
    return { userId };
  },
});

/** Who never said anything wants to hear of nothing. */
export async function preferencesOf(db: ReadDb, userId: string): Promise<ExecutorPreferences> {
  const [row] = await db.select().from(executors).where(eq(executors.userId, userId));
  if (!row) return { isOn: false, categories: [], cities: [], near: null, radiusKm: null };
  const { isOn, categories, cities, near, radiusKm } = row;
  return { isOn, categories, cities, near, radiusKm };
}

/** `executor` in `PUT /api/users/me/preferences`. */
export const addExecutorPreferences = (): void =>
  addPreferences({
    name: "executor",
    put: putExecutorPreferences,
    view: executorPreferences,
    example: {
      put: { isOn: true, categories: ["plumbing"], cities: ["Казань"] },
      view: examples.ownExecutor.preferences,
    },
    set: (ctx, given) => setExecutorPreferences(ctx, parseInput(putExecutorPreferences, given)),
    get: (ctx: Ctx) => {
      if (ctx.actor.kind !== "user") throw platformErrors.unauthenticated();
      return preferencesOf(ctx.db, ctx.actor.userId);
    },
  });
