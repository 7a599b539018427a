// The main job in the real window, from the first start to the restart: an article comes in,
// a statement is marked, borne out and judged, a digit changes, the verdict falls and says
// why, undo brings it back, and what goes out is valid to somebody else.
//
// One journey in steps: each goes on where the one before stopped.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { at, bringFile, pasteArticle, put, select } from "./page.mjs";
import { Key, until } from "./webdriver.mjs";
import { Desk } from "./window.mjs";

const FERRY = join(import.meta.dirname, "..", "..", "seeds", "tour", "ferry.txt");
const STATEMENT = "Gusts reached 131 kilometres per hour";
const REVISED = "Gusts reached 141 kilometres per hour";
const NOTICE = "Library closes early\n\nThe town library closes at 4 on Friday, the council said.";

const desk = new Desk();
const bundle = join(desk.folder, "bundle for the court.zip");
let window;
let page;

before(async () => {
  window = await desk.open();
  page = window.session;
});
after(async () => {
  await window?.picture("main-job-last").catch(() => {});
  await window?.close();
  desk.remove();
});

test("the first start asks who is working", async () => {
  await put(page, "first-run-name", "Mara Lind");
  assert.equal(await page.run("return document.querySelector(arguments[0]).value", at("first-run-initials")), "ML");
  await page.click(at("first-run-start"));
  await page.find(at("import-open"));
});

test("a pasted text is looked over and brought in", async () => {
  await pasteArticle(window, NOTICE);
  await page.shows(".cm-content", "The town library closes at 4 on Friday");
  await page.shows(at("article-card"), "Library closes early");
});

test("a file is brought in, its lines joined and its date, place and tags recognised", async () => {
  await bringFile(desk, page, FERRY);
  const value = (name) => page.run("return document.querySelector(arguments[0])?.value", at(name));
  assert.equal(await value("info-date"), "2025-10-14");
  assert.match(await value("info-place"), /Tarn/);
  await page.shows(at("left-out"), "0 Comments");
  await page.click(at("import-confirm"));
  await page.shows(".cm-content", `${STATEMENT} at the weather station above Tarn`);
});

test("words selected with the mouse become a claim", async () => {
  await select(page, STATEMENT);
  await page.press(Key.Control, Key.Enter);
  await page.shows(at("claim-pane"), STATEMENT);
  await page.shows(at("standing"), "Unchecked");
  const drawn = await page.run("return getComputedStyle(document.querySelector('.tm-claim')).textDecorationLine");
  assert.equal(drawn, "underline");
});

test("a source is made with its evidence", async () => {
  await page.click(at("add-evidence"));
  await put(page, "source-title", "Report on the storm");
  await put(page, "source-publisher", "Weather station Tarn");
  await put(page, "evidence-passage", "Strongest gust: 131 km/h at 03:40.");
  await put(page, "evidence-locator", "line 3");
  await page.click(at("evidence-save"));
  await page.shows(at("evidence-piece"), "Report on the storm");
  await page.shows(at("evidence-piece"), "Strongest gust: 131 km/h at 03:40.");
});

test("a verdict is given with its reason", async () => {
  await page.click(at("verdict-true"));
  await put(page, "rationale", "The station's own report gives the figure.");
  await page.click(at("verdict-save"));
  await page.shows(at("verdict-current"), "The station's own report gives the figure.");
  await page.shows(at("standing"), "True");
  await window.picture("main-job-checked");
});

test("a digit typed into the statement foretells that its verdict falls", async () => {
  await typeOver("31", "41");
  await page.shows(".cm-content", REVISED);
  await page.shows(at("standing"), "Will be out of date");
});

test("the saved revision makes the verdict stale, and says which words changed", async () => {
  await page.press(Key.Control, "s");
  await page.shows(at("placements"), REVISED);
  await page.shows(at("placements"), STATEMENT);
  await page.click(at("placements-close"));
  await page.shows(at("standing"), "Out of date");
  const reason = await page.shows(at("reason"), "131");
  assert.match(reason, /141/);
  await page.shows(at("revision"), "2");
  const [claim] = JSON.parse((await desk.tickmark("claim", "list", "2", "--json")).stdout);
  assert.deepEqual([claim.quote, claim.standing, claim.placement], [REVISED, "stale", "changed"]);
  await window.picture("main-job-stale");
});

test("the two revisions are compared in statements and word by word", async () => {
  await page.click(at("compare"));
  await page.shows(at("statements"), "1 verdict out of date");
  await page.shows(`${at("changes")} ins`, "141");
  await page.shows(`${at("changes")} del`, "131");
  await window.picture("main-job-compared");
  await page.click(at("compare-back"));
});

test("undoing the save gives its words back as a draft, and typing is undone to the checked words", async () => {
  await page.click(at("undo"));
  await page.shows(at("draft-notice"), "unsaved changes");
  await page.shows(at("save-state"), "Unsaved");
  await page.shows(".cm-content", REVISED);
  await page.shows(at("revision"), "1");
  await page.click(at("undo"));
  await page.shows(".cm-content", STATEMENT);
  await page.shows(at("standing"), "True");
  await page.shows(at("save-state"), "Saved");
});

test("redo brings the revision and its fallen verdict back", async () => {
  // The first redo types the words again, the second saves them again.
  await page.click(at("redo"));
  await page.shows(".cm-content", REVISED);
  await page.click(at("redo"));
  await page.shows(at("standing"), "Out of date");
  await page.shows(at("revision"), "2");
});

test("the export names what is open and writes where the person says", async () => {
  desk.answerDialogs(bundle);
  await page.click(at("export"));
  await page.shows(at("export-open-items"), REVISED);
  await page.click(at("export-confirm"));
  await page.gone(at("export-dialog"));
  assert.equal(readFileSync(bundle).subarray(0, 2).toString(), "PK");
});

test("the bundle verifies on the command line, and no longer once a byte is changed", async () => {
  const verified = await desk.tickmark("verify", bundle, "--json");
  assert.equal(verified.code, 0, verified.stderr);
  const { complete, valid, signed, errors } = JSON.parse(verified.stdout);
  assert.deepEqual({ complete, valid, signed, errors }, { complete: true, valid: true, signed: "Mara Lind", errors: [] });
  const { writeFileSync } = await import("node:fs");
  const bytes = readFileSync(bundle);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(`${bundle}.changed`, bytes);
  assert.notEqual((await desk.tickmark("verify", `${bundle}.changed`)).code, 0);
});

test("after a restart everything is there, typed words too", async () => {
  await select(page, "900 commuters");
  await page.type("400 commuters");
  await until("the draft on the desk", async () => {
    const { draft } = await window.call("article.open", { article: await openArticle(), revision: null });
    return draft?.text.includes("400 commuters");
  });
  await window.close();
  window = await desk.open();
  page = window.session;

  await page.shows(".cm-content", "roughly 400 commuters");
  await page.shows(at("draft-notice"), "unsaved changes");
  // The library is drawn after the text.
  await until("both articles", async () => (await page.count(at("article-card"))) === 2);
  await page.click(".tm-claim");
  await page.shows(at("standing"), "Out of date");
  await page.shows(at("evidence-piece"), "Report on the storm");
  await page.shows(at("verdict-current"), "The station's own report gives the figure.");
  assert.equal((await desk.tickmark("check")).code, 0);
});

/** Selects digits of the statement and types others over them. */
async function typeOver(old, fresh) {
  await select(page, old, STATEMENT);
  await page.type(fresh);
}

async function openArticle() {
  const { articles } = await window.call("desk.overview", {});
  return articles.find(({ headline }) => headline.startsWith("Night ferry")).id;
}
