// A writer's file comes back: merged with what was revised meanwhile, decided where both changed the same words.
import { expect, test } from "@playwright/test";
import { violations } from "./axe";
import { ARTICLE, begin, bringIn, choose, select, typeAfter } from "./desk";

const BACK = ARTICLE.replace("a warning", "a last warning");

test("without conflicts the file's changes are shown, then saved beside ours", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await typeAfter(page, "after 11 years", " of work");
  await page.keyboard.press("Control+s");
  await expect(page.getByTestId("revision")).toHaveText("Revision 2");
  await page.keyboard.press("Control+k");
  await page.getByTestId("command-merge").click();
  const base = page.getByTestId("merge-base").locator("option:checked");
  await expect(base).toContainText("Revision 1");
  await page.getByTestId("merge-text").fill(BACK);
  await page.getByTestId("merge-look").click();
  await expect(page.getByTestId("merge-changes").locator("ins")).toContainText(
    "last",
  );
  await page.getByTestId("merge-save").click();
  // The file as it came is revision 3, what it was merged to is 4.
  await expect(page.getByTestId("revision")).toHaveText("Revision 4");
  await expect(page.getByTestId("editor")).toContainText("a last warning");
  await expect(page.getByTestId("editor")).toContainText("11 years of work");
  await page.keyboard.press("Control+d");
  await expect(page.getByTestId("changes").locator("ins")).toHaveText("last ");
});

test("every conflict is settled, by the keyboard too, before the merge is saved", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await select(page, "about 40");
  await page.keyboard.type("about 45");
  await select(page, "11 years");
  await page.keyboard.type("12 years");
  await page.keyboard.press("Control+s");
  await expect(page.getByTestId("revision")).toHaveText("Revision 2");
  await page.keyboard.press("Control+Shift+M");
  await page
    .getByTestId("merge-text")
    .fill(
      ARTICLE.replace("about 40", "some 50").replace("11 years", "ten years"),
    );
  await page.getByTestId("merge-look").click();
  const conflicts = page.getByTestId("conflict");
  await expect(conflicts).toHaveCount(2);
  for (const words of ["about 40 houses", "about 45 houses", "some 50 houses"])
    await expect(conflicts.first()).toContainText(words);
  await expect(page.getByTestId("merge-settled")).toHaveText("0 of 2 resolved");
  await expect(page.getByTestId("merge-save")).toBeDisabled();
  await expect(conflicts.first()).toBeFocused();
  await page.keyboard.press("2");
  await expect(page.getByTestId("merge-settled")).toHaveText("1 of 2 resolved");
  await page.keyboard.press("ArrowDown");
  await expect(conflicts.last()).toBeFocused();
  await page.keyboard.press("4");
  await expect(page.getByTestId("own-words")).toBeFocused();
  await page.getByTestId("own-words").fill("");
  await expect(page.getByTestId("merge-save")).toBeDisabled();
  await page.keyboard.type("The bridge is open again.");
  await expect(
    page.getByTestId("merge-changes").locator("ins").last(),
  ).toContainText("again");
  await page.getByTestId("merge-save").click();
  await expect(page.getByTestId("revision")).toHaveText("Revision 4");
  await expect(page.getByTestId("editor")).toContainText("some 50 houses");
  await expect(page.getByTestId("editor")).toContainText("is open again.");
});

test("a file that brings nothing new is not saved", async ({ page }) => {
  await begin(page);
  await bringIn(page);
  await page.keyboard.press("Control+Shift+M");
  await page.getByTestId("merge-file").isEnabled();
  choose(page, {
    name: "back.txt",
    mimeType: "text/plain",
    buffer: Buffer.from(ARTICLE),
  });
  await page.getByTestId("merge-file").click();
  await expect(page.getByTestId("merge-text")).toHaveValue(/The river/);
  await page.getByTestId("merge-look").click();
  await expect(page.getByTestId("merge-nothing")).toContainText("all of it");
  await expect(page.getByTestId("merge-save")).toBeDisabled();
});

test("a text that is no version of the article replaces it only if that is confirmed", async ({
  page,
}) => {
  await begin(page);
  await bringIn(
    page,
    `${ARTICLE} The council will meet again before the snow melts next spring.`,
  );
  await page.keyboard.press("Control+Shift+M");
  const words =
    "Bearings were inspected on both piers in May, and nobody found";
  const other = [words, "a crack", words, "any rust", words, "loose bolts"];
  await page
    .getByTestId("merge-text")
    .fill(`${other.join(" ")}. ${other.toReversed().join(" ")}.`);
  await page.getByTestId("merge-look").click();
  await expect(page.getByTestId("merge-unrelated")).toContainText(
    "replace everything",
  );
  await expect(page.getByTestId("merge-save")).toBeDisabled();
  expect(await violations(page, "a text that is no version")).toEqual([]);
  await page.getByTestId("merge-agree").check();
  await page.getByTestId("merge-save").click();
  await expect(page.getByTestId("editor")).toContainText("loose bolts");
});
