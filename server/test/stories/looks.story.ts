/**
 * Every screen of the Mini App: in Russian and light on a wide and on a narrow phone, in English and dark on a wide one, some of every market in the
 * other two looks as well. Nothing beyond its box, no word untranslated or pale, every target wide enough for a thumb, every control named, the main
 * action reached by keyboard.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { people } from "../world.ts";
import { hasChromium, skipReason } from "./browser.ts";
import { faultsOf, namelessOf } from "./looks.ts";
import type { Phone } from "./phone.ts";
import { openStage, type Stage } from "./stage.ts";
import { furnish, type Tour } from "./tour.ts";
import type { Screen } from "./tour-screen.ts";

const sizes = [
  { name: "wide", width: 390, height: 844 },
  { name: "narrow", width: 320, height: 568 },
] as const;
/** Russian words are the longest, so it is they that must fit the narrow phone. */
const looks = [
  { language: "ru", theme: "light", isThorough: true },
  { language: "en", theme: "dark", isThorough: false },
] as const;
const otherLooks = [
  { language: "en", theme: "light", isThorough: true },
  { language: "ru", theme: "dark", isThorough: false },
] as const;
type Look = (typeof looks)[number] | (typeof otherLooks)[number];
/** What differs most between looks: charts, pictures, tones, sheets. */
const inEveryLook =
  /^(buyer-home|buyer-deal-unpaid|buyer-filter|buyer-ad-channel|buyer-ad-editor|buyer-ad-placement|seller-ad-figures|seller-services-list|buyer-services-respond|buyer-balance)$/;
const persons = [people.seller, people.buyer, people.arbiter] as const;

/** Only screens whose names hold this word, while one works on them. */
const only = process.env.STORY_SCREENS ?? "";

let stage: Stage;
let tour: Tour;
/** Faults of the first screen that anybody sees. */
let greeting: string[] = [];

const phoneOf = (person: number): Phone =>
  ({ [people.seller]: stage.seller, [people.buyer]: stage.buyer })[person] ?? stage.arbiter;

/** On a narrow page there is one phone at a time. */
async function choose(person: number): Promise<void> {
  await stage.page.setViewportSize(sizes[0]);
  await stage.page
    .locator(".tabs button")
    .nth(persons.indexOf(person as 1001))
    .click();
}

async function dress({ language, theme }: Look): Promise<void> {
  for (const person of persons) {
    await stage.telegram.act(person, { type: "setLanguage", language });
    await stage.telegram.act(person, { type: "setTheme", theme });
    await stage.api(person).put("/api/users/me/preferences", { language });
    const frame = await phoneOf(person).frame();
    await frame.waitForFunction(
      (wanted) =>
        document.documentElement.lang === wanted.language &&
        document.documentElement.dataset.theme === wanted.theme,
      { language, theme },
      // A frame that is hidden paints nothing, so that nothing can be asked at its next painting.
      { polling: 50 },
    );
  }
}

/** The choice of a language comes once, before there is anything else. */
async function lookAtGreeting(): Promise<string[]> {
  const found: string[] = [];
  await stage.buyer.openByProfile();
  await choose(people.buyer);
  const frame = await stage.buyer.frame();
  for (const size of sizes) {
    await stage.page.setViewportSize(size);
    found.push(...(await faultsOf(frame)), ...(await namelessOf(stage.page, frame)));
    await stage.buyer.shot(`greeting-${size.name}-light-en`);
  }
  await stage.buyer.main.waitFor();
  await stage.page.setViewportSize({ width: 1680, height: 1000 });
  await stage.buyer.leaveApp();
  await stage.buyer.device.locator(".bar .back").click();
  return found;
}

/** Afresh, whatever was open before. */
async function open(phone: Phone, screen: Screen): Promise<void> {
  await phone.go(screen.path === "/" ? "/profile" : "/");
  await phone.app.locator(".tab-bar").waitFor();
  await phone.go(screen.path);
  await screen.press?.(phone);
}

/** Opens it, looks at it, leaves a picture. A thorough look is on the narrow phone too, at the names of everything, and at the way by keyboard. */
async function lookAt(screen: Screen, look: Look): Promise<string[]> {
  const phone = phoneOf(screen.person);
  const found: string[] = [];
  await stage.page.setViewportSize(sizes[0]);
  await open(phone, screen);
  const frame = await phone.frame();
  for (const size of look.isThorough ? sizes : [sizes[0]]) {
    await stage.page.setViewportSize(size);
    const where = `${screen.name} ${size.name} ${look.theme} ${look.language}`;
    const faults = await faultsOf(frame).catch((error: Error) => [error.message]);
    if (look.isThorough && size.name === "wide") faults.push(...(await namelessOf(stage.page, frame)));
    found.push(...faults.map((fault) => `${where}: ${fault}`));
    if (size.name === "wide" || inEveryLook.test(screen.name)) await phone.shot(where.replaceAll(" ", "-"));
  }
  if (look.isThorough && screen.primary && !(await isReachedByTab(phone, screen.primary)))
    found.push(`${screen.name}: its main action is not reached by Tab`);
  await phone.app
    .locator(".sheet-close")
    .click({ timeout: screen.isSheet ? 5_000 : 1 })
    .catch(() => undefined);
  return found;
}

/** All these screens in this look, person after person. */
async function lookAtAll(screens: readonly Screen[], look: Look): Promise<string[]> {
  const faults: string[] = [];
  await dress(look);
  for (const person of persons) {
    const own = screens.filter((one) => one.person === person);
    if (own.length === 0) continue;
    await choose(person);
    for (const screen of own) faults.push(...(await lookAt(screen, look)));
  }
  return faults.sort();
}

describe.skipIf(!hasChromium)(`the looks of the Mini App${skipReason}`, () => {
  beforeAll(async () => {
    stage = await openStage({ env: { RATE_LIMIT_FACTOR: "100" } });
    greeting = await lookAtGreeting();
    const all = await furnish(stage);
    tour = { screens: all.screens.filter(({ name }) => name.includes(only)) };
    for (const person of persons) await phoneOf(person).open();
  }, 300_000);
  afterAll(() => stage?.close());

  test("the first screen of a new person is whole", () => expect(greeting).toEqual([]));

  test("the checks find what is planted", async () => {
    await choose(people.buyer);
    const frame = await stage.buyer.frame();
    const empty = await faultsOf(frame);
    expect([...empty, ...(await namelessOf(stage.page, frame))]).toEqual([]);
    await frame.evaluate(() => {
      const planted = document.createElement("div");
      planted.id = "planted";
      planted.innerHTML = `<p style="color:#c8c8c8;background:#fff">pale</p><p>deal:status.PENDING</p>
        <p>NaN</p><button type="button" style="width:20px;height:20px;margin:40px">x</button>
        <button type="button" style="width:48px;height:48px"></button>
        <button type="button" style="width:60px;height:44px;white-space:nowrap">much too long to fit</button>
        <div style="width:120vw;height:1px"></div>`;
      document.querySelector("main")?.append(planted);
    });
    const faults = [...(await faultsOf(frame)), ...(await namelessOf(stage.page, frame))].join("\n");
    for (const found of [
      /^pale, 1/m,
      /^untranslated: deal:/m,
      /^not words/m,
      /^small, 20×20/m,
      /^nameless: button/m,
    ])
      expect(faults).toMatch(found);
    expect(faults).toMatch(/^out of its box: much too long/m);
    expect(faults).toMatch(/^scrolls sideways/m);
    await frame.evaluate(() => document.getElementById("planted")?.remove());
  }, 60_000);

  for (const look of looks)
    test(`every screen is whole, ${look.theme}, ${look.language}`, async () => {
      expect(await lookAtAll(tour.screens, look)).toEqual([]);
    }, 420_000);

  for (const look of otherLooks)
    test(`some screens of every market, ${look.theme}, ${look.language}`, async () => {
      const some = tour.screens.filter(({ name }) => inEveryLook.test(name));
      expect(await lookAtAll(some, look)).toEqual([]);
    }, 120_000);

  test("nothing was complained of in the console, and nobody outside this machine was asked", () => {
    stage.complaints.forgive(/404.*by-code/);
    expect(stage.complaints.all()).toEqual([]);
  });
});

const TABS_MAX = 60;

/** `main` is Telegram's own button under the Mini App; anything else is looked for inside. */
async function isReachedByTab(phone: Phone, primary: string): Promise<boolean> {
  const wanted = primary === "main" ? phone.main : phone.app.locator(primary).first();
  await wanted.waitFor();
  const heading = phone.app.locator(".sheet-title, h1").last();
  await heading.focus();
  for (let pressed = 0; pressed < TABS_MAX; pressed += 1) {
    await phone.page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return true;
  }
  return false;
}
