/**
 * The cities of Russia with their regions and coordinates (cities.tsv; see README.md for where it comes from), the largest first. A name that
 * several cities have is written with its region, unless one of them is so much larger that everybody means it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { serviceErrors } from "../errors.ts";
import { distanceKm, type Point } from "../rules.ts";
import type { City } from "../shapes.ts";
import { lettersOf, likeness, loosely, plainLetters } from "./spelling.ts";

type Known = City & { letters: string; bare: string };

const cities: readonly Known[] = readFileSync(join(import.meta.dir, "cities.tsv"), "utf8")
  .trim()
  .split("\n")
  .map((line) => {
    const [name = "", region = "", latitude, longitude] = line.split("\t");
    const bare = plainLetters(name.replace(/ \(.*/, ""));
    return {
      name,
      region,
      latitude: Number(latitude),
      longitude: Number(longitude),
      letters: plainLetters(name),
      bare,
    };
  });
const byLetters = new Map(cities.map((one) => [one.letters, one]));
/** From the smallest to the largest, so that the largest of two that sound alike stays. */
const bySound = new Map(cities.toReversed().map((one) => [loosely(one.letters), one]));

/** What people call some cities. */
const nicknames: Record<string, string> = {
  moscow: "Москва",
  мск: "Москва",
  питер: "Санкт-Петербург",
  спб: "Санкт-Петербург",
  петербург: "Санкт-Петербург",
  saintpetersburg: "Санкт-Петербург",
  stpetersburg: "Санкт-Петербург",
  екб: "Екатеринбург",
  нск: "Новосибирск",
  rostovondon: "Ростов-на-Дону",
};

const view = ({ name, region, latitude, longitude }: Known): City => ({ name, region, latitude, longitude });

function find(given: string): Known | undefined {
  const typed = plainLetters(given.replace(/^\s*(г\.|город|г)\s+/i, ""));
  const nickname = nicknames[typed];
  const found = byLetters.get(nickname ? plainLetters(nickname) : typed);
  return found ?? (/[a-z]/.test(typed) ? bySound.get(loosely(lettersOf(typed))) : undefined);
}

/** The city of this name, whatever its case and spelling of ё; throws `city_unknown` with suggestions. */
export function cityOf(given: string): City {
  const found = find(given);
  if (found) return view(found);
  const namesakes = cities.filter(({ bare }) => bare === plainLetters(given)).map(view);
  const suggestions = namesakes.length > 0 ? namesakes : suggestCities(given, 5);
  throw serviceErrors.city_unknown({ suggestions: suggestions.map(({ name }) => name) });
}

const middles = new Map(
  cities.map((one) => [one.name, { latitude: one.latitude, longitude: one.longitude }]),
);
/** The middle of a city that `cityOf` has named. */
export const middleOf = (name: string): Point => middles.get(name) ?? { latitude: 0, longitude: 0 };

/** Names that begin so, then those that are written alike; the larger city first. */
export function suggestCities(given: string, limit: number): City[] {
  const exact = find(given);
  const typed = plainLetters(given);
  const tries = [...new Set([typed, lettersOf(typed)])];
  const scored = cities.flatMap((one, rank) => {
    const score = Math.min(...tries.map((letters) => likeness(letters, one.bare)));
    return Number.isFinite(score) ? [{ one, score: one === exact ? -1 : score, rank }] : [];
  });
  scored.sort((a, b) => a.score - b.score || a.rank - b.rank);
  return scored.slice(0, limit).map(({ one }) => view(one));
}

/** The nearest first. */
export function citiesNear(place: Point, limit: number): City[] {
  return cities
    .map((one) => ({ one, km: distanceKm(place, one) }))
    .sort((a, b) => a.km - b.km)
    .slice(0, limit)
    .map(({ one }) => view(one));
}

export const largestCities = (limit: number): City[] => cities.slice(0, limit).map(view);
