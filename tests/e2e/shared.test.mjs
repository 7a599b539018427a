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
import { Key } from "./webdriver.mjs";
import { Desk } from "./window.mjs";

const ARTICLE = `# The mill at Orn

The mill ground 12 tonnes of rye in 2019. It has two wheels.

It stands by the weir. Nobody lives there.
`;
const skip = missingHub();
if (skip) console.log(`Two windows on a shared desk are not tested: ${skip}`);
const step = (name, body) => test(name, { skip }, body);

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

before(async () => {
  if (skip) return;
  hub = new Hub();
  await found();
  await both(open);
});
after(async () => {
  await both(async ({ name, window }) => {
    const [first] = name.toLowerCase().split(" ");
    await window?.picture(`shared-last-${first}`).catch(() => {});
    await window?.close();
  });
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
  await both(({ name, window }) => window.picture(`shared-verdict-${name.slice(0, 3).toLowerCase()}`));
});

/** Types over words of the text. */
async function typeOver(page, old, fresh) {
  await select(page, old);
  await page.type(fresh);
  await page.shows(".cm-content", fresh);
}

/** Waits until both windows show the words. */
const bothShow = (words) => both(({ page }) => page.shows(".cm-content", words));

step("two sentences that are changed at once are both in the text of both windows", async () => {
  await Promise.all([typeOver(ada.page, "two wheels", "three wheels"), typeOver(ben.page, "by the weir", "by the old weir")]);
  await both(({ page }) => page.press(Key.Control, "s"));
  await bothShow("three wheels");
  await bothShow("by the old weir");
  await both(({ page }) => page.gone(at("save-revision")));
  assert.deepEqual(await both(({ page }) => page.count(at("versions"))), [0, 0]);
});
