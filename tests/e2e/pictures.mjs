// Pictures of the real window on the example desk: the main screens, light and dark, in two
// sizes, for the README and for looking at with a designer's eye. No journey, so it is run by
// name: tests/e2e/run.sh tests/e2e/pictures.mjs. The pictures are left in tests/e2e/out/.

import { after, before, test } from "node:test";

import { at, put } from "./page.mjs";
import { Key } from "./webdriver.mjs";
import { Desk } from "./window.mjs";

const desk = new Desk();
let window;
let page;

before(async () => {
  window = await desk.open();
  page = window.session;
});
after(async () => {
  await window?.close();
  desk.remove();
});

const pause = (milliseconds = 400) => new Promise((resume) => setTimeout(resume, milliseconds));

async function taken(name) {
  await pause();
  await window.picture(name);
}

test("the first start", async () => {
  await page.find(at("first-run-name"));
  await taken("first");
  await put(page, "first-run-name", "Mara Lind");
  await page.click(at("first-run-example"));
  await page.click(at("first-run-start"));
  await page.find(".tm-claim");
});

test("the next start, when the desk has worked out at rest what is settled", async () => {
  await pause(12_000);
  await window.close();
  window = await desk.open();
  page = window.session;
  await page.find(".tm-claim");
});

for (const [theme, width, height] of [["light", 1280, 800], ["dark", 1280, 800], ["light", 1600, 1000], ["contrast", 1600, 1000]]) {
  test(`the main screens, ${theme}, ${width} by ${height}`, async () => {
    const name = (screen) => `${theme}-${width}-${screen}`;
    await page.resize(width, height);
    await page.press(Key.Control, ",");
    await page.click(at(`theme-${theme}`));
    await taken(name("settings"));
    await page.press(Key.Escape);
    await page.click(".tm-stale");
    await page.find(at("reason"));
    await taken(name("stale"));
    await page.click(at("tab-claims"));
    await taken(name("claims"));
    await page.click(at("tab-queries"));
    await taken(name("queries"));
    await page.click(at("tab-claim"));
    await page.click(at("compare"));
    await page.find(at("statements"));
    await taken(name("compare"));
    await page.click(at("compare-back"));
    await page.click(at("past"));
    await page.find(at("past-text"));
    await taken(name("past"));
    await page.click(at("past-back"));
    await page.click(at("show-coverage"));
    await page.click(at("next-sentence"));
    await taken(name("coverage"));
    await page.click(at("show-coverage"));
    await page.press(Key.Alt, "w");
    await taken(name("authors"));
    await page.press(Key.Alt, "w");
    await page.press(Key.Control, Key.Shift, "m");
    await taken(name("merge"));
    await page.press(Key.Escape);
    await page.click(at("export"));
    await taken(name("export"));
    await page.press(Key.Escape);
    await page.press(Key.Control, "k");
    await taken(name("palette"));
    await page.press(Key.Escape);
    await page.click(at("import-open"));
    await taken(name("import"));
    await page.press(Key.Escape);
  });
}
