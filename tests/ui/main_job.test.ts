// The main job, whole: an article is brought in, a statement marked, judged, revised, compared and sent out.
import { expect, test } from "@playwright/test";
import { begin, bringIn, choose, judge, mark, select, typeAfter } from "./desk";

test("a verdict falls when a digit of its statement is changed, and undo brings it back", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await page.getByTestId("add-evidence").click();
  await page.getByTestId("source-title").fill("Council minutes");
  await page.getByTestId("evidence-passage").fill("Forty houses were lost.");
  await page.getByTestId("evidence-save").click();
  await expect(page.getByTestId("evidence-piece")).toContainText(
    "Council minutes",
  );
  await judge(page, "true", "The minutes say so.");
  await expect(page.getByTestId("standing")).toHaveText(/True/);

  await typeAfter(page, "about 40", "0");
  await expect(page.getByTestId("standing")).toHaveText(/Will be out of date/);
  await expect(page.getByTestId("reason")).toHaveText("“40” → “400”");
  await expect(page.locator(".tm-claim")).toHaveClass(/tm-stale/);
  await page.getByTestId("save-revision").click();
  await expect(page.getByTestId("placements")).toContainText(
    "about 400 houses",
  );
  await page.getByTestId("placements-close").click();
  await expect(page.getByTestId("standing")).toHaveText(/Out of date/);
  await expect(page.getByTestId("reason")).toContainText("400");

  await page.getByTestId("compare").click();
  await expect(page.getByTestId("statements")).toContainText(
    "1 verdict out of date",
  );
  await expect(page.getByTestId("changes").locator("ins")).toContainText("400");
  await page.getByTestId("compare-back").click();

  await page.getByTestId("undo").click();
  await expect(page.getByTestId("save-state")).toHaveText(/Unsaved/);
  await expect(page.locator(".cm-content")).toContainText("about 400 houses");
  await page.getByTestId("undo").click();
  await expect(page.locator(".cm-content")).toContainText("about 40 houses");
  await expect(page.getByTestId("standing")).toHaveText(/True/);
});

test("still holds re-affirms a stale verdict on the new words in one step", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "No one was hurt");
  await judge(page, "true", "The council said so.");
  await typeAfter(page, "No one was hurt", " badly");
  await page.keyboard.press("Control+s");
  await expect(page.getByTestId("save-state")).toHaveText("Saved");
  // The words of the claim are the same, the sentence around them is not.
  await expect(page.getByTestId("placement")).toHaveAttribute(
    "data-placement",
    "kept",
  );
  await page.getByTestId("placements-close").click();
  await expect(page.getByTestId("standing")).toHaveText(/True/);
  await select(page, "No one");
  await page.keyboard.type("Nobody");
  await page.keyboard.press("Control+s");
  await page.getByTestId("placements-close").click();
  await expect(page.getByTestId("standing")).toHaveText(/Out of date/);
  await page.getByTestId("reaffirm").click();
  await expect(page.getByTestId("standing")).toHaveText(/True/);
  await expect(page.getByTestId("verdict-history")).toContainText(
    "No one was hurt",
  );
});

test("the export lists what is open and leads there", async ({ page }) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "The bridge reopened after 11 years.");
  await page.getByTestId("export").click();
  await expect(page.getByTestId("export-open-items")).toContainText(
    "The bridge reopened",
  );
  await page.getByTestId("export-confirm").click();
  const told = await page.getByText(/Exported to/).textContent();
  choose(page, told?.replace("Exported to ", "") ?? "");
  await page.getByTestId("verify").click();
  await expect(page.getByTestId("verify-kind")).toHaveText("Tickmark bundle");
  await expect(page.getByTestId("verify-valid")).toHaveText("Yes");
});
