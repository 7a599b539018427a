// Documents come in with what they hold, and suggestions are decided one by one, on the real core.
import { expect, test, type Page } from "@playwright/test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { violations } from "./axe";
import { folder, tickmark } from "./core";
import {
  ARTICLE,
  begin,
  bringIn,
  choose,
  judge,
  mark,
  typeAfter,
} from "./desk";
import { run, tracked, word } from "./word";

const PAGE = join(__dirname, "../it/fixtures/pictures.html");
const WORD = join(__dirname, "../../fuzz/seeds/docx/ferry.docx");
const text = (page: Page) => page.locator(".cm-content").innerText();

/** Opens a file in the import's preview. */
async function look(page: Page, file = WORD): Promise<void> {
  await page.getByTestId("import-open").click();
  choose(page, file);
  await page.getByTestId("import-file").click();
  await expect(page.getByTestId("import-preview-dialog")).toBeVisible();
}

/** Pastes something as the clipboard of another program has it. */
async function paste(page: Page, html: string, plain: string): Promise<void> {
  await page.getByTestId("import-open").click();
  const field = page.getByTestId("import-text");
  await field.focus();
  await field.evaluate(
    (element, given) => {
      const data = new DataTransfer();
      data.setData("text/html", given.html);
      data.setData("text/plain", given.plain);
      element.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, cancelable: true }),
      );
    },
    { html, plain },
  );
}

test("a Word file shows its changes, and accepting all before the import takes them", async ({
  page,
}) => {
  await begin(page);
  await look(page);
  await expect(page.getByTestId("import-kind")).toHaveText("Word");
  await expect(page.getByTestId("file-changes").locator("li")).toHaveCount(5);
  expect(await violations(page, "preview of a Word file")).toEqual([]);
  await page.getByTestId("import-changes").selectOption("accept");
  await expect(page.getByTestId("import-result")).toHaveValue(/330/);
  await page.getByTestId("import-changes").selectOption("pending");
  await expect(page.getByTestId("import-result")).toHaveValue(/About 300/);
});

/** A Word file that Jo Hall's desk wrote: an article with a claim, its verdict and a query on it. */
function fileOfJo(): string {
  const place = folder();
  const jo = (...args: string[]) =>
    tickmark(join(place, "jo.desk"), "Jo Hall", ...args);
  const [article, file] = [join(place, "river.md"), join(place, "river.docx")];
  writeFileSync(article, ARTICLE);
  jo("import", article);
  jo("claim", "mark", "1", "--quote", "about 40 houses");
  jo("verdict", "C1", "false", "--rationale", "Twelve were counted.");
  jo("query", "ask", "C1", "Houses or flats?");
  jo("export", "1", "--to", file, "--format", "docx");
  return file;
}

test("the claims of another desk's Word file stand apart from its comments, and come in as claims", async ({
  page,
}) => {
  await begin(page);
  await look(page, fileOfJo());
  await expect(page.getByText("Claims of another desk (1)")).toBeVisible();
  const claims = page.getByTestId("file-claims").locator("li");
  await expect(claims).toHaveCount(1);
  await expect(claims).toContainText("about 40 houses");
  const comments = page.getByTestId("file-comments").locator("li");
  await expect(comments).toHaveCount(1);
  await expect(comments).toContainText("Houses or flats?");
  expect(await violations(page, "claims of another desk")).toEqual([]);
  await page.getByTestId("import-confirm").click();
  await expect(page.locator(".tm-claim")).toHaveText("about 40 houses");
  await page.getByTestId("tab-queries").click();
  await expect(page.getByTestId("query")).toHaveCount(2);
});

test("a suggestion says what it does to a claim, and is accepted and rejected by key", async ({
  page,
}) => {
  await begin(page);
  await look(page);
  await page.getByTestId("import-confirm").click();
  await expect(page.locator("del.tm-suggested").first()).toHaveText("300");
  await mark(page, "About 300");
  await judge(page, "true", "Counted.");
  await page.locator(".cm-content").focus();
  await page.keyboard.press("F7");
  const first = page.getByTestId("suggestion").first();
  await expect(first.getByTestId("effects")).toContainText(
    /C1.*becomes out of date/,
  );
  expect(await violations(page, "suggestions")).toEqual([]);
  await page.keyboard.press("Alt+y");
  await expect(page.locator(".cm-content")).toContainText("About 330");
  await expect(page.locator(".tm-stale").first()).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(page.locator("del.tm-suggested").first()).toHaveText("300");
  const before = await page.getByTestId("suggestion").count();
  await page.keyboard.press("F7");
  await page.keyboard.press("Alt+n");
  await expect(page.getByTestId("suggestion")).not.toHaveCount(before);
  await page.getByTestId("suggestions-accept-all").click();
  await expect(page.getByTestId("suggestion")).toHaveCount(0);
  expect(await text(page)).toContain("New.");
});

test("what is typed while somebody suggests waits, and the text stays", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await page.getByTestId("suggesting").click();
  await typeAfter(page, "about 40", "0");
  await expect(page.locator("ins.tm-suggested")).toHaveText("0");
  await page.keyboard.press("Control+s");
  await page.getByTestId("tab-suggestions").click();
  await expect(page.getByTestId("suggestion")).toHaveCount(1);
  await expect(page.getByTestId("save-state")).toHaveText("Suggesting");
  await page.getByTestId("suggestion-accept").click();
  await expect(page.locator(".cm-content")).toContainText("about 400 houses");
});

test("a key pressed twice decides two suggestions, each once", async ({
  page,
}) => {
  await begin(page);
  await look(page);
  await page.getByTestId("import-confirm").click();
  await page.locator(".cm-content").focus();
  await page.keyboard.press("F7");
  const cards = page.getByTestId("suggestion");
  const before = await cards.count();
  await page.keyboard.press("Alt+n");
  await page.keyboard.press("Alt+n");
  await expect(page.getByText("1 suggestion rejected")).toHaveCount(2);
  expect(await cards.count()).toBeLessThan(before);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await expect(cards).toHaveCount(before);
});

test("once an author has no suggestion left, those of all are listed", async ({
  page,
}) => {
  await begin(page);
  await look(page);
  await page.getByTestId("import-confirm").click();
  await page.locator(".cm-content").focus();
  await page.keyboard.press("F7");
  await page.getByTestId("suggestions-author").selectOption("Ben");
  const cards = page.getByTestId("suggestion");
  const bens = await cards.count();
  await page.getByTestId("suggestions-reject-all").click();
  await expect(page.getByText(`${bens} suggestions rejected`)).toBeVisible();
  await expect(page.getByTestId("suggestions-author")).toHaveCount(0);
  await expect(cards.first()).toContainText("Ada");
});

test("the key goes to a suggestion far down a long list, whose card is drawn then", async ({
  page,
}) => {
  await begin(page);
  await page.getByTestId("import-open").click();
  const places = Array.from({ length: 150 }, (_, at) =>
    [run(`Place ${at} has `), tracked("few", "many"), run(" boats.")].join(""),
  );
  choose(page, {
    name: "places.docx",
    mimeType: "",
    buffer: word("Harbours of the coast", places),
  });
  await page.getByTestId("import-file").click();
  await expect(page.getByTestId("file-changes").locator("li")).toHaveCount(100);
  await page.getByTestId("more").getByText("Show 50 more").click();
  await expect(page.getByTestId("file-changes").locator("li")).toHaveCount(150);
  await page.getByTestId("import-confirm").click();
  await page.locator(".cm-content").focus();
  await page.getByTestId("tab-suggestions").click();
  const cards = page.getByTestId("suggestion");
  await expect(cards).toHaveCount(100);
  await expect(page.getByTestId("more")).toHaveText("Show 50 more");
  await page.keyboard.press("Shift+F7");
  const last = page.locator('[data-suggestion="150"]');
  await expect(last.locator('[aria-current="true"]')).toBeInViewport();
  await expect(last.getByText("not known yet")).toHaveCount(0);
});

test("the addresses of a file are attached to the claims of their sentences", async ({
  page,
}) => {
  await begin(page);
  await page.getByTestId("import-open").click();
  choose(page, {
    name: "ferry.html",
    mimeType: "text/html",
    buffer: Buffer.from(
      "<!doctype html><html><head><title>Ferry fares rise</title></head><body><article><h1>Ferry fares rise</h1><p>The crossing costs <a href='https://ferry.example/fares'>4 euros</a> now.</p><p>Nobody was surprised.</p></article></body></html>",
    ),
  });
  await page.getByTestId("import-file").click();
  await expect(page.getByTestId("file-links").locator("li")).toHaveCount(1);
  await page.getByTestId("import-confirm").click();
  await mark(page, "4 euros");
  await page.keyboard.press("Control+k");
  await page.getByTestId("command-offered").click();
  await expect(page.getByTestId("offered")).toContainText(
    "https://ferry.example/fares · C1",
  );
  expect(await violations(page, "addresses in the file")).toEqual([]);
  await page.getByTestId("offered-attach").click();
  await expect(page.getByTestId("claim-pane")).toContainText("ferry.example");
  await page.keyboard.press("Control+k");
  await page.getByTestId("command-offered").click();
  await expect(page.getByTestId("offered")).toContainText("Nothing to attach");
});

test("a formatted paste keeps its headings, and what was left out is put back", async ({
  page,
}) => {
  await begin(page);
  await paste(
    page,
    "<!--StartFragment--><h1>Ferry fares rise</h1><p>The crossing costs 4 euros.</p><h2>Reactions</h2><p style='display:none'>Hidden words stay out.</p><p>Nobody was surprised.</p><!--EndFragment-->",
    "Ferry fares rise\nThe crossing costs 4 euros.",
  );
  await page.getByTestId("import-preview").click();
  const result = page.getByTestId("import-result");
  await expect(result).toHaveValue(/^# Ferry fares rise\n\nThe crossing/);
  await expect(result).toHaveValue(/\n\n## Reactions\n\n/);
  await page.getByTestId("put-back").first().click();
  await expect(result).toHaveValue(
    /## Reactions\n\nHidden words stay out\.\n\nNobody/,
  );
  await page.getByTestId("block-kind").last().selectOption("paragraph");
  await expect(result).not.toHaveValue(/## Reactions/);
});

test("the pictures of an article are shown with their words", async ({
  page,
}) => {
  await begin(page);
  await look(page, PAGE);
  await expect(page.getByTestId("file-pictures").locator("li")).toHaveCount(2);
  await page.getByTestId("import-confirm").click();
  await expect(page.locator(".cm-content")).toContainText("The lock at Amal");
  await page.keyboard.press("Control+k");
  await page.getByTestId("command-pictures").click();
  const dialog = page.getByTestId("pictures-dialog");
  await expect(dialog.getByRole("listitem")).toHaveCount(2);
  const picture = dialog.getByTestId("picture");
  await expect(picture).toHaveCount(1);
  const width = () =>
    picture.evaluate((img) => (img as HTMLImageElement).naturalWidth);
  await expect.poll(width).toBe(12);
  await expect(dialog).toContainText("Boats wait above the lock.");
  await expect(dialog).toContainText("Near “The old lock was closed on 4 May");
  await expect(dialog).toContainText("Not in the file");
  await expect(dialog.getByTestId("picture-open")).toHaveCount(1);
  expect(await violations(page, "pictures of an article")).toEqual([]);
});
