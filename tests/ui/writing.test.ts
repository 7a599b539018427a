// The text itself: drafts, undo, many scripts, overlaps, find and replace, and speed.
import { expect, test, type Page } from "@playwright/test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { deskOf, folder, tickmark } from "./core";
import {
  ARTICLE,
  begin,
  bringIn,
  judge,
  mark,
  select,
  typeAfter,
} from "./desk";

test("words that were not saved are offered when the article is opened again", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await typeAfter(page, "Tuesday", " evening");
  await page.waitForTimeout(700);
  await bringIn(page, "Another story\n\nIt says little.");
  await page
    .getByTestId("article-card")
    .filter({ hasText: "The river" })
    .click();
  await expect(page.getByTestId("draft-notice")).toBeVisible();
  await expect(page.locator(".cm-content")).toContainText("Tuesday evening");
  await page.getByTestId("draft-discard").click();
  await expect(page.locator(".cm-content")).not.toContainText("evening");
  await expect(page.getByTestId("save-state")).toHaveText("Saved");
});

test("words typed while a save is on its way stay, and are saved next", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await page.route("**/desk/*/call", async (route) => {
    const save = route.request().postData()?.includes("article.save");
    if (save) await new Promise((resume) => setTimeout(resume, 600));
    await route.continue();
  });
  await typeAfter(page, "about 40", "0");
  await page.keyboard.press("Control+s");
  await typeAfter(page, "Tuesday", " evening");
  await expect(page.getByTestId("revision")).toHaveText("Revision 2");
  await expect(page.getByTestId("save-state")).toHaveText(/Unsaved/);
  await expect(page.locator(".cm-content")).toContainText("Tuesday evening");
  await expect(page.locator(".tm-claim")).toHaveText("about 400 houses");
  // Kept as a draft on the new revision, not on the one before.
  await page.waitForTimeout(600);
  await page.reload();
  await expect(page.getByTestId("draft-notice")).toBeVisible();
  await expect(page.locator(".cm-content")).toContainText("Tuesday evening");
  await page.keyboard.press("Control+s");
  await expect(page.getByTestId("revision")).toHaveText("Revision 3");
  await expect(page.getByTestId("save-state")).toHaveText("Saved");
});

/** The drafts that the page asks the core to keep from now on. */
function drafts(page: Page): { text: string | null }[] {
  const kept: { text: string | null }[] = [];
  page.on("request", (asked) => {
    const body = asked.postData();
    if (body?.includes('"draft.keep"')) kept.push(JSON.parse(body).request);
  });
  return kept;
}

test("a draft crosses as its changes and comes back with all its words", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  const kept = drafts(page);
  await typeAfter(page, "Tuesday", " evening");
  await expect.poll(() => kept.length).toBe(1);
  await typeAfter(page, "about 40", "0");
  await expect.poll(() => kept.length).toBe(2);
  expect(kept.map(({ text }) => text === null)).toEqual([false, true]);
  await page.reload();
  await expect(page.getByTestId("draft-notice")).toBeVisible();
  await expect(page.locator(".cm-content")).toContainText("about 400 houses");
  await expect(page.locator(".cm-content")).toContainText("Tuesday evening");
});

test("a draft is kept whole where the core cannot take its changes alone", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  const kept = drafts(page);
  await page.route("**/desk/*/call", async (route) => {
    const alone = route.request().postData()?.includes('"text":null');
    const error = { code: "not_found", message: "no such revision" };
    if (alone) await route.fulfill({ json: { answer: null, error } });
    else await route.continue();
  });
  await typeAfter(page, "Tuesday", " evening");
  await expect.poll(() => kept.length).toBe(1);
  await typeAfter(page, "about 40", "0");
  await expect.poll(() => kept.length).toBe(3);
  expect(kept.map(({ text }) => text === null)).toEqual([false, true, false]);
  await page.reload();
  await expect(page.locator(".cm-content")).toContainText("about 400 houses");
});

test("a revision made beside the page is told when its own words are saved", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  const file = join(folder(), "revised.md");
  const desk = await deskOf(page);
  const theirs = tickmark(desk, "Sam Okoro", "article", "1");
  writeFileSync(file, theirs.replace("40 houses", "45 houses"));
  tickmark(desk, "Sam Okoro", "revise", "1", file);
  await typeAfter(page, "Tuesday", " evening");
  await page.keyboard.press("Control+s");
  await page.getByTestId("elsewhere-go").click();
  await page.getByTestId("elsewhere-on-top").click();
  await expect(page.getByTestId("revision")).toHaveText("Revision 3");
  await expect(page.locator(".cm-content")).toContainText("Tuesday evening");
  await expect(page.locator(".cm-content")).toContainText("about 40 houses");
});

/** Somebody else saves another text of the article. */
async function revisedBySam(page: Page) {
  const file = join(folder(), "revised.md");
  const desk = await deskOf(page);
  const theirs = tickmark(desk, "Sam Okoro", "article", "1");
  writeFileSync(file, theirs.replace("40 houses", "45 houses"));
  tickmark(desk, "Sam Okoro", "revise", "1", file);
  return desk;
}

test("a revision made elsewhere opens nothing over the typing, and no key saves on top of it unseen", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  const desk = await revisedBySam(page);
  await typeAfter(page, "Tuesday", " evening");
  await select(page, "No one was hurt");
  for (let at = 0; at < 3; at += 1) await page.keyboard.press("Control+Enter");
  await expect(page.getByTestId("elsewhere-notice")).toBeVisible();
  await expect(page.getByTestId("elsewhere")).toHaveCount(0);
  // Only what Sam saved is there, and what was typed is still in the window.
  expect(tickmark(desk, "Sam Okoro", "article", "1")).not.toContain("evening");
  await typeAfter(page, "Tuesday evening", " late");
  await expect(page.locator(".cm-content")).toContainText("evening late");
});

test("a key that was pressed before a dialog could be seen, or is held down, does not confirm it", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await revisedBySam(page);
  await typeAfter(page, "Tuesday", " evening");
  await page.keyboard.press("Control+s");
  await expect(page.getByTestId("elsewhere-notice")).toBeVisible();
  const drawn = await page.evaluate(async () => {
    const found = <E extends HTMLElement>(name: string) =>
      document.querySelector<E>(`[data-testid=${name}]`);
    found("elsewhere-go")?.click();
    // No frame is drawn before this is over.
    for (let at = 0; at < 99 && !found("elsewhere"); at += 1)
      await Promise.resolve();
    const chord = { key: "Enter", ctrlKey: true, bubbles: true };
    const press = (more: KeyboardEventInit) =>
      found("elsewhere")?.dispatchEvent(
        new KeyboardEvent("keydown", { ...chord, ...more, cancelable: true }),
      );
    press({});
    press({ repeat: true });
    return found("elsewhere") !== null;
  });
  expect(drawn).toBe(true);
  await expect(page.getByTestId("elsewhere-on-top")).not.toBeFocused();
  await expect(async () => {
    await page.keyboard.press("Control+Enter");
    await expect(page.getByTestId("elsewhere")).toHaveCount(0, {
      timeout: 300,
    });
  }).toPass();
  await expect(page.getByTestId("revision")).toHaveText("Revision 3");
});

test("words that wait on an older revision are not typed over, and are saved or put aside", async ({
  page,
}) => {
  const kept = drafts(page);
  await begin(page);
  await bringIn(page);
  await typeAfter(page, "Tuesday", " evening");
  await expect.poll(() => kept.length).toBeGreaterThan(0);
  await page.waitForTimeout(300);
  await revisedBySam(page);
  await page.reload();
  await expect(page.getByTestId("elsewhere-notice")).toContainText(
    "typed on an older revision",
  );
  await page.locator(".cm-content").click();
  await page.keyboard.type("lost?");
  await expect(page.locator(".cm-content")).not.toContainText("lost?");
  await page.getByTestId("elsewhere-go").click();
  await page.getByTestId("elsewhere-compare").click();
  await expect(page.getByTestId("elsewhere")).toContainText("evening");
  await page.getByTestId("elsewhere-on-top").click();
  await expect(page.getByTestId("revision")).toHaveText("Revision 3");
  await expect(page.locator(".cm-content")).toContainText("Tuesday evening");
  await expect(page.getByTestId("elsewhere-notice")).toHaveCount(0);
});

test("marking on unsaved words saves them first and says so", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await typeAfter(page, "Tuesday", " evening");
  await mark(page, "Tuesday evening");
  await expect(
    page.getByText("Your changes were saved first, as revision 2."),
  ).toBeVisible();
  await expect(page.getByTestId("revision")).toHaveText("Revision 2");
});

test("while somebody types, the core says which verdict will fall, lose its place or hold again", async ({
  page,
}) => {
  await begin(page);
  await bringIn(
    page,
    "The flood\n\nHe called it “a warning” twice. It is over.",
  );
  await mark(page, "called it “a warning”");
  await judge(page, "true", "He did.");
  const standing = page.getByTestId("standing");
  const type = async (words: string, by: string) => {
    await select(page, words);
    await page.keyboard.insertText(by);
  };
  await type("“a warning”", '"a warning"');
  await type("twice", "three times");
  // Another style of quote marks and other words beside it are nothing to it.
  await page.waitForTimeout(400);
  await expect(standing).toHaveText(/True/);
  await type("a warning", "a last warning");
  await expect(standing).toHaveText(/Will be out of date/);
  await expect(page.getByTestId("reason")).toHaveText("“last” added");
  await page.keyboard.press("Control+s");
  await page.getByTestId("placements-close").click();
  await expect(standing).toHaveText(/Out of date/);
  await type("a last warning", "a warning");
  await expect(standing).toHaveText(/Will hold again/);
  await expect(page.getByTestId("reason")).toHaveCount(0);
  await type("called it", "named it");
  await expect(standing).toHaveText(/Out of date/);
  await type('He named it "a warning" three times.', "");
  await expect(standing).toHaveText(/Will no longer be in the text/);
  await page.keyboard.press("Control+z");
  await expect(standing).toHaveText(/Out of date/);
});

test("typing is undone in the text first, then the last action by its name", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await typeAfter(page, "Tuesday", "!!");
  await page.keyboard.press("Control+z");
  await expect(page.locator(".cm-content")).not.toContainText("!!");
  await expect(page.locator(".tm-claim")).toHaveCount(1);
  await page.keyboard.press("Control+z");
  await expect(page.getByText(/Undone: Claim marked/)).toBeVisible();
  await expect(page.locator(".tm-claim")).toHaveCount(0);
  await page.keyboard.press("Control+Shift+z");
  await expect(page.locator(".tm-claim")).toHaveCount(1);
});

test("cutting a claim's words and undoing brings the claim back", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await select(page, "about 40 houses");
  await page.keyboard.press("Delete");
  await expect(page.locator(".tm-claim")).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(page.locator(".tm-claim")).toHaveText("about 40 houses");
});

test("a claim whose words are deleted loses its place, and is put on others by hand", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "The bridge reopened after 11 years.");
  await select(page, "The bridge reopened after 11 years.");
  await page.keyboard.type("It took eleven years.");
  await select(page, "It took eleven years.");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Control+s");
  await expect(page.getByTestId("placement")).toHaveAttribute(
    "data-placement",
    "orphaned",
  );
  await page.getByTestId("placements-close").click();
  await select(page, "No one was hurt");
  await page.getByTestId("reattach-selection").click();
  await expect(page.locator(".tm-claim")).toHaveText("No one was hurt");
});

test("overlapping claims are both drawn and both reached by clicking", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "took about 40 houses");
  await mark(page, "about 40");
  await expect(page.locator(".tm-lane-1")).toHaveText("about 40");
  await page.locator(".tm-lane-1").click();
  const first = await page.getByTestId("claim-pane").innerText();
  await page.locator(".tm-lane-1").click();
  expect(await page.getByTestId("claim-pane").innerText()).not.toBe(first);
});

test("right-to-left and unspaced scripts read, select and mark rightly", async ({
  page,
}) => {
  await begin(page);
  await bringIn(
    page,
    "נהר עלה פעמיים\n\nהשיטפון לקח 40 בתים בעיר.\n\n洪水は40軒の家を流した。\n\nIt ends here.",
  );
  await mark(page, "40 בתים");
  await mark(page, "40軒の家");
  await expect(
    page.locator(".cm-line").filter({ hasText: "השיטפון" }),
  ).toHaveCSS("direction", "rtl");
  await expect(
    page.locator(".cm-line").filter({ hasText: "It ends" }),
  ).toHaveCSS("direction", "ltr");
  const ticks = await page
    .locator(".tm-tick")
    .evaluateAll((all) => all.map((tick) => tick.getBoundingClientRect().left));
  expect(Math.abs((ticks[0] ?? 0) - (ticks[1] ?? 0))).toBeGreaterThan(200);
});

test("find and replace changes the text and the claims notice", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await judge(page, "true", "Seen.");
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+f");
  await page.locator("[name=search]").fill("40");
  await page.locator("input[name=replace]").fill("45");
  await page.locator("button[name=replaceAll]").click();
  await expect(page.locator(".cm-content")).toContainText("about 45 houses");
  await expect(page.getByTestId("standing")).toHaveText(/Will be out of date/);
});

test("an older revision is read-only and can be restored", async ({ page }) => {
  await begin(page);
  await bringIn(page);
  await typeAfter(page, "Tuesday", " evening");
  await page.keyboard.press("Control+s");
  await expect(page.getByTestId("revision")).toHaveText("Revision 2");
  await page.keyboard.press("Control+d");
  await page.getByTestId("revision-row").last().click();
  await page.getByTestId("revision-read").click();
  await expect(page.getByTestId("save-state")).toHaveText("Read-only");
  await expect(page.locator(".cm-content")).toHaveAttribute(
    "contenteditable",
    "false",
  );
  await page.getByTestId("restore").click();
  await expect(page.getByTestId("revision")).toHaveText("Revision 3");
  await expect(page.locator(".cm-content")).not.toContainText("evening");
});

test("a long article types like a short one", async ({ page }) => {
  test.setTimeout(60_000);
  const long = Array.from(
    { length: 1600 },
    (_, at) =>
      `Line ${at}: forty houses burnt in one night, the council said on a Tuesday in ${1900 + (at % 100)}, and then it said nothing more about it for years, which nobody in the town of Lindmoor had thought possible, and so the story went on and on until the river rose again and took the bridge that had been built for it, the way it had been foretold by the man who kept the ferry.`,
  ).join("\n\n");
  await begin(page);
  await bringIn(page);
  const short = await medianKey(page, "about 40 houses");
  await bringIn(page, `A long story\n\n${long}`);
  const taken = await medianKey(page, "forty houses burnt");
  // Both wait for a frame; a key that cost work by the article's length would take many of them.
  expect(taken / short).toBeLessThan(4);
});

/** The median time from a key typed after words to the next frame, in milliseconds. */
async function medianKey(page: Page, words: string): Promise<number> {
  await select(page, words);
  await page.keyboard.press("ArrowRight");
  return page.evaluate(async () => {
    const taken: number[] = [];
    for (let key = 0; key < 40; key += 1) {
      const began = performance.now();
      document.execCommand("insertText", false, "x");
      await new Promise(requestAnimationFrame);
      taken.push(performance.now() - began);
    }
    return taken.sort((a, b) => a - b)[20] ?? 0;
  });
}

test("the same text is offered as the article it already is", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await page.getByTestId("import-open").click();
  await page.getByTestId("import-text").fill(ARTICLE);
  await page.getByTestId("import-preview").click();
  await page.getByTestId("import-existing").click();
  await expect(page.getByTestId("article-card")).toHaveCount(1);
});
