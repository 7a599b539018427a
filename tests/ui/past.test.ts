// The article's past: as it stood at any action, and who wrote and checked its words.
import { expect, test, type Page } from "@playwright/test";
import { begin, bringIn, judge, mark, select, typeAfter } from "./desk";

/** An article with a verdict on revision 1 that fell with revision 2. */
async function aLife(page: Page): Promise<void> {
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await judge(page, "true", "The minutes say so.");
  await typeAfter(page, "about 40", "0");
  await page.keyboard.press("Control+s");
  await page.getByTestId("placements-close").click();
}

test("the slider shows the article and its claims as they stood at each action", async ({
  page,
}) => {
  await aLife(page);
  await page.keyboard.press("Control+Shift+H");
  await expect(page.getByTestId("past-slider")).toBeFocused();
  const text = page.getByTestId("past-text");
  await expect(text).toContainText("about 400 houses");
  await expect(page.getByTestId("past-claim")).toContainText("Out of date");
  await expect(page.getByTestId("past-action")).toHaveCount(4);
  await expect(page.getByTestId("past-restore")).toBeDisabled();

  await page.keyboard.press("ArrowLeft");
  await expect(page.getByTestId("past-label")).toContainText("Verdict");
  await expect(text).toContainText("about 40 houses");
  await expect(page.getByTestId("past-claim")).toContainText("True");
  await expect(page.getByTestId("past-claim")).toContainText("Mara Lindt");
  await expect(page.getByTestId("past-what")).toHaveText("Revision 1");

  await page.getByTestId("past-action").last().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("past-claim")).toHaveCount(0);
  await expect(text.locator(".tm-claim")).toHaveCount(0);
  await page.keyboard.press("ArrowUp");
  await expect(text.locator(".tm-claim")).toHaveText("about 40 houses");
  await text.locator(".tm-claim").click();
  await expect(page.getByTestId("past-claim")).toContainText("Unchecked");

  const table = page.getByTestId("past-table").locator("tbody tr");
  await expect(table.nth(0).locator("td")).toHaveText([
    "1",
    /\d+/,
    "1",
    "1",
    "0",
  ]);
  await expect(table.nth(1).locator("td")).toHaveText([
    "2",
    /\d+/,
    "1",
    "0",
    "1",
  ]);
});

test("the past is compared to now, and brought back as a new revision", async ({
  page,
}) => {
  await aLife(page);
  await page.getByTestId("past").click();
  await page.getByTestId("past-action").nth(1).click();
  await expect(page.getByTestId("past-what")).toHaveText("Revision 1");
  await page.getByTestId("past-compare").click();
  await expect(page.getByTestId("changes").locator("ins")).toContainText("400");
  await page.getByTestId("compare-back").click();
  await page.getByTestId("past").click();
  await page.getByTestId("past-action").nth(1).click();
  await expect(page.getByTestId("past-what")).toHaveText("Revision 1");
  await page.getByTestId("past-restore").click();
  await expect(page.getByTestId("revision")).toHaveText("Revision 3");
  await expect(page.getByTestId("editor")).toContainText("about 40 houses");
  await expect(page.getByTestId("standing")).toHaveText(/True/);
});

test("who wrote the words at the cursor, and who checked them, is told", async ({
  page,
}) => {
  await aLife(page);
  await page.keyboard.press("Alt+w");
  await select(page, "The mayor called");
  await expect(page.getByTestId("author")).toHaveCount(1);
  await expect(page.getByTestId("author")).toContainText(
    "Mara Lindt, revision 1",
  );
  await select(page, "400");
  await expect(page.getByTestId("author")).toContainText(["revision 2"]);
  await expect(page.getByTestId("author-claims")).toContainText(
    "C1: True by Mara Lindt",
  );
  await expect(page.getByTestId("author-claims")).toContainText("out of date");
  await typeAfter(page, "called it", " indeed");
  await expect(page.getByTestId("authors")).toContainText("Not saved yet");
  await page.keyboard.press("Alt+w");
  await expect(page.getByTestId("authors")).toHaveCount(0);
});
