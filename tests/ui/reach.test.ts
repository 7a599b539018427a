// Every screen is fit for everybody: no axe violation in light, dark and high contrast, and all of it without a mouse.
import { expect, test } from "@playwright/test";
import { violations } from "./axe";
import { stranger } from "./core";
import {
  ARTICLE,
  begin,
  bringIn,
  choose,
  judge,
  mark,
  typeAfter,
} from "./desk";

for (const theme of ["light", "dark", "contrast"] as const) {
  test(`no screen has an axe violation in ${theme}`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.addInitScript(
      (chosen) => localStorage.setItem("theme", chosen),
      theme,
    );
    await page.goto("/");
    const found = await violations(page, "first start");
    const look = async (screen: string) =>
      found.push(...(await violations(page, screen)));
    await begin(page);
    await look("empty desk");
    await page.getByTestId("import-open").click();
    await look("paste");
    await page.keyboard.press("Escape");
    await bringIn(page);
    await mark(page, "about 40 houses");
    await page.getByTestId("describe").click();
    await page.getByTestId("add-evidence").click();
    await page.getByTestId("source-title").fill("Minutes");
    await look("evidence form");
    await page.getByTestId("evidence-save").click();
    await page.getByTestId("ask-query").click();
    await page.getByTestId("query-text").fill("Forty or so?");
    await look("query form");
    await page.getByTestId("query-save").click();
    await judge(page, "misleading", "Some were barns.");
    await mark(page, "No one was hurt");
    await typeAfter(page, "about 40", "0");
    await look("typing");
    await page.keyboard.press("Control+s");
    await expect(page.getByTestId("placements")).toBeVisible();
    await look("what the save did");
    await page.getByTestId("placements-close").click();
    await page.locator(".tm-claim").first().click();
    await look("stale claim");
    await page.getByTestId("tab-claims").click();
    await page.getByTestId("claims-filter").click();
    await look("claim list");
    await page.getByTestId("tab-queries").click();
    await look("queries");
    await page.locator(".cm-content").focus();
    await page.keyboard.press("Control+f");
    await look("find and replace");
    await page.keyboard.press("Escape");
    await page.getByTestId("compare").click();
    await look("comparison");
    await page.getByTestId("compare-side").click();
    await look("side by side");
    await page.getByTestId("compare-back").click();
    await page.getByTestId("past").click();
    await expect(page.getByTestId("past-text")).toContainText("about 400");
    await page.getByTestId("past-action").nth(1).click();
    await page.getByTestId("past-text").locator(".tm-claim").first().click();
    await look("time machine");
    await page.getByTestId("past-back").click();
    await page.keyboard.press("Alt+w");
    await look("who wrote it");
    await page.keyboard.press("Alt+w");
    await page.keyboard.press("Alt+c");
    await page.keyboard.press("F9");
    await look("coverage");
    await page.keyboard.press("Alt+c");
    await page.keyboard.press("Control+Shift+M");
    await look("a file came back");
    await page
      .getByTestId("merge-text")
      .fill(ARTICLE.replace("about 40 houses", "some 45 houses"));
    await page.getByTestId("merge-look").click();
    await page.getByTestId("take-words").click();
    await look("conflicts");
    await page.keyboard.press("Escape");
    for (const command of [
      "export",
      "sources",
      "scales",
      "people",
      "keys",
      "policy",
      "log",
      "info",
      "settings",
      "shortcuts",
    ]) {
      await page.keyboard.press("Control+k");
      await page.getByTestId(`command-${command}`).click();
      await look(command);
      await page.keyboard.press("Escape");
      await expect(page.locator(".tm-dialog")).toHaveCount(0);
    }
    await page.keyboard.press("Control+k");
    await page.getByTestId("command-keys").click();
    await page.getByTestId("contact-new").click();
    await page.getByTestId("contact-name").fill("Jo Hall");
    choose(page, stranger().key);
    await page.getByTestId("contact-file").click();
    await look("a contact");
    await page.getByTestId("contact-add").click();
    await page.getByTestId("contact-forget").click();
    await page.getByTestId("passphrase-set").click();
    await page.getByTestId("passphrase-new").fill("one");
    await page.getByTestId("passphrase-again").fill("two");
    await look("a passphrase, a contact that goes");
    await page.getByTestId("contact-forget-sure").click();
    await page.keyboard.press("Escape");
    choose(page, stranger().bundle);
    await page.getByTestId("verify").click();
    await page.getByTestId("verify-add-contact").click();
    await look("an unknown signer");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await look("palette");
    expect(found).toEqual([]);
  });
}

test("the whole job is done from the keyboard", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByTestId("first-run-name")).toBeFocused();
  await page.keyboard.type("Mara Lindt");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("import-open")).toBeVisible();
  await page.keyboard.press("Control+n");
  await page.getByTestId("import-text").waitFor();
  await page.keyboard.insertText(
    "The fire\n\nForty houses burnt. Nobody was hurt.",
  );
  await page.keyboard.press("Control+Enter");
  await page.getByTestId("import-result").waitFor();
  await page.getByTestId("import-confirm").focus();
  await page.keyboard.press("Enter");
  await page.locator(".cm-content").waitFor();
  await page.keyboard.press("F6");
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Control+Shift+ArrowLeft");
  await page.keyboard.press("Control+Shift+ArrowLeft");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByTestId("claim-pane")).toContainText("hurt");
  await page.keyboard.press("Alt+5");
  await expect(page.getByTestId("rationale")).toBeFocused();
  await page.keyboard.type("Two people were.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByTestId("standing")).toHaveText(/False/);
  await page.keyboard.press("Alt+e");
  await expect(page.getByTestId("source-title")).toBeFocused();
  await page.keyboard.type("Hospital record");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByTestId("evidence-piece")).toContainText(
    "Hospital record",
  );
  await page.keyboard.press("Control+k");
  await page.keyboard.type("compare");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("compare-page")).toBeVisible();
});
