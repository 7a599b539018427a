// The library and the claim list: status, deadline, sorting and filtering, several claims at once, the right mouse button.
import { expect, test } from "@playwright/test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deskOf, folder, tickmark } from "./core";
import { begin, bringIn, choose, judge, mark } from "./desk";

const SECOND = "A quiet harbour\n\nThe harbour closed in 1970.";

test("status, deadline and assignee are set and shown, and the library sorts and filters by them", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await bringIn(page, SECOND);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("status and");
  await page.keyboard.press("Enter");
  await page.getByTestId("status-state").selectOption("with-writer");
  await page.getByTestId("status-today").click();
  await page.getByTestId("status-assignee").selectOption({ index: 1 });
  await page.getByTestId("status-save").click();
  const first = page.getByTestId("article-card").first();
  await expect(first.getByTestId("card-due")).toHaveText("Due today");
  await expect(first.getByTestId("card-status")).toContainText(
    "With the writer",
  );
  await expect(first.getByTestId("card-status")).toContainText("Mara Lindt");
  await expect(page.getByTestId("status")).toContainText("Due today");

  await page.getByTestId("library-sort").selectOption("headline");
  await expect(page.getByTestId("article-card").first()).toContainText(
    "A quiet harbour",
  );
  await page.getByTestId("library-filter").click();
  await page.getByTestId("library-state").selectOption("with-writer");
  await expect(page.getByTestId("article-card")).toHaveCount(1);
  await page.getByTestId("library-state").selectOption("ready");
  await expect(page.getByTestId("article-card")).toHaveCount(0);
  await page.reload();
  await expect(page.getByTestId("article-card")).toHaveCount(0);
  await page.getByTestId("library-filter").click();
  await page.getByTestId("library-all").click();
  await expect(page.getByTestId("article-card")).toHaveCount(2);
});

test("several claims are chosen, assigned and retracted as one action", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  for (const words of ["about 40 houses", "No one was hurt", "11 years"])
    await mark(page, words);
  await page.getByTestId("tab-claims").click();
  await page.getByTestId("claims-several").click();
  await page.getByTestId("several-all").click();
  await page.getByTestId("several-assign").selectOption({ index: 1 });
  await expect(page.getByTestId("claim-row").first()).toContainText(
    "Mara Lindt",
  );
  const rows = page.getByTestId("claim-row");
  await rows.nth(0).click({ modifiers: ["Control"] });
  await rows.nth(2).click({ modifiers: ["Shift"] });
  await page.getByTestId("several-retract").click();
  await expect(rows).toHaveCount(0);
  await page.locator("[data-sonner-toast] [data-button]").first().click();
  await expect(rows).toHaveCount(3);
});

test("several claims that need no check are one action: one Undo brings all back", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  for (const words of ["about 40 houses", "11 years"]) await mark(page, words);
  await page.getByTestId("tab-claims").click();
  await page.getByTestId("claims-several").click();
  await page.getByTestId("several-all").click();
  await page.getByTestId("several-exempt").click();
  const rows = page.getByTestId("claim-row");
  await expect(rows).toHaveCount(0);
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Alt+c");
  const all = page.getByTestId("coverage-all");
  await expect(all).toContainText("No check needed: 2");
  await page.locator("[data-sonner-toast] [data-button]").first().click();
  await expect(rows).toHaveCount(2);
  await expect(all).toContainText("No check needed: 0");
});

test("the claim list is filtered by rating, evidence, words", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await judge(page, "true", "The minutes say so.");
  await mark(page, "No one was hurt");
  await judge(page, "false", "The council says otherwise.");
  await page.getByTestId("tab-claims").click();
  await page.getByTestId("claims-filter").click();
  const rows = page.getByTestId("claim-row");
  await page.getByTestId("filter-rating").selectOption("false");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("No one was hurt");
  await page.getByTestId("filter-rating").selectOption("");
  await page.getByTestId("filter-words").fill("HOUSES");
  await expect(rows).toContainText("about 40 houses");
  await expect(rows).toHaveCount(1);
  await page.getByTestId("filter-words").fill("");
  await page.getByTestId("filter-bare").check();
  await expect(rows).toHaveCount(2);
});

test("the right mouse button offers what can be done with a claim and an article", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await page.getByTestId("tab-claims").click();
  await page.getByTestId("claim-row").click({ button: "right" });
  await page.getByTestId("menu-query").click();
  // The hand goes from the mouse to the keys.
  await expect(page.getByTestId("query-text")).toBeFocused();
  await page.keyboard.type("Forty?");
  await expect(page.getByTestId("query-text")).toHaveValue("Forty?");
  await page.getByTestId("article-card").click({ button: "right" });
  await page.getByTestId("menu-archive").click();
  await expect(page.getByTestId("article-card")).toHaveCount(0);
  await page.locator("[data-sonner-toast] [data-button]").first().click();
  await expect(page.getByTestId("article-card")).toHaveCount(1);
});

test("the menu of a claim that is not selected stays open and works on that claim", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1100, height: 700 });
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await mark(page, "No one was hurt");
  await page.getByTestId("tab-claims").click();
  const rows = page.getByTestId("claim-row");
  for (const number of [1, 2]) {
    const row = rows.nth(number - 1);
    const box = await row.boundingBox();
    if (!box) throw new Error("no claim");
    // At the edge of the window.
    await row.click({ button: "right", position: { x: box.width - 4, y: 8 } });
    await page.waitForTimeout(300);
    await expect(page.getByTestId("menu-query")).toBeVisible();
    await expect(rows).toHaveCount(2);
    await expect(row).toHaveAttribute("aria-current", "true");
    await page.keyboard.press("Escape");
    await expect(page.getByTestId("menu-query")).toHaveCount(0);
  }
  await rows.first().click({ button: "right" });
  await page.getByTestId("menu-query").click();
  await expect(page.getByTestId("query-text")).toBeFocused();
  await page.keyboard.type("Forty?");
  await page.keyboard.press("Control+Enter");
  await page.getByTestId("tab-claims").click();
  await expect(rows.first()).toContainText("C1");
  await expect(rows.nth(0)).toContainText("nswer");
  await expect(rows.nth(1)).not.toContainText("nswer");
});

test("a name like that of somebody here is asked about before it is a new person", async ({
  page,
}) => {
  await begin(page);
  const add = async (name: string) => {
    await page.getByTestId("people").click();
    await page.getByTestId("person-name").fill(name);
    await page.getByTestId("person-add").click();
  };
  await add("Mara Lind");
  await expect(page.getByTestId("person-like")).toContainText(
    "Did you mean “Mara Lindt”?",
  );
  await expect(page.getByTestId("person")).toHaveCount(1);
  await page.getByTestId("person-another").click();
  await page.getByTestId("people").click();
  await expect(page.getByTestId("person")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await add("Sam Okoro");
  await page.getByTestId("people").click();
  await expect(page.getByTestId("person")).toHaveCount(3);
});

test("in a narrow window the bar folds into a menu", async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  await begin(page);
  await bringIn(page);
  await page.getByTestId("bar-more").click();
  await page.getByTestId("more-export").click();
  await expect(page.getByTestId("export-dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  const right = await page
    .locator("main")
    .evaluate((main) => main.getBoundingClientRect().right);
  const overlaps = await page
    .locator("main header > *")
    .evaluateAll(
      (parts, edge) =>
        parts.filter((part) => part.getBoundingClientRect().right > edge + 1)
          .length,
      right,
    );
  expect(overlaps).toBe(0);
});

test("a conversation is recorded, withholds its source, and a half-filled source stays", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await page.getByTestId("sources").click();
  await page.getByTestId("source-new").click();
  await page.getByTestId("source-form-title").fill("Harbour office");
  await page.keyboard.press("Escape");
  await page.waitForTimeout(700);
  await page.reload();
  await page.getByTestId("sources").click();
  await page.getByTestId("unfinished-go").click();
  await expect(page.getByTestId("source-form-title")).toHaveValue(
    "Harbour office",
  );
  await page.getByLabel("Kind").selectOption("interview");
  await page.getByTestId("source-save").click();
  await expect(page.getByTestId("unfinished")).toHaveCount(0);
  await page.getByTestId("source-row").click();
  await page.getByTestId("conversation-new").click();
  await page.getByTestId("conversation-with").fill("Ines Berg");
  await page.getByTestId("conversation-on").fill("14 Oct 2025");
  await page.getByTestId("conversation-terms").selectOption("background");
  await page.getByTestId("conversation-confirmed").fill("Five boats a night.");
  await page.getByTestId("conversation-save").click();
  await expect(page.getByTestId("conversation")).toContainText("2025-10-14");
  await expect(page.getByTestId("conversation")).toContainText("on background");
  await expect(page.getByTestId("source-withhold")).toBeChecked();
});

test("every format is offered, with what it is for", async ({ page }) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await judge(page, "true", "The minutes say so.");
  await page.getByTestId("export").click();
  const format = page.getByTestId("export-format");
  await expect.poll(() => format.locator("option").count()).toBeGreaterThan(5);
  await format.selectOption("csv");
  await page.getByTestId("export-confirm").click();
  await expect(page.getByTestId("export-dialog")).toHaveCount(0);
  await expect(page.locator("[data-sonner-toast]").first()).toContainText(
    ".csv",
  );
});

test("the log says what was done to what", async ({ page }) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await judge(page, "true", "The minutes say so.");
  await page.keyboard.press("Control+k");
  await page.getByTestId("command-log").click();
  await expect(page.getByTestId("log")).toContainText(
    "True for C1 “about 40 houses”",
  );
});

test("the article is printed with numbered notes, and not the window", async ({
  page,
}) => {
  await page.addInitScript(() => (window.print = () => undefined));
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await judge(page, "true", "The minutes say so.");
  await page.keyboard.press("Control+p");
  await expect(page.getByTestId("print")).toHaveCount(1);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByTestId("print")).toBeVisible();
  await expect(page.getByTestId("print").locator("sup")).toHaveText("1");
  await expect(page.getByTestId("print")).toContainText("The minutes say so.");
  await expect(page.locator("main")).toBeHidden();
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await expect(page.getByTestId("print")).toHaveCount(0);
  await expect(page.locator("main")).toBeVisible();
});

test("the writer's answers come back from a sheet and find their queries", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await page.keyboard.press("Alt+q");
  await page.keyboard.type("Who counted them?");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByTestId("query")).toContainText("Who counted them?");
  const desk = await deskOf(page);
  const sheet = join(folder(), "sheet.txt");
  tickmark(
    desk,
    "Mara Lindt",
    "export",
    "1",
    "--format",
    "sheet-txt",
    "--to",
    sheet,
  );
  const answered = readFileSync(sheet, "utf8").replace(
    /^Answer:.*$/m,
    "Answer: The fire brigade did.",
  );
  await page.getByTestId("tab-queries").click();
  choose(page, {
    name: "sheet.txt",
    mimeType: "text/plain",
    buffer: Buffer.from(answered),
  });
  await page.getByTestId("answers-import").click();
  await expect(page.getByTestId("query")).toContainText(
    "The fire brigade did.",
  );
  await expect(page.getByTestId("query")).toContainText("written by");
});

test("a filter by somebody who is not at this desk shows all", async ({
  page,
}) => {
  await page.addInitScript(() =>
    localStorage.setItem(
      "tickmark-library",
      JSON.stringify({
        sort: "touched",
        state: "",
        tag: "",
        assignee: "Nobody Here",
        queries: false,
      }),
    ),
  );
  await begin(page);
  await bringIn(page);
  await expect(page.getByTestId("article-card")).toHaveCount(1);
});

test("what one person half typed is not the next one's", async ({ page }) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await page.keyboard.press("Alt+q");
  await page.keyboard.type("Mara asks");
  await page.keyboard.press("Escape");
  await page.getByTestId("people").click();
  await page.getByTestId("person-name").fill("Sam Okoro");
  await page.getByTestId("person-add").click();
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("people")).toContainText("Sam Okoro");
  await page.locator(".tm-claim").first().click();
  await expect(page.getByTestId("claim-pane")).toBeVisible();
  await expect(page.getByTestId("unfinished")).toHaveCount(0);
});

test("half-filled forms of a scale, a person and a source are kept without an open article", async ({
  page,
}) => {
  await begin(page);
  const command = async (id: string) => {
    await page.keyboard.press("Control+k");
    await page.getByTestId(`command-${id}`).click();
  };
  await command("scales");
  await page.getByTestId("scale-add").click();
  await page.getByTestId("scale-name").fill("House rules");
  await page.getByTestId("scale-label").first().fill("Fine");
  await page.keyboard.press("Escape");
  await page.getByTestId("people").click();
  await page.getByTestId("person-name").fill("Sam Oko");
  await page.keyboard.press("Escape");
  await page.getByTestId("sources").click();
  await page.getByTestId("source-new").click();
  await page.getByTestId("source-form-title").fill("The minutes");
  await page.keyboard.press("Escape");
  await page.waitForTimeout(900);

  await page.reload();
  await bringIn(page);
  await command("scales");
  await expect(page.getByTestId("scale-name")).toHaveValue("House rules");
  await expect(page.getByTestId("scale-label").first()).toHaveValue("Fine");
  await page.keyboard.press("Escape");
  await page.getByTestId("sources").click();
  await page.getByTestId("unfinished-go").click();
  await expect(page.getByTestId("source-form-title")).toHaveValue(
    "The minutes",
  );
  await page.keyboard.press("Escape");
  await page.getByTestId("people").click();
  await expect(page.getByTestId("person-name")).toHaveValue("Sam Oko");
  await page.getByTestId("person-name").fill("Sam Okoro");
  await page.getByTestId("person-add").click();
  await expect(page.getByTestId("people")).toContainText("Sam Okoro");
  await page.getByTestId("people").click();
  await expect(page.getByTestId("person-name")).toHaveValue("");
  await page.getByTestId("person").first().click();
  await expect(page.getByTestId("people")).toContainText("Mara Lindt");
  await page.getByTestId("people").click();
  await expect(page.getByTestId("person-name")).toHaveValue("");
  await page.keyboard.press("Escape");
  await command("scales");
  await page.getByTestId("scale-discard").click();
  await page.getByTestId("scale-add").click();
  await expect(page.getByTestId("scale-name")).toHaveValue("");
});

test("the library stands under its tags, articles without a tag last", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await bringIn(page, "The mill at Orn\n\nIt ground 12 tonnes of rye.");
  await bringIn(page, "The price of rye\n\nIt rose by 3 percent.");
  const desk = await deskOf(page);
  const tags = (article: string, ...all: string[]) =>
    tickmark(
      desk,
      "Mara Lindt",
      ...["article", "info", article],
      ...all.flatMap((tag) => ["--tag", tag]),
    );
  tags("1", "Water");
  tags("2", "Water", "Rye");
  await page.reload();
  await page.getByTestId("library-group").click();
  await expect(page.getByTestId("tag-group")).toHaveText([
    "Rye",
    "Water",
    "Without a tag",
  ]);
  await expect(page.getByTestId("article-card")).toHaveCount(4);
  await expect(page.getByTestId("article-card").last()).toContainText(
    "The price of rye",
  );
  await page.reload();
  await expect(page.getByTestId("tag-group")).toHaveCount(3);
  await page.getByTestId("library-group").click();
  await expect(page.getByTestId("tag-group")).toHaveCount(0);
  await expect(page.getByTestId("article-card")).toHaveCount(3);
});
