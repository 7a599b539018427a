// What is settled of the text sentence by sentence, the second person's word, and what a desk asks.
import { expect, test } from "@playwright/test";
import { begin, bringIn, judge, mark, select, typeAfter } from "./desk";

test("a key goes from open sentence to open sentence, and each is checked or exempted", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "The flood took about 40 houses in Lindmoor.");
  await judge(page, "true", "The minutes say so.");
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Alt+c");
  const all = page.getByTestId("coverage-all");
  await expect(all).toContainText("1 checked");
  await expect(all).toContainText("4 open");
  await expect(page.locator(".tm-sentence-open")).not.toHaveCount(0);

  await page.keyboard.press("F9");
  const chosen = () => page.evaluate(() => document.getSelection()?.toString());
  expect(await chosen()).toContain("The mayor called it a warning.");
  await page.keyboard.press("Alt+t");
  await expect(all).toContainText("No check needed: 1");
  await expect(page.getByTestId("coverage-here")).toContainText(
    "No check needed: Mara Lindt",
  );
  await page.keyboard.press("F9");
  expect(await chosen()).toContain("No one was hurt");

  await typeAfter(page, "called it a", " loud");
  await page.keyboard.press("Control+s");
  await expect(all).toContainText("4 open");
  await page.getByTestId("undo").click();
  await expect(all).toContainText("3 open");

  // Undoing a save shows the article anew, which may still take the selection away.
  await expect(async () => {
    await select(page, "called it");
    await page.getByTestId("open-again").click({ timeout: 1_000 });
  }).toPass();
  await expect(all).toContainText("4 open");
});

test("a colleague signs a verdict off, and nobody an own one", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await judge(page, "true", "The minutes say so.");
  await expect(page.getByTestId("sign-off")).toHaveCount(0);
  await page.getByTestId("people").click();
  await page.getByTestId("person-name").fill("Sam Okoro");
  await page.getByTestId("person-add").click();
  await page.keyboard.press("Escape");
  await page.getByTestId("sign-off").click();
  await expect(page.getByTestId("signed-off")).toContainText("Sam Okoro");
  await typeAfter(page, "about 40", "0");
  await page.keyboard.press("Control+s");
  await page.getByTestId("placements-close").click();
  await page.getByTestId("reaffirm").click();
  await expect(page.getByTestId("signed-off")).toHaveCount(0);
});

test("what a desk asks is kept", async ({ page }) => {
  await begin(page);
  const open = async () => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("requirements");
    await page.keyboard.press("Enter");
  };
  await open();
  await page.getByTestId("policy-coverage").fill("75");
  await page.getByTestId("policy-second").selectOption("all");
  await page.getByTestId("policy-save").click();
  await expect(page.getByTestId("policy-dialog")).toHaveCount(0);
  await open();
  await expect(page.getByTestId("policy-coverage")).toHaveValue("75");
  await expect(page.getByTestId("policy-second")).toHaveValue("all");
});
