/** Executors who want to hear of new orders, each in their own way, and who of them should be told of one. */
import type { Client } from "pg";
import { boxAround, type Point } from "../../server/src/markets/services/rules.ts";

export const KAZAN: Point = { latitude: 55.7944, longitude: 49.1115 };

export type Subscriber = {
  telegramId: number;
  isOn: boolean;
  categories: string[];
  cities: string[];
  near: Point | null;
  radiusKm: number | null;
};

/** By turns: a city; around a point; both; a city and some kinds of help; and who does not want this one: other kinds, another city, too far, off. */
export function subscriberOf(telegramId: number, n: number): Subscriber {
  const angle = (n * 2.399) % (2 * Math.PI);
  const km = 1 + ((n * 7) % 400) / 10;
  const near = {
    latitude: KAZAN.latitude + (km / 111.2) * Math.cos(angle),
    longitude:
      KAZAN.longitude + (km / (111.2 * Math.cos((KAZAN.latitude * Math.PI) / 180))) * Math.sin(angle),
  };
  const plain = { telegramId, isOn: true, categories: [], cities: [], near: null, radiusKm: null };
  const kinds: Subscriber[] = [
    { ...plain, cities: ["Казань"] },
    { ...plain, near, radiusKm: 45 },
    { ...plain, cities: ["Москва", "Казань"], near, radiusKm: 5 },
    { ...plain, cities: ["Казань"], categories: ["plumbing", "locks"] },
    { ...plain, near, radiusKm: 45, categories: ["plumbing", "other", "cleaning"] },
    { ...plain, near, radiusKm: 45 },
    { ...plain, cities: ["Казань"], categories: ["pets"] },
    { ...plain, cities: ["Омск", "Томск"] },
    { ...plain, near, radiusKm: 0.5 },
    { ...plain, cities: ["Казань"], isOn: false },
  ];
  return kinds[n % kinds.length] as Subscriber;
}

/** The product's own distance is in SQL; this is another way to the same. */
function kmBetween(a: Point, b: Point): number {
  const r = Math.PI / 180;
  const cosine =
    Math.sin(a.latitude * r) * Math.sin(b.latitude * r) +
    Math.cos(a.latitude * r) * Math.cos(b.latitude * r) * Math.cos((a.longitude - b.longitude) * r);
  return 6371 * Math.acos(Math.min(1, cosine));
}

/** Metres away, or null: does not want to hear of it. */
export function metresTo(
  one: Subscriber,
  order: { category: string; city: string; place: Point },
): number | null {
  const isMine = one.categories.length === 0 || one.categories.includes(order.category);
  if (!one.isOn || !isMine) return null;
  const km = one.near && kmBetween(one.near, order.place);
  const isNear = km !== null && one.radiusKm !== null && km <= one.radiusKm;
  if (!isNear && !one.cities.includes(order.city)) return null;
  return km === null ? 1_000_000 : km * 1_000;
}

export async function seedSubscribers(owner: Client, all: readonly Subscriber[]): Promise<void> {
  const rows = all.map(({ near, radiusKm, ...one }) => {
    const area = near && radiusKm ? boxAround(near, radiusKm) : null;
    return {
      ...one,
      near: near && place(near),
      radiusKm,
      area: area && `${place(area.from)},${place(area.to)}`,
    };
  });
  await owner.query(
    `with given as (
       select * from jsonb_to_recordset($1::jsonb)
         as g("telegramId" bigint, "isOn" boolean, categories text[], cities text[], near text, "radiusKm" real, area text)
     ), people as (
       insert into identity.users (id, telegram_id, first_name, language, profile_at, created_at)
       select uuidv7(), "telegramId", 'Person', 'en', now(), now() from given returning id, telegram_id
     )
     insert into services.executors (user_id, is_on, categories, cities, near, radius_km, area, updated_at)
     select p.id, g."isOn", g.categories, g.cities, g.near::point, g."radiusKm", g.area::box, now()
     from given g join people p on p.telegram_id = g."telegramId"`,
    [JSON.stringify(rows)],
  );
  await owner.query("analyze services.executors");
}

const place = ({ latitude, longitude }: Point): string => `(${longitude},${latitude})`;
