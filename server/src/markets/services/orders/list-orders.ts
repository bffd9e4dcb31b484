/**
 * The list. Raw and prepared, because everybody asks for it all the time: one statement for each combination of filters, each served by an
 * index over what is listed, paged by id. What is due is left out at its very moment, whether or not it has been written down.
 */
import type { z } from "zod";
import type { Ctx } from "../../../platform/context.ts";
import { readPrepared } from "../../../platform/db.ts";
import { platformErrors } from "../../../platform/errors.ts";
import { uuid } from "../../../platform/shapes.ts";
import { sharedRead } from "../../../platform/shared-reads.ts";
import { cityOf } from "../cities/cities.ts";
import { boxAround } from "../rules.ts";
import type { OrderList, orderQuery } from "../shapes.ts";
import { columns, type Row, shown } from "./order-rows.ts";
import { orderView } from "./order-views.ts";

type Query = z.output<typeof orderQuery>;

const radiusKmDefault = 10;
/** Beyond this a list is not counted. */
const countMax = 1_000;

type ListedRow = Row & { is_taken: boolean };

/** What nobody in particular asks for is the same for all who ask at the same time. */
export async function listOrders(ctx: Ctx, query: Query): Promise<OrderList> {
  if (ctx.actor.kind === "user") return readOrders(ctx, query, ctx.actor.userId);
  if (query.scope) throw platformErrors.unauthenticated();
  return sharedRead(ctx.db, `services.orders ${JSON.stringify(query)}`, () => readOrders(ctx, query, null));
}

async function readOrders(ctx: Ctx, query: Query, userId: string | null): Promise<OrderList> {
  const near = query.near ? await count(ctx, query, ask(query, userId, false)) : undefined;
  const asked = ask(query, userId, near?.totalIsCapped === true);
  const rows = await readPrepared<ListedRow>(ctx.db, asked.page, asked.values);
  const page = rows.slice(0, query.limit);
  const hasMore = rows.length > query.limit;
  const isFirst = query.cursor === undefined && !query.offset;
  const counted = near ?? (isFirst && !hasMore ? { total: page.length } : await count(ctx, query, asked));
  if (page.length === 0) return { orders: [], ...counted };
  const now = ctx.clock.date();
  const looking = { settings: ctx.settings, userId, now, near: query.near };
  const last = page.at(-1);
  return {
    orders: page.map((row) => orderView(shown(row), row.is_taken, looking)),
    ...counted,
    ...(hasMore && last ? { next: last.id } : {}),
    serverTime: now.toISOString(),
  };
}

type Statement = { name: string; text: string };
type Asked = {
  page: Statement;
  values: unknown[];
  /** The same orders, counted up to one more than `countMax`; its values are the first of `values`. */
  capped: Statement;
  cappedValues: unknown[];
};

/**
 * The text depends on which filters there are, and never on their values; but for one: the planner cannot tell a wide circle from a narrow
 * one, and would sort all that a wide one holds. `isEverywhere`: so many are within that walking the list meets them soon.
 */
function ask(query: Query, userId: string | null, isEverywhere: boolean): Asked {
  const values: unknown[] = [];
  const names: string[] = [];
  const conditions: string[] = [];
  const add = (name: string, condition: (place: (value: unknown) => string) => string) => {
    names.push(name);
    conditions.push(condition((value) => `$${values.push(value)}`));
  };
  const { from, taken } = source(query.scope, userId, add);
  if (query.category) add("category", (p) => `o.category = ${p(query.category)}`);
  if (query.city !== undefined) {
    const { name } = cityOf(query.city);
    add("city", (p) => `o.city = ${p(name)}`);
  }
  if (query.near) {
    const { near, radiusKm = radiusKmDefault } = query;
    const { from: low, to: high } = boxAround(near, radiusKm);
    const isWithin = (p: (value: unknown) => string): string =>
      `services.distance_km(o.place, point(${p(near.longitude)}, ${p(near.latitude)})) <= ${p(radiusKm)}`;
    if (isEverywhere) add("wide", isWithin);
    else
      add("near", (p) => {
        const box = `box(point(${p(low.longitude)}, ${p(low.latitude)}), point(${p(high.longitude)}, ${p(high.latitude)}))`;
        return `o.place <@ ${box} and ${isWithin(p)}`;
      });
  }
  if (query.q !== undefined) add("q", (p) => `o.search @@ websearch_to_tsquery('russian', ${p(query.q)})`);
  const base = { name: `services.orders ${names.join(" ")}`, where: conditions.join(" and ") };
  const cappedValues = [...values];
  if (query.cursor !== undefined) add("cursor", (p) => `o.id < ${p(readCursor(query.cursor))}`);
  const user = userId === null ? null : `$${values.push(userId)}`;
  const mark = user === null ? "false" : taken(user);
  const limit = `limit $${values.push(query.limit + 1)} offset $${values.push(query.offset ?? 0)}`;
  return {
    page: {
      name: `services.orders ${names.join(" ")}${user ? " user" : ""}`,
      text: `select ${columns}, ${mark} as is_taken,
        ${user ? `case when o.customer_id = ${user} or ${mark} then o.sealed end` : "null::bytea"} as sealed
        from ${from} where ${conditions.join(" and ")} order by o.id desc ${limit}`,
    },
    values,
    capped: {
      name: `${base.name} count`,
      text: `select count(*)::int as n from (select from ${from} where ${base.where} limit ${countMax + 1}) few`,
    },
    cappedValues,
  };
}

type Add = (name: string, condition: (place: (value: unknown) => string) => string) => void;

/** Where the orders are taken from, and how it is known that the person took one. */
function source(scope: Query["scope"], userId: string | null, add: Add) {
  if (scope === "taken") {
    add("taken", (p) => `t.executor_id = ${p(userId)}`);
    return { from: "services.takes t join services.orders o on o.id = t.order_id", taken: () => "true" };
  }
  if (scope === "mine") add("mine", (p) => `o.customer_id = ${p(userId)} and o.status <> 'deleted'`);
  else add("listed", () => "o.status = 'active' and o.due_at > platform.now()");
  return {
    from: "services.orders o",
    taken: (user: string) =>
      `exists (select from services.takes t where t.order_id = o.id and t.executor_id = ${user})`,
  };
}

function readCursor(cursor: string | undefined): string {
  const parsed = uuid.safeParse(cursor);
  if (!parsed.success) throw platformErrors.invalid({ issues: [{ path: "cursor", code: "malformed" }] });
  return parsed.data;
}

const kept: Statement = {
  name: "services.counters",
  text: "select coalesce(sum(n), 0)::int as n from services.counters where category = $1 and city = $2",
};

/** Kept counters know all, a category, a city, or both; anything else is counted, but not far. */
async function count(
  ctx: Ctx,
  query: Query,
  asked: Asked,
): Promise<Pick<OrderList, "total" | "totalIsCapped">> {
  const isKept = query.scope === undefined && query.near === undefined && query.q === undefined;
  if (isKept) {
    const city = query.city === undefined ? "" : cityOf(query.city).name;
    const [row] = await readPrepared<{ n: number }>(ctx.db, kept, [query.category ?? "", city]);
    return { total: row?.n ?? 0 };
  }
  const [row] = await readPrepared<{ n: number }>(ctx.db, asked.capped, asked.cappedValues);
  const n = row?.n ?? 0;
  return n > countMax ? { total: countMax, totalIsCapped: true } : { total: n };
}
