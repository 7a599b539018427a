// Two real windows on two desks of one shared desk, against a real hub. What one person does is seen in the other's window,
// without anybody asking for it. Without PostgreSQL the journey is skipped.
//
// One journey in steps: each goes on where the one before stopped.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { Hub, missingHub } from "./hub.mjs";
import { at, put, select } from "./page.mjs";
import { Key, until } from "./webdriver.mjs";
import { Desk } from "./window.mjs";

const ARTICLE = `# The mill at Orn

The mill ground 12 tonnes of rye in 2019. It has two wheels.

It stands by the weir. Nobody lives there.
`;
const skip = missingHub();
if (skip) console.log(`Two windows on a shared desk are not tested: ${skip}`);
let failed = false;
/** One step; those behind one that failed have nothing to go on from. */
const step = (name, body) =>
  test(name, { skip }, async (t) => {
    if (failed) return t.skip("an earlier step failed");
    failed = true;
    await body();
    failed = false;
  });

const [ada, ben] = [new Desk("Ada Long"), new Desk("Ben Short")];
let hub;

/** Runs the command line on a desk, which must do it. */
async function run(desk, ...args) {
  const done = await desk.tickmark(...args);
  assert.equal(done.code, 0, `${args.join(" ")}: ${done.stderr}`);
  return done.stdout;
}

/** Ada founds the shared desk with one article, and Ben joins it. */
async function found() {
  const file = (name) => join(ada.folder, name);
  const chief = ["--chief", ada.name, "--to", file("ada.invite")];
  await run(ada, "hub", "init", "--url", hub.url, "--name", "News", "--at", hub.at, "--ca", hub.authority, ...chief);
  await run(ada, "hub", "join", file("ada.invite"));
  writeFileSync(file("mill.md"), ARTICLE);
  await run(ada, "import", file("mill.md"));
  await run(ada, "sync");
  await run(ada, "hub", "invite", ben.name, "--role", "checker", "--to", file("ben.invite"));
  await run(ben, "hub", "join", file("ben.invite"));
  await run(ben, "sync");
}

/** Opens a desk's window on the article. */
async function open(desk) {
  desk.window = await desk.open();
  desk.page = desk.window.session;
  await desk.page.click(at("article-card"));
  await desk.page.shows(".cm-content", "12 tonnes");
}

const both = (what) => Promise.all([ada, ben].map(what));
const pictures = (of) =>
  both(({ name, window }) => window?.picture(`shared-${of}-${name.split(" ")[0].toLowerCase()}`));

before(async () => {
  if (skip) return;
  hub = new Hub();
  // The runner ends a file that takes too long, without what is to be done after it.
  process.once("SIGTERM", () => process.exit(hub.remove() ?? 1));
  await found();
  await both(open);
});
after(async () => {
  await pictures("last").catch(() => {});
  await both(({ window }) => window?.close());
  ada.remove();
  ben.remove();
  hub?.remove();
});

step("a claim that is marked in one window appears in the other", async () => {
  await both(({ page }) => page.find(`${at("shared-badge")}[data-state="up-to-date"]`));
  assert.equal(await ben.page.count(".tm-claim"), 0);
  await select(ada.page, "12 tonnes of rye");
  await ada.page.press(Key.Control, Key.Enter);
  await ada.page.shows(at("claim-pane"), "12 tonnes of rye");
  await ben.page.shows(".tm-claim", "12 tonnes of rye");
});

step("a verdict appears in the other window, with its reason", async () => {
  await ada.page.click(at("verdict-true"));
  await put(ada.page, "rationale", "The ledger has it.");
  await ada.page.click(at("verdict-save"));
  await ada.page.shows(at("verdict-current"), "The ledger has it.");
  await ben.page.click(".tm-claim");
  await ben.page.shows(at("verdict-current"), "The ledger has it.");
  await ben.page.shows(at("standing"), "True");
  await pictures("verdict");
});

/** Types over words of the text. */
async function typeOver(page, old, fresh) {
  await select(page, old);
  await page.type(fresh);
  await page.shows(".cm-content", fresh);
  // A pause after typing, in which all that was typed is kept as a draft.
  await new Promise((resume) => setTimeout(resume, 1_000));
}

/** Waits until both windows show the words. */
const bothShow = (words) => both(({ page }) => page.shows(".cm-content", words));

/** Waits until a window's badge says so. */
const badge = (page, state) =>
  until(`the badge ${state}`, () => page.count(`${at("shared-badge")}[data-state="${state}"]`), 40_000);

step("with a hub that hangs the badge says offline, and saving goes on at once", async () => {
  hub.freeze();
  await typeOver(ada.page, "at Orn", "at Ornby");
  await ada.page.press(Key.Control, "s");
  await ada.page.gone(at("save-revision"));
  await badge(ada.page, "offline");
  await ada.page.shows(at("shared-badge"), "Offline since");
  await ben.page.click(at("sign-off"));
  await ben.page.find(at("signed-off"));
  await badge(ben.page, "offline");
  await pictures("offline");
});

step("when the hub is back the badge is up to date, and the work arrives", async () => {
  hub.thaw();
  await both(({ page }) => badge(page, "up-to-date"));
  await ben.page.shows(".cm-content", "at Ornby");
  await ada.page.shows(at("signed-off"), ben.name);
  assert.deepEqual(await both(({ page }) => page.count(at("versions"))), [0, 0]);
});

step("one sentence that both changed has two versions, until a person decides in one window", async () => {
  await Promise.all([
    typeOver(ada.page, "Nobody lives", "Two lodgers live"),
    typeOver(ben.page, "Nobody lives", "One keeper lives"),
  ]);
  await both(({ page }) => page.press(Key.Control, "s"));
  await both(({ page }) => page.shows(at("versions"), "2 versions"));
  await pictures("versions");
  await ben.page.click(at("versions-decide"));
  await ben.page.shows(at("conflict"), "Two lodgers live");
  await ben.page.shows(at("conflict"), "One keeper lives");
  await ben.window.picture("shared-decide");
  const theirs = await ben.page.text(at("take-theirs"));
  await ben.page.click(at(theirs.includes(ada.name) ? "take-theirs" : "take-ours"));
  await ben.page.click(at("merge-save"));
  await ben.page.gone(at("merge"));
  await bothShow("Two lodgers live");
  await both(({ page }) => page.gone(at("versions")));
});

step("who else has the article open is shown", async () => {
  const shows = (page, initials) =>
    page.run("return document.querySelector(arguments[0])?.innerText.includes(arguments[1])", at("present"), initials);
  // The hub is told every half minute.
  await until("Ben's initials", () => shows(ada.page, "BS"), 40_000);
  await until("Ada's initials", () => shows(ben.page, "AL"), 40_000);
});

step("two sentences that are changed at once are both in the text of both windows", async () => {
  await Promise.all([
    typeOver(ada.page, "two wheels", "three wheels"),
    typeOver(ben.page, "by the weir", "by the old weir"),
  ]);
  await both(({ page }) => page.press(Key.Control, "s"));
  await bothShow("three wheels");
  await bothShow("by the old weir");
  await both(({ page }) => page.gone(at("save-revision")));
  assert.deepEqual(await both(({ page }) => page.count(at("versions"))), [0, 0]);
  // Nothing is left unsaved, and both can write on.
  assert.deepEqual(await both(({ page }) => page.count(at("elsewhere-notice"))), [0, 0]);
});
