import { expect, test } from "bun:test";
import { Problem } from "../../../platform/errors.ts";
import { citiesNear, cityOf, largestCities, suggestCities } from "./cities.ts";

test.each([
  ["Москва", "Москва"],
  ["  москва ", "Москва"],
  ["г. Тверь", "Тверь"],
  ["moscow", "Москва"],
  ["Novosibirsk", "Новосибирск"],
  ["Kazan", "Казань"],
  ["питер", "Санкт-Петербург"],
  ["санкт петербург", "Санкт-Петербург"],
  ["Королев", "Королёв"],
  ["королёв", "Королёв"],
  ["Орел", "Орёл"],
  ["Киров", "Киров"],
  ["Киров (Калужская область)", "Киров (Калужская область)"],
  ["советск (тульская область)", "Советск (Тульская область)"],
])("%s is %s", (given, name) => {
  expect(cityOf(given).name).toBe(name);
});

test("a name that no city has, or several have, is refused with suggestions", () => {
  const refused = (given: string): unknown => {
    try {
      return cityOf(given);
    } catch (error) {
      expect(error).toBeInstanceOf(Problem);
      expect((error as Problem).code).toBe("services.city_unknown");
      return (error as Problem).details.suggestions;
    }
  };
  expect(refused("Екатиринбург")).toEqual(["Екатеринбург"]);
  expect(refused("Масква")).toContain("Москва");
  expect(refused("Советск")).toHaveLength(3);
  expect(refused("Нижний")).toContain("Нижний Новгород");
  expect(refused("Gotham City")).toEqual([]);
});

test("suggestions begin with what was typed, the larger city first", () => {
  const names = suggestCities("нов", 5).map(({ name }) => name);
  expect(names[0]).toBe("Новосибирск");
  expect(names.every((name) => name.toLowerCase().startsWith("нов"))).toBe(true);
  expect(suggestCities("калин", 1)[0]).toMatchObject({
    name: "Калининград",
    region: "Калининградская область",
  });
});

test("the nearest city to a place, and the largest of all", () => {
  expect(citiesNear({ latitude: 55.75, longitude: 37.61 }, 1)[0]?.name).toBe("Москва");
  expect(citiesNear({ latitude: 43.12, longitude: 131.9 }, 1)[0]?.name).toBe("Владивосток");
  expect(largestCities(2).map(({ name }) => name)).toEqual(["Москва", "Санкт-Петербург"]);
});

test("every city is found by its own name, and lies in Russia", () => {
  const all = largestCities(2_000);
  expect(all).toHaveLength(1_117);
  for (const city of all) {
    expect(cityOf(city.name)).toEqual(city);
    expect(city.latitude > 41 && city.latitude < 78 && (city.longitude > 19 || city.longitude < -168)).toBe(
      true,
    );
    expect(city.region.length).toBeGreaterThan(4);
  }
});
