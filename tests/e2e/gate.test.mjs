// The way to a verified bundle in the real window: what is open is listed and leads to its place, sentences are exempted
// from the check, a second person signs off, the bundle goes out, verifies, and comes in on an empty desk.
//
// One journey in steps: each goes on where the one before stopped.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { at, put } from "./page.mjs";
import { Key } from "./webdriver.mjs";
import { Desk } from "./window.mjs";

const ARTICLE = `# The mill at Orn

The mill ground 12 tonnes of rye in 2019. It has two wheels.
`;
const desk = new Desk();
const other = new Desk();
const bundle = join(desk.folder, "the mill.zip");
let window;
let page;

before(async () => {
  const file = join(desk.folder, "mill.md");
  writeFileSync(file, ARTICLE);
  await desk.told("import", file);
  await desk.told("claim", "mark", "1", "--quote", "The mill ground 12 tonnes of rye in 2019.", "--risk", "high");
  await desk.told("source", "add", "--title", "The miller's ledger");
  await desk.told("evidence", "add", "C1", "S1", "--stance", "supports", "--passage", "Rye, 2019: 12 t");
  await desk.told("verdict", "C1", "true", "--rationale", "The ledger has it.");
  window = await desk.open();
  page = window.session;
});
after(async () => {
  await window?.picture("gate-last").catch(() => {});
  await window?.close();
  desk.remove();
  other.remove();
});

test("the export lists what is open, and an item leads to its place", async () => {
  await page.click(at("article-card"));
  await page.shows(".cm-content", "12 tonnes");
  await page.click(at("export"));
  await page.shows(at("export-open-items"), "second person");
  await page.shows(at("export-open-items"), "80 %");
  await page.shows(at("export-working"), "not verified");
  await window.picture("gate-open");
  await page.click(`${at("export-open-items")} li:last-child button`);
  await page.shows(at("coverage-all"), "open");
});

test("what needs no check is marked so, sentence by sentence", async () => {
  await page.shows(at("coverage-here"), "name Orn");
  await page.click(at("exempt"));
  await page.shows(at("coverage-all"), "No check needed: 1");
  await page.click(at("next-sentence"));
  await page.click(at("exempt"));
  await page.shows(at("coverage-all"), "100 % covered");
  await page.press(Key.Alt, "c");
});

test("a colleague signs the verdict off", async () => {
  await page.click(at("people"));
  await put(page, "person-name", "Sam Okoro");
  await page.click(at("person-add"));
  await page.press(Key.Escape);
  await page.click(".tm-claim");
  await page.click(at("sign-off"));
  await page.shows(at("signed-off"), "Sam Okoro");
  await window.picture("gate-signed-off");
});

test("nothing is open, and the bundle goes out as verified", async () => {
  desk.answerDialogs(bundle);
  await page.click(at("export"));
  await page.shows(at("export-dialog"), "Nothing is open");
  await page.click(at("export-confirm"));
  await page.gone(at("export-dialog"));
  await page.click(at("verify"));
  await page.shows(at("verify-valid"), "Yes");
  await page.shows(at("verify-verified"), "Yes");
  await window.picture("gate-verified");
  const judged = await desk.tickmark("verify", bundle, "--require", "verified");
  assert.equal(judged.code, 0, judged.stderr);
});

test("what is changed afterwards is told as a correction, and the old bundle as the older one", async () => {
  await page.press(Key.Escape);
  await page.gone(at("verify-dialog"));
  const file = join(desk.folder, "next.md");
  writeFileSync(file, ARTICLE.replace("12 tonnes", "13 tonnes"));
  await desk.told("revise", "1", file);
  await page.shows(".cm-content", "13 tonnes");
  await page.press(Key.Control, "k");
  await put(page, "palette-input", "corrections");
  await page.press(Key.Enter);
  await page.shows(at("corrections"), "now reads “The mill ground 13 tonnes of rye in 2019.”");
  await window.picture("gate-corrections");
  await page.press(Key.Escape);
  desk.answerDialogs(join(desk.folder, "newer.zip"));
  await page.click(at("export"));
  await page.click(at("export-confirm"));
  await page.gone(at("export-dialog"));
  desk.answerDialogs(bundle);
  await page.click(at("verify"));
  await page.shows(at("verify-older"), "seen a newer bundle of this article");
  await window.picture("gate-older");
  await page.press(Key.Escape);
});

test("it comes in on an empty desk with its verdict, its sign-off and its coverage", async () => {
  await window.close();
  window = await other.open();
  page = window.session;
  await put(page, "first-run-name", "Jo Hall");
  await page.click(at("first-run-start"));
  other.answerDialogs(bundle);
  await page.click(at("import-open"));
  await page.click(at("import-file"));
  await page.shows(".cm-content", "12 tonnes");
  await page.click(".tm-claim");
  await page.shows(at("signed-off"), "Sam Okoro");
  await page.press(Key.Alt, "c");
  await page.shows(at("coverage-all"), "No check needed: 2");
});
