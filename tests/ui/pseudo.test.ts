// The page in the pseudo-language (ui/dev/pseudo.ts): nothing is left in English but what people wrote, and no text of the
// catalogue is cut off, though each is about 40 % longer than in English.
import { expect, test, type Page } from "@playwright/test";
import { stranger } from "./core";
import {
  ARTICLE,
  begin,
  bringIn,
  choose,
  mark,
  select,
  typeAfter,
} from "./desk";
import { Pretended, STATES, type State } from "./hub_states";
import { untranslated, Written } from "./untranslated";

/** What is known and not mended yet. */
const KNOWN: RegExp[] = [];

test.use({ actionTimeout: 10_000 });

const WIDTHS = [1280, 1024];

for (const width of WIDTHS) {
  test(`at a width of ${width} every text of a screen is in the page's language and has room`, async ({
    page,
  }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width, height: 800 });
    const written = new Written(page);
    const look = async (screen: string) =>
      expect
        .soft(await untranslated(page, written, { screen, known: KNOWN }))
        .toEqual([]);
    await page.goto("/");
    await page.getByTestId("first-run-name").waitFor();
    await look("first start");
    await page.getByTestId("first-run-join").click();
    await look("join a shared desk");
    await page.keyboard.press("Escape");
    await begin(page, true);
    await example(page, look);
    await ownArticle(page, look);
    await dialogs(page, look);
    await outside(page, look);
    await shared(page, look);
  });
}

test("menus of the right button, an orphan, the print and what stands in the way are in the page's language", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.addInitScript(() => (window.print = () => undefined));
  const written = new Written(page);
  const look = async (screen: string) =>
    expect
      .soft(await untranslated(page, written, { screen, known: KNOWN }))
      .toEqual([]);
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await page.getByTestId("verdict-true").click();
  await page.getByTestId("rationale").fill("The minutes say so.");
  await page.getByTestId("verdict-save").click();
  await expect(page.getByTestId("verdict-current")).toBeVisible();
  await menus(page, look);
  await printed(page, look);
  await orphan(page, look);
  await inTheWay(page, look);
});

type Looker = (screen: string) => Promise<unknown>;

/** The example: an article with claims, evidence, queries and revisions. */
async function example(page: Page, look: Looker): Promise<void> {
  await look("library");
  await page.getByTestId("library-filter").click();
  await look("filters of the library");
  await page.getByTestId("library-filter").click();
  await page.getByTestId("article-card").first().click();
  // The article is drawn anew while it is opened.
  await expect(async () => {
    await page.locator(".tm-claim").first().click({ timeout: 1_000 });
    await expect(page.getByTestId("claim-pane")).toBeVisible({
      timeout: 1_000,
    });
  }).toPass();
  await look("claim");
  // A narrow article has its buttons in a menu.
  if (await page.getByTestId("bar-more").isVisible()) {
    await page.getByTestId("bar-more").click();
    await look("menu of the article");
    await page.keyboard.press("Escape");
  }
  for (const tab of ["claims", "queries"]) {
    await page.getByTestId(`tab-${tab}`).click();
    await look(tab);
  }
  const claims = page.getByTestId("claim-row");
  await page.getByTestId("tab-claims").click();
  await page.getByTestId("claims-filter").click();
  await look("filters of the claims");
  await page.getByTestId("claims-several").click();
  await page.getByTestId("several-all").click();
  await look("several claims");
  await page.getByTestId("claims-several").click();
  for (let row = 0; row < (await claims.count()); row += 1) {
    await page.getByTestId("tab-claims").click();
    await claims.nth(row).click();
    await page.getByTestId("tab-claim").click();
    await look(`claim ${row + 1}`);
  }
  await page.getByTestId("search").fill("the");
  await look("search");
  await page.getByTestId("search").fill("");
}

async function menus(page: Page, look: Looker): Promise<void> {
  await page.getByTestId("article-card").click({ button: "right" });
  await page.getByTestId("menu-archive").waitFor();
  await look("menu of an article");
  await page.keyboard.press("Escape");
  await page.getByTestId("tab-claims").click();
  await page.getByTestId("claim-row").click({ button: "right" });
  await page.getByTestId("menu-copy").waitFor();
  await look("menu of a claim");
  await page.keyboard.press("Escape");
}

async function printed(page: Page, look: Looker): Promise<void> {
  await page.keyboard.press("Control+p");
  await expect(page.getByTestId("print")).toHaveCount(1);
  await page.emulateMedia({ media: "print" });
  await look("print");
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
}

async function orphan(page: Page, look: Looker): Promise<void> {
  const last = "The bridge reopened after 11 years.";
  await mark(page, last);
  await select(page, last);
  await page.keyboard.press("Delete");
  await page.keyboard.press("Control+s");
  await page.getByTestId("placement").waitFor();
  await look("a save that left an orphan");
  await page.getByTestId("placements-close").click();
  await select(page, "No one was hurt");
  await page.getByTestId("reattach-selection").waitFor();
  await look("an orphan");
}

/** A desk that can only be read, and a notice. */
async function inTheWay(page: Page, look: Looker): Promise<void> {
  const answers: Record<string, object> = {
    "desk.overview": {
      onlyReadMessage: {
        code: "only_read_place",
        args: { desk: "/desks/a.desk" },
      },
      noticeMessages: [{ code: "notice_low_space", args: { space: "200 MB" } }],
    },
  };
  await page.route("**/desk/*/call", async (route) => {
    const { command } = route.request().postDataJSON() as { command: string };
    if (!answers[command]) return route.fallback();
    const { answer } = await (await route.fetch()).json();
    await route.fulfill({
      json: { answer: { ...answer, ...answers[command] } },
    });
  });
  await page.reload();
  await page.getByTestId("trouble").waitFor();
  await look("a desk that can only be read");
  await page.unrouteAll({ behavior: "ignoreErrors" });
}

/** An article of one's own: forms, typing, what a save did, pages beside the text. */
async function ownArticle(page: Page, look: Looker): Promise<void> {
  await page.getByTestId("import-open").click();
  await look("paste");
  await page.getByTestId("import-text").fill(ARTICLE);
  await page.getByTestId("import-preview").click();
  await page.getByTestId("import-result").waitFor();
  await look("import preview");
  await page.getByTestId("import-confirm").click();
  await expect(page.locator(".cm-line").first()).toContainText("The river");
  await look("new article");
  await select(page, "No one was hurt");
  await look("selection");
  await mark(page, "about 40 houses");
  await look("new claim");
  await page.getByTestId("describe").click();
  await look("claim form");
  await page.getByTestId("add-evidence").click();
  await page.getByTestId("source-title").fill("Minutes");
  await look("evidence form");
  await page.getByTestId("evidence-save").click();
  await page.getByTestId("ask-query").click();
  await page.getByTestId("query-text").fill("Forty or so?");
  await look("query form");
  await page.getByTestId("query-save").click();
  await page.getByTestId("verdict-misleading").click();
  await page.getByTestId("rationale").fill("Some were barns.");
  await look("verdict form");
  await page.getByTestId("verdict-save").click();
  await expect(page.getByTestId("verdict-current")).toBeVisible();
  await look("verdict");
  await typeAfter(page, "about 40", "0");
  await look("typing");
  await page.keyboard.press("Control+Shift+S");
  await page.getByTestId("save-note").waitFor();
  await look("save with a note");
  await page.getByTestId("save-confirm").click();
  await expect(page.getByTestId("placements")).toBeVisible();
  await look("what the save did");
  await page.getByTestId("placements-close").click();
  await page.locator(".tm-claim").first().click();
  await look("stale claim");
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+f");
  await look("find and replace");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Alt+c");
  await page.keyboard.press("F9");
  await page.keyboard.press("Alt+t");
  await look("coverage");
  await page.keyboard.press("Alt+c");
  await page.keyboard.press("Alt+w");
  await look("who wrote it");
  await page.keyboard.press("Alt+w");
  await page.keyboard.press("Control+d");
  await page.getByTestId("compare-page").waitFor();
  await look("comparison");
  await page.getByTestId("compare-side").click();
  await look("side by side");
  await page.getByTestId("compare-back").click();
  await page.keyboard.press("Control+Shift+H");
  await expect(page.getByTestId("past-text")).toContainText("about 400");
  await page.getByTestId("past-text").locator(".tm-claim").first().click();
  await look("past");
  await page.getByTestId("past-back").click();
  await page.keyboard.press("Control+Shift+M");
  await look("a file came back");
  await page
    .getByTestId("merge-text")
    .fill(ARTICLE.replace("about 40 houses", "some 45 houses"));
  await page.getByTestId("merge-look").click();
  await page.getByTestId("take-words").click();
  await look("conflicts");
  await page.keyboard.press("Escape");
}

async function dialogs(page: Page, look: Looker): Promise<void> {
  const names =
    "export sources scales people keys policy log info settings shortcuts status corrections";
  for (const command of names.split(" ")) {
    await page.keyboard.press("Control+k");
    await page.getByTestId(`command-${command}`).click();
    await look(command);
    if (command === "export") {
      await page.getByTestId("export-format").selectOption("markdown");
      await look("a format");
    }
    if (command === "sources") await aSource(page, look);
    if (command === "scales") {
      await page.getByTestId("scale-add").click();
      await look("new scale");
    }
    await page.keyboard.press("Escape");
    await expect(page.locator(".tm-dialog")).toHaveCount(0);
  }
  await page.keyboard.press("Control+k");
  await look("palette");
  await page.keyboard.press("Escape");
}

/** Each source in its form, with a conversation where it is a person. */
async function aSource(page: Page, look: Looker): Promise<void> {
  const rows = page.getByTestId("source-row");
  const back = page
    .getByTestId("sources-dialog")
    .locator(".form-answers .quiet")
    .last();
  for (let row = 0; row < (await rows.count()); row += 1) {
    await rows.nth(row).click();
    await page.getByTestId("source-form-title").waitFor();
    const talk = page.getByTestId("conversation-new");
    if (await talk.isVisible()) await talk.click();
    await look(`source ${row + 1}`);
    await back.click();
  }
  await page.getByTestId("source-new").click();
  await look("new source");
}

/** Keys, contacts, and a bundle that a stranger signed. */
async function outside(page: Page, look: Looker): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByTestId("command-keys").click();
  await page.getByTestId("contact-new").click();
  await page.getByTestId("contact-name").fill("Jo Hall");
  choose(page, stranger().key);
  await page.getByTestId("contact-file").click();
  await look("a contact");
  await page.getByTestId("passphrase-set").click();
  await look("a passphrase");
  await page.keyboard.press("Escape");
  choose(page, stranger().bundle);
  await page.getByTestId("verify").click();
  await page.getByTestId("verify-add-contact").waitFor();
  await look("verify");
  await page.keyboard.press("Escape");
}

/** A shared desk: each state of the badge, the members, two versions, and what a role is not offered. */
async function shared(page: Page, look: Looker): Promise<void> {
  const hub = await Pretended.on(page);
  const badge = page.getByTestId("shared-badge");
  await page.reload();
  await badge.waitFor();
  for (const state of Object.keys(STATES) as State[]) {
    hub.state = state;
    await expect(badge).toHaveAttribute("data-state", state);
    await look(`badge: ${state}`);
    await badge.click();
    await look(`shared desk: ${state}`);
    if (state === "refused") {
      await page.getByTestId("shared-aside").click();
      await look("set aside");
    }
    await page.keyboard.press("Escape");
  }
  await badge.click();
  await page.getByTestId("shared-leave").click();
  await look("leave");
  await page.getByTestId("shared-stay").click();
  await page.getByTestId("shared-members").click();
  await expect(page.getByTestId("member")).toHaveCount(4);
  await look("members");
  await page.getByTestId("member-remove").first().click();
  await look("remove a member");
  await page.getByTestId("device-revoke").click();
  await look("revoke a device");
  await page.getByTestId("member-invite").click();
  await page.getByTestId("invite-name").fill("Eve New");
  await look("invite");
  hub.answers["hub.invite"] = { path: "/home/ada/Eve New.invite" };
  await page.getByTestId("invite-save").click();
  await expect(page.getByTestId("invite-written")).toBeVisible();
  await look("invited");
  await page.keyboard.press("Escape");
  await twoVersions(page, look, hub);
  const article = await page.evaluate(() =>
    localStorage.getItem("tickmark-article"),
  );
  hub.present = [{ name: "Ben Short", initials: "BS", article: article ?? "" }];
  hub.role = "reporter";
  await expect(page.getByTestId("present").first()).toBeVisible();
  await look("as a reporter");
  for (const command of ["people", "policy"]) {
    await page.keyboard.press("Control+k");
    await page.getByTestId(`command-${command}`).click();
    await look(`${command}, as a reporter`);
    await page.keyboard.press("Escape");
  }
  await page.unrouteAll({ behavior: "ignoreErrors" });
}

/** Two versions of the open article, of its own revisions. */
async function twoVersions(
  page: Page,
  look: Looker,
  hub: Pretended,
): Promise<void> {
  const ask = (command: string, request: unknown) =>
    page.evaluate(
      async ([name, what]) => {
        const { desk } = JSON.parse(sessionStorage["tickmark-desk"]);
        const body = JSON.stringify({ command: name, request: what });
        const told = await fetch(`/desk/${desk}/call`, {
          method: "POST",
          body,
        });
        return (await told.json()).answer;
      },
      [command, request] as const,
    );
  const article = await page.evaluate(() =>
    localStorage.getItem("tickmark-article"),
  );
  const revisions = await ask("revision.list", { article });
  hub.answers["article.versions"] = revisions.slice(0, 2).reverse();
  hub.answers["version.propose"] = await ask("merge.propose", {
    article,
    base: revisions.at(-1).id,
    text: ARTICLE.replace("about 40 houses", "some 45 houses"),
    path: null,
  });
  await page.reload();
  await page.getByTestId("versions").waitFor();
  await look("two versions");
  await page.getByTestId("versions-decide").click();
  await page.getByTestId("merge-save").waitFor();
  await look("decide between versions");
  await page.keyboard.press("Escape");
}
