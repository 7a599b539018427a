// What was corrected since a revision: read, followed, and copied to be published.
import { expect, test } from "@playwright/test";
import { violations } from "./axe";
import { deskOf, tickmark } from "./core";
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

test("a text that changed since it went out verified says so, and leads to the corrections", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  const lowest = ["--coverage", "0", "--evidence", "false"];
  tickmark(await deskOf(page), "Ada Long", "policy", ...lowest);
  await mark(page, "about 40 houses");
  await judge(page, "true", "The minutes say so.");
  await page.getByTestId("export").click();
  await page.getByTestId("export-confirm").click();
  await expect(page.getByTestId("export-dialog")).toHaveCount(0);
  const notice = page.getByTestId("went-out-notice");
  await expect(notice).toHaveCount(0);

  await typeAfter(page, "about 40", "0");
  await page.keyboard.press("Control+s");
  await page.getByTestId("placements-close").click();
  await expect(notice).toContainText("Went out verified as revision 1 on");
  await expect(notice).toContainText("This is revision 2.");
  expect(await violations(page, "went out")).toEqual([]);
  await notice.getByRole("button").click();
  await expect(page.getByTestId("corrections")).toContainText("400 houses");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByTestId("palette-input").fill("history");
  await page.getByTestId("command-log").click();
  await expect(page.getByTestId("log")).toContainText("Went out verified");
});
