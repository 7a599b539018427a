// What was corrected since a revision: read, followed, and copied to be published.
import { expect, test } from "@playwright/test";
import { violations } from "./axe";
import { begin, bringIn, judge, mark, typeAfter } from "./desk";

test("corrections since a revision are told and copied as Markdown", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await begin(page);
  await bringIn(page);
  await page.keyboard.press("Control+k");
  await page.getByTestId("palette-input").fill("corrections");
  await page.getByTestId("command-corrections").click();
  await expect(page.getByTestId("corrections-none")).toBeVisible();
  await expect(page.getByTestId("corrections-copy")).toBeDisabled();
  await page.keyboard.press("Escape");

  await mark(page, "about 40 houses");
  await judge(page, "true", "The minutes say so.");
  await typeAfter(page, "about 40", "0");
  await page.keyboard.press("Control+s");
  await page.getByTestId("placements-close").click();
  await page.keyboard.press("Control+k");
  await page.getByTestId("palette-input").fill("corrections");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("corrections-since")).toContainText(
    "Revision 1",
  );
  await expect(page.getByTestId("corrections")).toContainText("400 houses");
  expect(await violations(page, "corrections")).toEqual([]);
  await page.getByTestId("corrections-copy").click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("now reads");
});
