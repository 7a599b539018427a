// What is typed while somebody suggests becomes suggestions; nothing typed is lost or becomes something else by it.
import { expect, test, type Page } from "@playwright/test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { deskOf, folder, tickmark } from "./core";
import { begin, bringIn, mark, typeAfter } from "./desk";

/** Lets suggestions take a moment to be made. */
async function slowly(page: Page): Promise<void> {
  await page.route("**/desk/*/call", async (route) => {
    const making = route.request().postData()?.includes("suggestion.make");
    if (making) await new Promise((resume) => setTimeout(resume, 600));
    await route.continue();
  });
}

test("words typed while a suggestion is sent stay, and a second press suggests nothing twice", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await slowly(page);
  await page.getByTestId("suggesting").click();
  await typeAfter(page, "about 40", "0");
  await page.keyboard.press("Control+s");
  await page.keyboard.press("Control+s");
  await typeAfter(page, "Tuesday", " evening");
  await page.getByTestId("tab-suggestions").click();
  // The second press waits, and suggests what was typed until then.
  await expect(page.getByTestId("suggestion")).toHaveCount(2);
  await expect(page.getByTestId("suggestion").first()).toContainText("0");
  await expect(page.getByTestId("suggestion").last()).toContainText("evening");
  await expect(page.getByTestId("save-state")).toHaveText("Suggesting");
});

test("words typed while a suggestion is sent are a draft of their own, suggested after a restart", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await slowly(page);
  await page.getByTestId("suggesting").click();
  await typeAfter(page, "about 40", "0");
  await page.keyboard.press("Control+s");
  await typeAfter(page, "Tuesday", " evening");
  await page.getByTestId("tab-suggestions").click();
  await expect(page.getByTestId("suggestion")).toHaveCount(1);
  await expect(page.getByTestId("save-state")).toHaveText(/Unsaved/);
  await expect(page.locator(".cm-content")).toContainText("Tuesday evening");
  await page.waitForTimeout(600);
  await page.reload();
  await expect(page.getByTestId("draft-notice")).toBeVisible();
  await expect(page.locator(".cm-content")).toContainText("Tuesday evening");
  await page.keyboard.press("Control+s");
  await page.getByTestId("tab-suggestions").click();
  await expect(page.getByTestId("suggestion")).toHaveCount(2);
  await expect(page.getByTestId("revision")).toHaveText("Revision 1");
});

test("what was typed before somebody suggests is saved as a revision", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await typeAfter(page, "about 40", "0");
  await page.getByTestId("suggesting").click();
  await expect(page.getByTestId("save-state")).toHaveText("Suggesting");
  await expect(page.getByTestId("revision")).toHaveText("Revision 2");
  await typeAfter(page, "Tuesday", " evening");
  await page.getByTestId("suggesting").click();
  await expect(page.getByTestId("save-state")).toHaveText("Saved");
  await expect(page.getByTestId("revision")).toHaveText("Revision 2");
  await expect(page.locator("ins.tm-suggested")).toHaveText(" evening");
});

test("a claim is not put on words that move when what was typed is suggested", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "No one was hurt");
  await page.getByTestId("suggesting").click();
  await typeAfter(page, "about 40", "0 or more");
  const handle = page.locator(".tm-handle-end");
  await handle.hover();
  const box = await handle.boundingBox();
  if (!box) throw new Error("no handle");
  await page.mouse.down();
  await page.mouse.move(box.x - 60, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(page.getByText(/was suggested/)).toBeVisible();
  await expect(page.locator(".tm-claim")).toHaveText("No one was hurt");
  await page.getByTestId("tab-suggestions").click();
  await expect(page.getByTestId("suggestion")).toHaveCount(1);
});

test("what is suggested on a text that was revised elsewhere is kept, and that is told", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await page.getByTestId("suggesting").click();
  const desk = await deskOf(page);
  const file = join(folder(), "revised.md");
  const theirs = tickmark(desk, "Sam Okoro", "article", "1");
  writeFileSync(file, theirs.replace("40 houses", "45 houses"));
  tickmark(desk, "Sam Okoro", "revise", "1", file);
  await typeAfter(page, "Tuesday", " evening");
  await page.keyboard.press("Control+s");
  await expect(page.getByTestId("elsewhere-notice")).toBeVisible();
  await expect(page.locator(".cm-content")).toContainText("Tuesday evening");
  await expect(page.getByTestId("save-state")).toHaveText(/Unsaved/);
});
