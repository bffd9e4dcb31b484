/** People, a market that sells nothing, and short ways to say things; for tests of reviews. */
import { createWorld, people } from "../../../test/world.ts";
import type { Tx } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { transact } from "../../platform/verb.ts";
import { userByTelegramId } from "../identity/index.ts";
import {
  fileComplaint,
  type NewComplaint,
  type NewReview,
  ratingOf,
  type Subject,
  writeReview,
} from "./index.ts";

export type ReviewWorld = Awaited<ReturnType<typeof createReviewWorld>>;

export async function createReviewWorld() {
  const world = await createWorld({
    withChain: false,
    env: { STAFF: `${people.arbiter}:moderator,${people.other}:moderator` },
  });
  const ids = new Map<number, string>();
  for (const person of Object.values(people)) {
    await world.http(person).get("/api/users/me");
    ids.set(person, (await userByTelegramId(world.ctx().db, String(person))) ?? "");
  }
  await world.settle();
  const id = (person: number): string => ids.get(person) ?? "";
  const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => transact(world.ctx(), work, "test");
  return {
    ...world,
    id,
    inTx,
    /** `by` reviews `of`; a new order each time unless told otherwise. */
    review: (by: number, of: number, given: Partial<NewReview> = {}) =>
      inTx((tx) =>
        writeReview(tx, {
          subject: order(),
          authorId: id(by),
          person: { id: id(of), role: "executor" },
          stars: 5,
          topic: "orders",
          link: "/orders/1",
          ...given,
        }),
      ),
    complain: (by: number, of: number, given: Partial<NewComplaint> = {}) =>
      inTx((tx) =>
        fileComplaint(tx, {
          subject: order(),
          authorId: id(by),
          personId: id(of),
          market: "reviews",
          reason: "spam",
          reasons: ["spam", "insult"],
          topic: "orders",
          link: "/orders/1",
          ...given,
        }),
      ),
    rating: async (person: number, role = "executor") => {
      const { count, sum } = await ratingOf(world.ctx().db, { kind: "user", id: id(person), role });
      return [count, sum];
    },
    /** The notices of a person, newest first: `[kind, …]`. */
    told: async (person: number): Promise<string[]> => {
      const { body } = await world.http(person).get("/api/notifications?limit=100");
      return body.items.map((one: { kind: string }) => one.kind);
    },
    inChat: (person: number): string =>
      JSON.stringify(world.telegram.state(person).chats.find((one) => one.kind === "bot")?.messages ?? []),
  };
}

export const order = (): Subject => ({ kind: "test_order", id: newId(), title: "A burst pipe" });

/** Settles to `done`, or to the code of the problem it ended with. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: Error & { code?: string }) => error.code ?? error.message,
  );
