// Nothing typed is lost and nothing typed lands elsewhere: forms take the caret, keep what is half typed, and a claim
// takes few actions.
import { expect, test, type Page } from "@playwright/test";
import { deskOf, tickmark } from "./core";
import { begin, bringIn, choose, judge, mark, select } from "./desk";

const text = (page: Page) => page.locator(".cm-content").innerText();

test.beforeEach(async ({ page }) => {
  await begin(page);
  await bringIn(page);
});

test("what is typed right after a form is opened lands in the form, by key and by mouse", async ({
  page,
}) => {
  await mark(page, "about 40 houses");
  const before = await text(page);
  for (const [key, button, field] of [
    ["Alt+e", "add-evidence", "source-title"],
    ["Alt+q", "ask-query", "query-text"],
    ["Alt+d", "describe", "assertion"],
  ] as const) {
    for (const open of [
      () => page.keyboard.press(key),
      () => page.getByTestId(button).click(),
    ]) {
      await page.locator(".tm-claim").first().click();
      await open();
      await page.keyboard.type("Zed");
      await expect(page.getByTestId(field)).toHaveValue("Zed");
      await page.keyboard.press("Escape");
      if (field === "source-title") await page.keyboard.press("Escape");
      await expect(page.getByTestId(field)).toHaveCount(0);
      await page.getByTestId("unfinished-discard").first().click();
    }
  }
  await page.locator(".tm-claim").first().click();
  await page.keyboard.press("Alt+1");
  await page.keyboard.type("Zed");
  await expect(page.getByTestId("rationale")).toHaveValue("Zed");
  expect(await text(page)).toBe(before);
});

test("Escape closes a form and gives the caret back to the text", async ({
  page,
}) => {
  await mark(page, "about 40 houses");
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Alt+q");
  await page.keyboard.press("Escape");
  await expect(page.locator(".cm-content")).toBeFocused();
});

test("half-typed forms survive another claim, another tab and another start", async ({
  page,
}) => {
  await mark(page, "about 40 houses");
  await page.keyboard.press("Alt+e");
  await page.keyboard.type("The minutes");
  await page.getByTestId("evidence-passage").fill("some forty");
  await page.keyboard.press("Alt+1");
  await page.keyboard.type("They say");
  await mark(page, "No one was hurt");
  await expect(page.getByTestId("unfinished")).toHaveCount(0);
  await page.getByTestId("tab-claims").click();
  await expect(page.getByTestId("claim-unfinished")).toHaveCount(1);
  await page.waitForTimeout(700);
  await page.reload();
  await page.locator(".tm-claim").first().click();
  await expect(page.getByTestId("unfinished")).toHaveCount(2);
  await page.getByTestId("unfinished-go").first().click();
  await expect(page.getByTestId("rationale")).toHaveValue("They say");
  await page.keyboard.press("Escape");
  await page.getByTestId("unfinished-go").last().click();
  await expect(page.getByTestId("source-title")).toHaveValue("The minutes");
  await expect(page.getByTestId("evidence-passage")).toHaveValue("some forty");
  await page.keyboard.press("Escape");
  await page.getByTestId("unfinished-discard").last().click();
  await page.getByTestId("unfinished-discard").last().click();
  await expect(page.getByTestId("unfinished")).toHaveCount(0);
  await page.waitForTimeout(700);
  await page.reload();
  await page.locator(".tm-claim").first().click();
  await expect(page.getByTestId("claim-pane")).toBeVisible();
  await expect(page.getByTestId("unfinished")).toHaveCount(0);
});

test("a digit typed where nothing takes it rates nothing", async ({ page }) => {
  await mark(page, "about 40 houses");
  await page.getByTestId("claim-pane").locator("blockquote button").click();
  await page.getByTestId("claim-pane").locator(".line").first().click();
  await page.keyboard.type("Maps: 397 km");
  await expect(page.getByTestId("rationale")).toHaveCount(0);
  await page.getByTestId("verdict-true").focus();
  await page.keyboard.press("3");
  await expect(page.getByTestId("rationale")).toBeFocused();
  await expect(page.locator("[role=radio][aria-checked=true]")).toHaveCount(1);
});

/** Presses or clicks, and counts it. */
function counted() {
  let actions = 0;
  return {
    do: async (action: Promise<unknown>) => {
      actions += 1;
      await action;
    },
    get actions() {
      return actions;
    },
  };
}

async function withSource(page: Page): Promise<void> {
  await mark(page, "No one was hurt");
  await page.keyboard.press("Alt+e");
  await page.keyboard.type("Minutes of the council");
  await page.getByTestId("evidence-save").click();
  await expect(page.getByTestId("evidence-piece")).toBeVisible();
  await page.locator(".cm-line").nth(0).click();
}

test("a claim takes nine actions by keyboard", async ({ page }) => {
  await withSource(page);
  const hand = counted();
  await hand.do(select(page, "about 40 houses"));
  await hand.do(page.keyboard.press("Control+Enter"));
  await expect(page.getByTestId("claim-pane")).toContainText("about 40 houses");
  await hand.do(page.keyboard.press("Alt+1"));
  await hand.do(
    page.keyboard
      .type("The council counted.")
      .then(() => page.keyboard.press("Tab")),
  );
  await page.keyboard.type("Minut");
  await expect(page.locator("[role=option][aria-selected=true]")).toContainText(
    "Minutes of the council",
  );
  await hand.do(page.keyboard.press("Tab"));
  await expect(page.getByTestId("stance-supports")).toBeFocused();
  await hand.do(page.keyboard.press("Tab"));
  await hand.do(page.keyboard.type("forty houses"));
  await hand.do(page.keyboard.press("Control+Enter"));
  await expect(page.getByTestId("verdict-current")).toContainText("counted");
  await expect(page.getByTestId("evidence-piece")).toContainText(
    "forty houses",
  );
  await expect(page.getByTestId("evidence-piece")).toContainText("Minutes");
  expect(hand.actions).toBeLessThanOrEqual(9);
});

test("a claim takes seven actions by mouse", async ({ page }) => {
  await withSource(page);
  const hand = counted();
  await hand.do(select(page, "about 40 houses"));
  await hand.do(page.getByTestId("bar-mark").click());
  await expect(page.getByTestId("claim-pane")).toContainText("about 40 houses");
  await hand.do(page.getByTestId("verdict-false").click());
  await expect(page.getByTestId("rationale")).toBeFocused();
  await hand.do(
    page.keyboard.type("They deny it.").then(() => page.keyboard.press("Tab")),
  );
  await hand.do(page.getByTestId("source-offer").first().click());
  await hand.do(page.keyboard.type("none at all"));
  await hand.do(page.getByTestId("verdict-save").click());
  await expect(page.getByTestId("evidence-piece")).toContainText("none at all");
  await expect(page.getByTestId("evidence-piece")).toContainText("−");
  await expect(page.getByTestId("verdict-current")).toContainText("deny");
  expect(hand.actions).toBeLessThanOrEqual(7);
});

test("the cursor selects the claim it is in and keeps the focus", async ({
  page,
}) => {
  await mark(page, "about 40 houses");
  await mark(page, "No one was hurt");
  await page.getByTestId("tab-claims").click();
  await select(page, "about 40");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  await expect(
    page.locator("[data-testid=claim-row][aria-current=true]"),
  ).toContainText("about 40 houses");
  await expect(page.locator(".cm-content")).toBeFocused();
  await page.keyboard.press("Alt+Enter");
  await expect(page.getByTestId("claim-pane")).toContainText("about 40 houses");
  await expect(page.getByTestId("verdict-true")).toBeFocused();
});

test("what was retracted can be taken back at once", async ({ page }) => {
  await mark(page, "about 40 houses");
  await judge(page, "true", "The minutes say so.");
  await page.getByTestId("retract").click();
  await expect(page.locator(".tm-claim")).toHaveCount(0);
  await page.locator("[data-sonner-toast] [data-button]").first().click();
  await expect(page.locator(".tm-claim")).toHaveCount(1);
});

test("an edge of a claim is moved by key and drawn by mouse, a whole word at a time", async ({
  page,
}) => {
  await mark(page, "about 40");
  const quote = page.getByTestId("claim-pane").locator("blockquote");
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Alt+Shift+ArrowRight");
  await expect(quote).toHaveText("about 40 houses");
  await page.keyboard.press("Alt+Shift+ArrowDown");
  await expect(quote).toHaveText("about 40 houses in Lindmoor.");
  await page.keyboard.press("Alt+Shift+ArrowUp");
  await expect(quote).toHaveText("The flood took about 40 houses in Lindmoor.");
  const handle = page.locator(".tm-handle-end");
  // The handle is drawn anew while the text is; the mouse goes to where it stays.
  await handle.hover();
  const box = await handle.boundingBox();
  if (!box) throw new Error("no handle");
  await page.mouse.down();
  await page.mouse.move(box.x - 90, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(quote).toHaveText(/^The flood took about 40 houses( in)?$/);
  await page.keyboard.press("Control+z");
  await expect(quote).toHaveText("The flood took about 40 houses in Lindmoor.");
});

test("find counts the places and goes to the first while it is typed", async ({
  page,
}) => {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+f");
  await page.keyboard.type("the");
  await expect(page.getByTestId("found-count")).toHaveText(/^1 of [4-9]$/);
  await expect(page.locator(".cm-searchMatch-selected")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("found-count")).toHaveText(/^2 of [4-9]$/);
  await page.keyboard.type("x");
  await expect(page.getByTestId("found-count")).toHaveText("No matches");
  await page.keyboard.press("Escape");
  await expect(page.locator(".cm-search")).toHaveCount(0);
  await expect(page.locator(".cm-content")).toBeFocused();
});

test("F3 opens find from beside the text, and then goes to the next place", async ({
  page,
}) => {
  await page.getByTestId("article-card").first().focus();
  await page.keyboard.press("F3");
  await page.keyboard.type("the");
  await expect(page.getByTestId("found-count")).toHaveText(/^1 of [4-9]$/);
  await page.keyboard.press("F3");
  await expect(page.getByTestId("found-count")).toHaveText(/^2 of [4-9]$/);
});

test("a passage is chosen from an attached text", async ({ page }) => {
  await withSource(page);
  await page.locator(".tm-claim").first().click();
  choose(page, {
    name: "minutes.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("Agenda\nNobody was hurt, the doctor said.\nEnd"),
  });
  await page.getByTestId("attach").click();
  await page.getByTestId("add-evidence").click();
  await page.keyboard.type("Minutes of");
  await expect(page.locator("[role=option][aria-selected=true]")).toContainText(
    "Minutes of the council",
  );
  await page.keyboard.press("Tab");
  await page.getByTestId("passage-file").click();
  await page
    .getByTestId("passage-text")
    .evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(7, 24));
  await page.getByTestId("passage-text").dispatchEvent("select");
  await page.getByTestId("passage-take").click();
  await expect(page.getByTestId("evidence-passage")).toHaveValue(
    "Nobody was hurt, ".trim(),
  );
  await expect(page.getByTestId("evidence-locator")).toHaveValue("line 2");
});

test("what was saved stays saved when its form is opened again", async ({
  page,
}) => {
  await mark(page, "about 40 houses");
  await page.keyboard.press("Alt+d");
  await page.keyboard.type("Forty houses were flooded");
  await page.getByTestId("fields-save").click();
  await expect(page.getByTestId("assertion")).toHaveCount(0);
  await page.keyboard.press("Alt+d");
  await expect(page.getByTestId("assertion")).toHaveValue(
    "Forty houses were flooded",
  );
});

test("a key that opens an open form moves the caret into it again", async ({
  page,
}) => {
  await mark(page, "about 40 houses");
  const before = await text(page);
  await page.keyboard.press("Alt+q");
  await page.locator(".cm-line").first().click();
  await page.locator(".tm-claim").first().click();
  await page.keyboard.press("Alt+q");
  await page.keyboard.type("Who?");
  await expect(page.getByTestId("query-text")).toHaveValue("Who?");
  expect(await text(page)).toBe(before);
});

test("a double click asks once, and an address stands whole in its field", async ({
  page,
}) => {
  await mark(page, "about 40 houses");
  await page.keyboard.press("Alt+q");
  await page.keyboard.type("Who counted?");
  await page.getByTestId("query-save").dblclick();
  await expect(page.getByTestId("query")).toHaveCount(1);
  await page.keyboard.press("Alt+e");
  await page.keyboard.type("https://example.org/minutes");
  await expect(page.getByTestId("source-url")).toHaveValue(
    "https://example.org/minutes",
  );
});

test("a source typed and left at once is the one that was meant", async ({
  page,
}) => {
  await withSource(page);
  await mark(page, "about 40 houses");
  await page.keyboard.press("Alt+e");
  await page.keyboard.type("Minutes of the c");
  await page.keyboard.press("Tab");
  await expect(page.getByTestId("source-title")).toHaveValue(
    "Minutes of the council",
  );
  await page.getByTestId("source-title").fill("Minutes of the court");
  await page.keyboard.press("Tab");
  await page.waitForTimeout(300);
  await expect(page.getByTestId("source-title")).toHaveValue(
    "Minutes of the court",
  );
});

/** Waits until the desk has kept a form. */
const kept = (page: Page, words: string) =>
  page.waitForRequest((asked) => {
    const body = asked.postData() ?? "";
    return body.includes('"form.keep"') && body.includes(words);
  });

test("a half-typed answer can be read and copied when its query is not there any more", async ({
  page,
}) => {
  await mark(page, "about 40 houses");
  await page.keyboard.press("Alt+q");
  await page.keyboard.type("Who counted?");
  await page.getByTestId("query-save").click();
  const keeping = kept(page, "The fire brigade");
  await page.getByTestId("query-answer").fill("The fire brigade");
  await keeping;
  await page.waitForTimeout(200);
  tickmark(await deskOf(page), "Mara Lindt", "undo");
  await page.reload();
  await page.locator(".tm-claim").first().click();
  await expect(page.getByTestId("query")).toHaveCount(0);
  await page.getByTestId("lost-open").click();
  await expect(page.getByTestId("lost-text")).toHaveValue("The fire brigade");
  await expect(page.getByTestId("lost-text")).not.toBeEditable();
  await expect(page.getByTestId("lost-copy")).toBeVisible();
  await page.getByTestId("lost-discard").click();
  await expect(page.getByTestId("lost")).toHaveCount(0);
  await expect(page.getByTestId("claim-unfinished")).toHaveCount(0);
});

test("a half-typed change of evidence can be read when the evidence was removed, and goes on when it is back", async ({
  page,
}) => {
  await mark(page, "about 40 houses");
  await page.keyboard.press("Alt+e");
  await page.keyboard.type("The minutes");
  await page.getByTestId("evidence-save").click();
  await page.getByTestId("evidence-edit").click();
  await page.getByTestId("evidence-passage").fill("some forty, page 3");
  await page.keyboard.press("Escape");
  await page.getByTestId("evidence-retract").click();
  await page.getByTestId("lost-open").click();
  await expect(page.getByTestId("lost-text")).toHaveValue("some forty, page 3");
  await page.locator("[data-sonner-toast] [data-button]").first().click();
  await page.getByTestId("unfinished-go").click();
  await expect(page.getByTestId("evidence-passage")).toHaveValue(
    "some forty, page 3",
  );
});

test("what a menu opens has the keys before the click is over", async ({
  page,
}) => {
  await mark(page, "about 40 houses");
  await page.getByTestId("tab-claims").click();
  await page.getByTestId("claim-row").click({ button: "right" });
  const focused = await page.getByTestId("menu-query").evaluate((item) => {
    (item as HTMLElement).click();
    return document.activeElement?.getAttribute("data-testid");
  });
  expect(focused).toBe("query-text");
  await page.keyboard.type("Forty?");
  await expect(page.getByTestId("query-text")).toHaveValue("Forty?");
  await expect(page.getByRole("menu")).toHaveCount(0);
});

/** Sam's command line on the desk of the page. */
async function sam(page: Page) {
  const desk = await deskOf(page);
  return (...args: string[]) => tickmark(desk, "Sam Okoro", ...args);
}

test("what a colleague changes in a claim while its form is open is told, and nothing is written over unseen", async ({
  page,
}) => {
  await mark(page, "about 40 houses");
  const other = await sam(page);
  await page.keyboard.press("Alt+d");
  await page.keyboard.type("Forty houses were flooded");
  other("claim", "edit", "C1", "--assertion", "Theirs", "--kind", "figure");
  await page.getByTestId("fields-save").click();
  const clash = page.getByTestId("clash");
  await expect(clash).toContainText("Sam Okoro");
  await expect(clash).toContainText("“Theirs”");
  await expect(clash).toContainText("“Forty houses were flooded”");
  await expect(page.getByTestId("kind")).toHaveValue("figure");
  await expect(page.getByTestId("assertion")).toHaveValue(
    "Forty houses were flooded",
  );
  expect(other("claim", "show", "C1")).toContain("Theirs");
  await page.getByTestId("clash-keep").click();
  await expect(clash).toHaveCount(0);
  await page.getByTestId("fields-save").click();
  await expect(page.getByTestId("assertion")).toHaveCount(0);
  expect(other("claim", "show", "C1")).toContain("Forty houses were flooded");
});

test("a form that was kept tells what was changed while it was closed, and theirs can be taken", async ({
  page,
}) => {
  await mark(page, "about 40 houses");
  const other = await sam(page);
  const keeping = kept(page, "was:assertion");
  await page.keyboard.press("Alt+d");
  await page.keyboard.type("Forty");
  await keeping;
  await page.waitForTimeout(200);
  other("claim", "edit", "C1", "--assertion", "Theirs");
  await page.reload();
  // Sam was introduced last and works at the next start, until Mara says otherwise.
  await page.getByTestId("people").click();
  await page.getByTestId("person").first().click();
  await page.locator(".tm-claim").first().click();
  await page.getByTestId("unfinished-go").click();
  await expect(page.getByTestId("clash")).toContainText("Sam Okoro");
  await page.getByTestId("clash-take").click();
  await expect(page.getByTestId("assertion")).toHaveValue("Theirs");
  await expect(page.getByTestId("clash")).toHaveCount(0);
});

test("the forms of the info, the status and a source tell what a colleague changed", async ({
  page,
}) => {
  const other = await sam(page);
  const command = async (id: string) => {
    await page.keyboard.press("Control+k");
    await page.getByTestId(`command-${id}`).click();
  };
  const clash = page.getByTestId("clash");
  await command("info");
  await page.getByTestId("info-outlet").fill("The Mine");
  other("article", "info", "1", "--outlet", "Their Times", "--place", "Orn");
  await page.getByTestId("info-save").click();
  await expect(clash).toContainText("Sam Okoro");
  await expect(clash).toContainText("“Their Times”");
  await expect(page.getByTestId("info-place")).toHaveValue("Orn");
  await page.getByTestId("clash-take").click();
  await expect(page.getByTestId("info-outlet")).toHaveValue("Their Times");
  await page.keyboard.press("Escape");

  await command("status");
  await page.getByTestId("status-state").selectOption("ready");
  other("article", "status", "1", "--state", "out", "--assign", "Sam Okoro");
  await page.getByTestId("status-save").click();
  await expect(clash).toContainText("Sam Okoro");
  await page.getByTestId("clash-keep").click();
  await page.getByTestId("status-save").click();
  await expect(page.getByTestId("status")).toContainText("eady");
  await expect(page.getByTestId("card-status")).toContainText("Sam Okoro");

  other("source", "add", "--title", "The minutes");
  await page.getByTestId("sources").click();
  await page.getByTestId("source-row").click();
  await page.getByTestId("source-form-title").fill("The minutes of May");
  other("source", "edit", "S1", "--title", "The minutes of June");
  await page.getByTestId("source-save").click();
  await expect(clash).toContainText("“The minutes of June”");
  await page.getByTestId("clash-keep").click();
  await page.getByTestId("source-save").click();
  await expect(page.getByTestId("source-row")).toContainText("of May");
});
