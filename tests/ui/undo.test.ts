// Undo and redo are one idea: whatever was done, as many steps forth as back lead to the same place.
import { expect, test, type Page } from "@playwright/test";
import { deskOf, tickmark } from "./core";
import { begin, bringIn, judge, mark, select } from "./desk";

/** Numbers that look random and are the same on every run. */
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** What a person sees of the work: the text, the claims, and how much is undone. */
async function seen(page: Page) {
  const text = page.locator(".cm-content");
  return {
    text: (await text.count()) ? await text.innerText() : "",
    claims: await page.locator(".tm-claim").count(),
  };
}

const press = (page: Page, key: string) => page.keyboard.press(key);

const WORDS = ["forty", "the", "bridge", "council", "warning"];

async function work(page: Page, roll: (sides: number) => number) {
  switch (roll(4)) {
    case 0:
    case 1:
      await page
        .locator(".cm-line")
        .nth(2 + 2 * roll(2))
        .click();
      await page.keyboard.press(roll(2) ? "Home" : "End");
      return page.keyboard.type(` ${WORDS[roll(WORDS.length)]}`);
    case 2:
      return page.keyboard.press("Control+s");
    default:
      await select(page, ["The flood took", "No one was hurt"][roll(2)] ?? "");
      return press(page, "Control+Enter");
  }
}

const MANY = Number(process.env.TICKMARK_LONG ? 40 : 4);

for (let seed = 1; seed <= MANY; seed += 1) {
  test(`as many steps forth as back lead to the same place, ${seed}`, async ({
    page,
  }) => {
    test.setTimeout(90_000);
    await begin(page);
    await bringIn(page);
    await page.locator(".cm-content").focus();
    const roll = dice(seed);
    for (let at = 0; at < 7; at += 1) {
      await work(page, roll);
      await page.waitForTimeout(350);
      if (await page.getByTestId("placements-close").count())
        await page.getByTestId("placements-close").click();
    }
    await page.waitForTimeout(400);
    const after = await seen(page);
    const steps = 1 + roll(8);
    await page.locator(".cm-content").focus();
    for (let at = 0; at < steps; at += 1) await press(page, "Control+z");
    for (let at = 0; at < steps; at += 1) await press(page, "Control+y");
    await expect.poll(() => seen(page)).toEqual(after);
  });
}

test("typing, six times undo and six times redo: the sentence is back", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await select(page, "No one was hurt");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type(" at all.");
  for (let at = 0; at < 6; at += 1) await press(page, "Control+z");
  for (let at = 0; at < 6; at += 1) await press(page, "Control+y");
  await expect(page.locator(".cm-content")).toContainText("hurt at all.");
});

/** The message with these words, and what it offers. */
const told = (page: Page, words: string | RegExp) =>
  page.locator("[data-sonner-toast]", { hasText: words });
const offered = (page: Page, words: string | RegExp) =>
  told(page, words).locator("[data-button]");

test("the Undo of a message takes back its own action and nothing that was done later", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await page.getByTestId("retract").click();
  await expect(offered(page, "C1")).toBeVisible();
  await mark(page, "No one was hurt");
  await offered(page, "C1").click();
  await expect(told(page, "Something else was done since")).toBeVisible();
  await expect(page.locator(".tm-claim")).toHaveText("No one was hurt");
});

test("the Undo of a message does not take back what a colleague did meanwhile", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await judge(page, "true", "The minutes say so.");
  const desk = await deskOf(page);
  tickmark(desk, "Sam Okoro", "query", "ask", "C1", "Which minutes?");
  await offered(page, "C1").click();
  await expect(told(page, "Something else was done since")).toBeVisible();
  await expect(page.getByTestId("verdict-current")).toContainText("minutes");
  await expect(page.getByTestId("query")).toContainText("Which minutes?");
});

test("the Undo of a message works over unsaved words and leaves them", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await page.getByTestId("retract").click();
  await select(page, "No one was hurt");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type(" at all");
  await offered(page, "C1").click();
  await expect(page.locator(".tm-claim")).toHaveText("about 40 houses");
  await expect(page.locator(".cm-content")).toContainText("hurt at all");
});
