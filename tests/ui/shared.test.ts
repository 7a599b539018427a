// A shared desk, against a real hub: joining, what goes to and fro, two versions of one sentence, members and their roles,
// and what is shown when the hub cannot be reached. Without PostgreSQL these tests are skipped.
import { expect, test, type Page } from "@playwright/test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { violations } from "./axe";
import { folder } from "./core";
import {
  ARTICLE,
  begin,
  bringIn,
  choose,
  judge,
  mark,
  select,
  typeAfter,
} from "./desk";
import {
  Desk,
  Shared,
  startDatabase,
  stopDatabase,
  type Database,
} from "./hub";

// One database for all of them, which the last one stops.
test.describe.configure({ mode: "default", timeout: 90_000 });

let database: Database = { missing: "It was not started." };

test.beforeAll(() => {
  database = startDatabase();
  if ("missing" in database)
    console.log(`The shared desk is not tested: ${database.missing}`);
});
test.afterAll(() => {
  if (!("missing" in database)) stopDatabase();
});

/** A shared desk of its own for each test. */
function found(name = "News"): Shared {
  test.skip("missing" in database, "PostgreSQL is not installed");
  if ("missing" in database) throw new Error(database.missing);
  return Shared.found(database, name);
}

/** Joins in the page, with a desk that is new. */
async function joinPage(page: Page, invite: string): Promise<void> {
  await page.goto("/");
  await page.getByTestId("first-run-join").click();
  choose(page, invite);
  await page.getByTestId("join-file").click();
  await expect(page.getByTestId("join-file-name")).toContainText(".invite");
  await page.getByTestId("join-device").fill("Laptop");
  await page.getByTestId("join-confirm").click();
  await expect(page.getByTestId("join-dialog")).toHaveCount(0);
  await expect(page.getByTestId("shared-badge")).toBeVisible();
}

/** The badge says that everything was sent and received. */
async function upToDate(page: Page): Promise<void> {
  const badge = page.getByTestId("shared-badge");
  // Where it was asked to sync, the answer is awaited first: until then the badge may not know of the newest entry.
  await expect(badge).toHaveAttribute("aria-busy", "false", {
    timeout: 15_000,
  });
  await expect(badge).toHaveAttribute("data-state", "up-to-date", {
    timeout: 15_000,
  });
}

async function command(page: Page, id: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByTestId(`command-${id}`).click();
}

/** What the palette offers. */
async function offered(page: Page): Promise<string[]> {
  await page.keyboard.press("Control+k");
  await page.getByTestId("palette-dialog").waitFor();
  const ids = await page
    .locator("[data-testid^=command-]")
    .evaluateAll((all) =>
      all.map((one) => (one as HTMLElement).dataset["testid"]!.slice(8)),
    );
  await page.keyboard.press("Escape");
  return ids;
}

/** A file with the article as it is sent to `revise`. */
function words(text: string): string {
  const file = join(folder(), "words.txt");
  writeFileSync(file, text);
  return file;
}

test("without a shared desk nothing of it is shown but the way to join one", async ({
  page,
}) => {
  await begin(page);
  await expect(page.getByTestId("shared-badge")).toHaveCount(0);
  const ids = await offered(page);
  expect(ids).toContain("join");
  for (const id of ["shared", "sync", "members"]) expect(ids).not.toContain(id);
});

test("somebody joins with an invite, and the articles appear", async ({
  page,
}) => {
  const shared = found("Evening news");
  const ada = shared.ada();
  ada.run("example");
  ada.sync();
  await joinPage(page, shared.invited(ada, "Ben Short", "checker"));
  await expect(page.getByTestId("article-card").first()).toBeVisible();
  await expect(page.locator(".cm-content")).toBeVisible();
  await upToDate(page);
  await expect(page.getByTestId("shared-badge")).toContainText("Evening news");
  await expect(page.getByTestId("people")).toContainText("Ben Short");
  await expect(page.getByTestId("join-dialog")).toHaveCount(0);
  // The window that is loaded again is a member still.
  await page.reload();
  await upToDate(page);
});

test("the articles of an older desk come along, and the dialog says what came of them", async ({
  page,
}, info) => {
  const shared = found("Evening news");
  const ada = shared.ada();
  ada.sync();
  const older = new Desk(join(folder(), "older.desk"));
  older.run("example");
  await page.goto("/");
  await page.getByTestId("first-run-join").click();
  choose(page, shared.invited(ada, "Ben Short", "checker"));
  await page.getByTestId("join-file").click();
  await page.getByTestId("join-device").fill("Laptop");
  choose(page, older.file);
  await page.getByTestId("join-older").click();
  await expect(page.getByTestId("join-older-name")).toContainText("older.desk");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: info.outputPath(`join-${colorScheme}.png`) });
  }
  await page.getByTestId("join-confirm").click();
  await expect(page.getByTestId("brought")).toContainText("brought in");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({
      path: info.outputPath(`brought-${colorScheme}.png`),
    });
  }
  await page.getByTestId("join-done").click();
  await expect(page.getByTestId("article-card").first()).toBeVisible();
  await upToDate(page);
  await expect
    .poll(() => ada.sync().received, { timeout: 20_000 })
    .toBeGreaterThan(0);
});

test("a wrong or used invite is told in the words of the desk, and nothing is joined", async ({
  page,
}) => {
  const shared = found();
  const ada = shared.ada();
  const invite = shared.invited(ada, "Ben Short", "checker");
  shared.joined("ben", invite);
  await page.goto("/");
  await page.getByTestId("first-run-join").click();
  await page.getByTestId("join-text").fill("{}");
  await page.getByTestId("join-device").fill("Laptop");
  await page.getByTestId("join-confirm").click();
  await expect(page.getByTestId("join-fault")).not.toBeEmpty();
  choose(page, invite);
  await page.getByTestId("join-file").click();
  await expect(page.getByTestId("join-fault")).toHaveCount(0);
  await page.getByTestId("join-confirm").click();
  await expect(page.getByTestId("join-fault")).not.toBeEmpty();
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("first-run-start")).toBeVisible();
});

test("a mark made in the page reaches another desk, and its answer comes back by itself", async ({
  page,
}) => {
  const shared = found();
  await joinPage(page, shared.invite);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await command(page, "sync");
  await upToDate(page);
  const invite = await inviteInPage(page, "Ben Short", "checker");
  const ben = shared.joined("ben", invite);
  ben.sync();
  expect(ben.run("claim", "list", "1")).toContain("about 40 houses");
  ben.run(
    ...["verdict", "C1", "misleading", "--rationale", "Some were barns."],
  );
  expect(ben.sync().state).toBe("up-to-date");
  await expect(page.getByTestId("verdict-current")).toContainText(
    "Some were barns.",
    { timeout: 15_000 },
  );
});

/** The chief invites somebody in the page. */
async function inviteInPage(
  page: Page,
  name: string,
  role: string,
): Promise<string> {
  await command(page, "members");
  await expect(page.getByTestId("member")).not.toHaveCount(0);
  await page.getByTestId("member-invite").click();
  await page.getByTestId("invite-name").fill(name);
  await page.getByTestId("invite-role").selectOption(role);
  await page.getByTestId("invite-save").click();
  const written = page.getByTestId("invite-written");
  await expect(written).toContainText(`${name}.invite`);
  const said = (await written.textContent()) ?? "";
  await page.keyboard.press("Escape");
  return said.match(/\/.*?\.invite/)![0];
}

test("two people change one sentence: both versions stay until somebody decides", async ({
  page,
}) => {
  const shared = found();
  await joinPage(page, shared.invite);
  await bringIn(page);
  await command(page, "sync");
  await upToDate(page);
  const ben = shared.joined(
    "ben",
    await inviteInPage(page, "Ben Short", "checker"),
  );
  ben.sync();
  await expect(page.getByTestId("versions")).toHaveCount(0);
  const text = ben.run("article", "1");
  await typeAfter(page, "about 40", "0");
  await page.keyboard.press("Control+s");
  await expect(page.getByTestId("save-revision")).toHaveCount(0);
  await upToDate(page);
  ben.run("revise", "1", words(text.replace("about 40", "some 45")));
  ben.sync();
  const bar = page.getByTestId("versions");
  await expect(bar).toContainText("Ben Short", { timeout: 15_000 });
  await expect(bar).toContainText("2 versions");
  expect(await violations(page, "two versions")).toEqual([]);
  // What is not ready for this reason leads to the same decision.
  await page.keyboard.press("Control+Shift+E");
  await page.getByTestId("export-open-items").getByText("Two versions").click();
  await expect(page.getByTestId("conflict")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByTestId("versions-decide").click();
  await expect(page.getByTestId("conflict")).toContainText("some 45 houses");
  expect(await violations(page, "decide between versions")).toEqual([]);
  const take = (await page
    .getByTestId("take-theirs")
    .textContent()
    .then((said) => said?.includes("Ben")))
    ? "take-theirs"
    : "take-ours";
  await page.getByTestId(take).click();
  await page.getByTestId("merge-save").click();
  await expect(bar).toHaveCount(0);
  await expect(page.locator(".cm-content")).toContainText("some 45 houses");
  // The page sends it by itself, a moment later.
  const received = () => {
    ben.sync();
    return ben.run("article", "1");
  };
  await expect.poll(received, { timeout: 20_000 }).toContain("some 45 houses");
});

test("the chief gives another role, removes a member and revokes a device, and is asked first", async ({
  page,
}) => {
  const shared = found();
  await joinPage(page, shared.invite);
  const ben = shared.joined(
    "ben",
    await inviteInPage(page, "Ben Short", "checker"),
  );
  const rae = shared.joined(
    "rae",
    await inviteInPage(page, "Rae Dee", "reporter"),
  );
  await inviteInPage(page, "Not Yet", "reader");
  await command(page, "members");
  const row = (name: string) =>
    page.locator(`[data-testid=member][data-name="${name}"]`);
  await expect(row("Ada Long").getByTestId("member-role")).toHaveText("chief");
  await expect(row("Not Yet")).toContainText("has not been used");
  await row("Ben Short").getByTestId("member-role").selectOption("reporter");
  await expect
    .poll(() => JSON.stringify([ben.sync(), ben.run("hub", "status")]))
    .toContain("reporter");
  await row("Rae Dee").getByTestId("device-revoke").click();
  await expect(page.getByTestId("member-sure")).toContainText("Revoke");
  await expect(page.getByTestId("member-keep")).toBeFocused();
  expect(await violations(page, "members, asked first")).toEqual([]);
  await page.getByTestId("member-yes").click();
  await expect(row("Rae Dee").getByTestId("device-revoked")).toBeVisible();
  expect(() => rae.sync()).toThrow();
  await row("Ben Short").getByTestId("member-remove").click();
  await page.getByTestId("member-keep").click();
  await expect(row("Ben Short").getByTestId("member-remove")).toBeFocused();
  await row("Ben Short").getByTestId("member-remove").click();
  await page.getByTestId("member-yes").click();
  await expect(row("Ben Short").getByTestId("member-removed")).toBeVisible();
  expect(() => ben.sync()).toThrow();
});

test("a reporter is offered no verdict, and a reader records nothing", async ({
  page,
  browser,
}) => {
  const shared = found();
  const ada = shared.ada();
  ada.run("example");
  ada.sync();
  await joinPage(page, shared.invited(ada, "Rae Dee", "reporter"));
  await upToDate(page);
  await page.locator(".tm-claim").first().click();
  await expect(page.getByTestId("claim-pane")).toBeVisible();
  await expect(page.getByTestId("add-evidence")).toBeVisible();
  await expect(page.locator("[data-testid^=verdict-true]")).toHaveCount(0);
  await expect(page.getByTestId("withdraw")).toHaveCount(0);
  await expect(page.getByTestId("assign")).toBeDisabled();
  const ids = await offered(page);
  for (const id of ["mark", "evidence", "import"]) expect(ids).toContain(id);
  for (const id of ["exempt", "sign-off", "reaffirm", "status", "archive"])
    expect(ids).not.toContain(id);
  await page.keyboard.press("Alt+1");
  await expect(page.getByTestId("rationale")).toHaveCount(0);
  const line = await page.locator(".cm-line").nth(2).textContent();
  await select(page, line?.slice(0, 12) ?? "");
  await expect(page.getByTestId("mark-claim")).toBeVisible();

  const other = await browser.newPage();
  await joinPage(other, shared.invited(ada, "Leo Roth", "reader"));
  await upToDate(other);
  await expect(other.locator(".cm-content")).toHaveAttribute(
    "aria-readonly",
    "true",
  );
  await expect(other.getByTestId("import-open")).toHaveCount(0);
  const read = await offered(other);
  for (const id of ["mark", "import", "undo", "evidence", "merge"])
    expect(read).not.toContain(id);
  for (const id of ["export", "compare", "members"]) expect(read).toContain(id);
  // The chief makes the reader a reporter: the text can be written in without another start.
  ada.run("hub", "role", "Leo Roth", "reporter");
  await expect(other.getByTestId("import-open")).toBeVisible({
    timeout: 15_000,
  });
  await expect(other.locator(".cm-content")).not.toHaveAttribute(
    "aria-readonly",
    "true",
  );
  await other.close();
});

test("who else has the article open is shown in its bar and in the library", async ({
  page,
}) => {
  const shared = found();
  const ada = shared.ada();
  ada.run("import", words(ARTICLE));
  ada.sync();
  // Presence comes with the event of the shell, which a browser has not: the answer of the hub is added to.
  await page.route("**/desk/*/call", async (route) => {
    const asked = route.request().postDataJSON() as { command: string };
    if (asked.command !== "hub.sync") return route.continue();
    const answer = await route.fetch();
    const told = (await answer.json()) as { answer: { present: unknown[] } };
    const open = await page.evaluate(() =>
      localStorage.getItem("tickmark-article"),
    );
    told.answer.present = [
      { name: "Ada Long", initials: "AL", article: open },
      { name: "Cy Young", initials: "CY", article: open },
    ];
    await route.fulfill({ json: told });
  });
  await joinPage(page, shared.invited(ada, "Ben Short", "checker"));
  const present = page.getByTestId("present");
  await expect(present).toHaveCount(2, { timeout: 15_000 });
  await expect(present.first()).toContainText("AL");
  await expect(present.last()).toHaveAttribute(
    "aria-label",
    "Here now: Ada Long, Cy Young",
  );
  expect(await violations(page, "who is present")).toEqual([]);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

/** A chief in the page whose article has a claim, and Ben, a checker who has received it. */
async function withBen(page: Page, shared: Shared) {
  await joinPage(page, shared.invite);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await command(page, "sync");
  await upToDate(page);
  const invite = await inviteInPage(page, "Ben Short", "checker");
  const ben = shared.joined("ben", invite);
  ben.sync();
  return ben;
}

test("what others ask and assign is counted on the badge, opens its claim, and is read once", async ({
  page,
}) => {
  const ben = await withBen(page, found());
  await expect(page.getByTestId("shared-news")).toHaveCount(0);
  ben.run("claim", "assign", "C1", "--to", "Ada Long");
  ben.run("query", "ask", "C1", "Houses or homes?", "--to", "Ada Long");
  ben.sync();
  const count = page.getByTestId("shared-news");
  await expect(count).toHaveText("2 news", { timeout: 15_000 });
  await page.keyboard.press("Escape");
  await page.getByTestId("shared-badge").click();
  const item = (kind: string) =>
    page.locator(`[data-testid=news-item][data-kind=${kind}]`);
  await expect(item("asked")).toContainText("Ben Short asks you");
  await expect(item("asked")).toContainText("Houses or homes?");
  expect(await violations(page, "news")).toEqual([]);
  await item("claim-assigned").click();
  await expect(page.getByTestId("shared-dialog")).toHaveCount(0);
  await expect(page.getByTestId("claim-pane")).toBeVisible();
  await page.getByTestId("shared-badge").click();
  await page.getByTestId("news-seen").click();
  await expect(page.getByTestId("news")).toHaveCount(0);
  await expect(page.getByTestId("shared-sync")).toBeFocused();
  await expect(count).toHaveCount(0);
  await page.reload();
  await upToDate(page);
  await expect(count).toHaveCount(0);
});

test("what the hub refused is set aside, asked first, and later work is sent", async ({
  page,
}) => {
  const shared = found();
  const ada = shared.ada();
  ada.run("import", words(ARTICLE));
  ada.sync();
  await joinPage(page, shared.invited(ada, "Ben Short", "checker"));
  await mark(page, "about 40 houses");
  await command(page, "sync");
  await upToDate(page);
  // The verdict is given before the desk hears of the other role.
  await page.route("**/desk/*/call", (route) => {
    const asked = route.request().postDataJSON() as { command: string };
    return asked.command === "hub.sync" ? route.abort() : route.continue();
  });
  await judge(page, "misleading", "Some were barns.");
  ada.run("hub", "role", "Ben Short", "reporter");
  await page.unrouteAll({ behavior: "ignoreErrors" });
  const badge = page.getByTestId("shared-badge");
  await expect(badge).toHaveAttribute("data-state", "refused", {
    timeout: 15_000,
  });
  await badge.click();
  await page.getByTestId("shared-aside").click();
  await expect(page.getByTestId("aside-keep")).toBeFocused();
  expect(await violations(page, "set aside, asked first")).toEqual([]);
  await page.getByTestId("aside-keep").click();
  await expect(page.getByTestId("shared-aside")).toBeFocused();
  await page.getByTestId("shared-aside").click();
  await page.getByTestId("aside-yes").click();
  await expect(page.getByTestId("shared-refused")).toHaveCount(0);
  await upToDate(page);
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("verdict-current")).toHaveCount(0);
  await mark(page, "No one was hurt");
  await command(page, "sync");
  await upToDate(page);
  ada.sync();
  expect(ada.run("claim", "list", "1")).toContain("No one was hurt");
});

test("what a member has open is handed over before they are removed", async ({
  page,
}) => {
  const ben = await withBen(page, found());
  ben.run("claim", "assign", "C1", "--to", "Ben Short");
  ben.sync();
  const assigned = page.getByTestId("assign").locator("option:checked");
  await expect(assigned).toHaveText("Ben Short", { timeout: 15_000 });
  await command(page, "members");
  await expect(page.getByTestId("members-size")).toContainText("entries");
  const row = page.locator('[data-testid=member][data-name="Ben Short"]');
  await row.getByTestId("member-remove").click();
  await row.getByTestId("member-heir").selectOption("Ada Long");
  expect(await violations(page, "hand over")).toEqual([]);
  await page.getByTestId("member-yes").click();
  await expect(page.locator("[data-sonner-toast]").last()).toContainText(
    "1 claim and 0 articles handed over to Ada Long",
  );
  await expect(row.getByTestId("member-removed")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(assigned).toHaveText("Ada Long");
});

for (const theme of ["light", "dark", "contrast"] as const) {
  test(`no dialog of the shared desk has an axe violation in ${theme}`, async ({
    page,
  }) => {
    const shared = found();
    await page.addInitScript(
      (chosen) => localStorage.setItem("theme", chosen),
      theme,
    );
    await page.goto("/");
    await page.getByTestId("first-run-join").click();
    expect(await violations(page, "join")).toEqual([]);
    await page.keyboard.press("Escape");
    await joinPage(page, shared.invite);
    await bringIn(page);
    await upToDate(page);
    expect(await violations(page, "badge")).toEqual([]);
    await inviteInPage(page, "Ben Short", "checker");
    await page.getByTestId("shared-badge").focus();
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("shared-state")).toHaveText("Up to date");
    expect(await violations(page, "shared desk")).toEqual([]);
    await page.getByTestId("shared-leave").click();
    await expect(page.getByTestId("shared-stay")).toBeFocused();
    // The only chief cannot leave, and is told why.
    await page.getByTestId("shared-leave-sure").click();
    await expect(page.getByTestId("shared-fault")).toContainText("chief");
    expect(await violations(page, "leave")).toEqual([]);
    await page.getByTestId("shared-stay").click();
    await page.getByTestId("shared-members").click();
    await expect(page.getByTestId("member")).toHaveCount(2);
    expect(await violations(page, "members")).toEqual([]);
    await page.getByTestId("member-invite").click();
    expect(await violations(page, "invite")).toEqual([]);
  });
}

test("leaving is asked first, and the articles stay", async ({ page }) => {
  const shared = found();
  const ada = shared.ada();
  ada.run("import", words(ARTICLE));
  ada.sync();
  await joinPage(page, shared.invited(ada, "Rae Dee", "reporter"));
  await upToDate(page);
  await page.getByTestId("shared-badge").click();
  await page.getByTestId("shared-leave").click();
  await expect(page.getByTestId("shared-dialog")).toContainText(
    "All articles stay in this desk",
  );
  await page.getByTestId("shared-leave-sure").click();
  await expect(page.getByTestId("shared-badge")).toHaveCount(0);
  await expect(page.getByTestId("article-card")).toHaveCount(1);
  // It is said once the text is drawn anew, which drops a selection.
  await expect(page.getByText("your own again").first()).toBeVisible();
  // On a desk of one's own there are no roles. Where the text is drawn once more, a selection is dropped.
  await expect(async () => {
    await select(page, "about 40 houses");
    await page.getByTestId("mark-claim").click({ timeout: 2000 });
  }).toPass({ timeout: 20_000 });
  await expect(page.getByTestId("verdict-true")).toBeVisible();
});

// The last one: it stops the database.
test("large files stay on the hub until they are fetched, and leaving says what would be missing", async ({
  page,
}) => {
  const shared = found();
  const ada = shared.ada();
  ada.run("import", words(ARTICLE));
  const scan = join(folder(), "scan.bin");
  writeFileSync(scan, Buffer.alloc(3 << 20, 7));
  ada.run("source", "add", "--title", "A scan", "--file", scan);
  ada.sync();
  await joinPage(page, shared.invited(ada, "Rae Dee", "reporter"));
  await upToDate(page);
  await page.getByTestId("shared-badge").click();
  await expect(page.getByTestId("shared-files")).toHaveText(
    /1 file, 3(\.1)? MB/,
  );
  expect(await violations(page, "files of the hub")).toEqual([]);
  await page.getByTestId("shared-leave").click();
  await expect(page.getByTestId("shared-leave-files")).toContainText(
    "only on the shared desk",
  );
  await page.getByTestId("shared-stay").click();
  await page.getByTestId("shared-fetch").click();
  await expect(page.getByTestId("shared-files")).toHaveCount(0);
  await expect(page.getByTestId("shared-sync")).toBeFocused();
  await page.getByTestId("shared-leave").click();
  await expect(page.getByTestId("shared-leave-files")).toHaveCount(0);
  await expect(page.getByTestId("shared-leave-sure")).toHaveText(
    "Leave the shared desk",
  );
});

test("a source that is kept on this computer reaches nobody", async ({
  page,
}) => {
  const shared = found();
  const ben = await withBen(page, shared);
  await page.getByTestId("sources").click();
  await page.getByTestId("source-new").click();
  await page.getByTestId("source-form-title").fill("The harbour master");
  await page.getByTestId("source-keep-here").check();
  await expect(page.getByTestId("sources-dialog")).toContainText(
    "nobody else can read this source",
  );
  await page.getByTestId("source-save").click();
  await expect(page.getByTestId("sources-dialog")).toContainText(
    "Only on this computer",
  );
  await page.keyboard.press("Escape");
  await upToDate(page);
  ben.sync();
  expect(ben.run("source", "list")).not.toContain("harbour");
});

test("a different verdict and one that went out of date are news", async ({
  page,
}) => {
  const ben = await withBen(page, found());
  await judge(page, "true", "Counted.");
  // Its verdict is there before Ben gives another one: the badge may still say how it was.
  await command(page, "sync");
  await expect
    .poll(() => ben.sync().received, { timeout: 20_000 })
    .toBeGreaterThan(0);

  ben.run("verdict", "C1", "false", "--rationale", "Only 12.");
  ben.sync();
  const item = (kind: string) =>
    page.locator(`[data-testid=news-item][data-kind=${kind}]`);
  await expect(page.getByTestId("shared-news")).toHaveText("1 news", {
    timeout: 15_000,
  });
  await page.keyboard.press("Escape");
  await page.getByTestId("shared-badge").click();
  await expect(item("disputed")).toContainText("Ben Short");
});

test("a closed shared desk says so and what to do, and goes on once it is open", async ({
  page,
}) => {
  const shared = found("A desk to close");
  await joinPage(page, shared.invite);
  await bringIn(page);
  await upToDate(page);
  if ("missing" in database) throw new Error(database.missing);
  shared.administered(database, "close");
  const badge = page.getByTestId("shared-badge");
  await expect(badge).toHaveAttribute("data-state", "closed", {
    timeout: 20_000,
  });
  await expect(badge).toContainText("Closed");
  await mark(page, "about 40 houses");
  await badge.click();
  const dialog = page.getByTestId("shared-dialog");
  await expect(dialog).toContainText(
    "Your administrator has closed this shared desk.",
  );
  await expect(dialog).toContainText("leave the shared desk");
  await expect(page.getByTestId("shared-waiting")).not.toHaveText("0");
  expect(await violations(page, "closed")).toEqual([]);
  await page.keyboard.press("Escape");
  shared.administered(database, "open");
  await upToDate(page);
});

test("the badge says that the hub cannot be reached, and work goes on", async ({
  page,
}) => {
  const shared = found();
  await joinPage(page, shared.invite);
  await bringIn(page);
  await upToDate(page);
  stopDatabase();
  const badge = page.getByTestId("shared-badge");
  await expect(badge).toContainText("Offline since", { timeout: 20_000 });
  await mark(page, "about 40 houses");
  await badge.click();
  await expect(page.getByTestId("shared-dialog")).toContainText(
    "Go on working",
  );
  await expect(page.getByTestId("shared-waiting")).not.toHaveText("0");
  await page.getByTestId("shared-members").click();
  await expect(page.getByTestId("members-fault")).toBeVisible();
  expect(await violations(page, "offline")).toEqual([]);
});
