// Two desks went on with one article. The other one's bundle comes in beside the work done here: the words that both
// changed are decided in the window, both verdicts stand side by side until one is given, and one undo parts them again.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { at } from "./page.mjs";
import { Key } from "./webdriver.mjs";
import { Desk } from "./window.mjs";

const ARTICLE = `# The mill at Orn

The mill ground 12 tonnes of rye in 2019. It has two wheels. It stands by the weir.
`;
const desk = new Desk();
const other = new Desk("Sam Okoro");
const theirs = join(desk.folder, "from the other desk.zip");
let window;
let page;

async function revised(on, text) {
  const file = join(on.folder, "next.md");
  writeFileSync(file, text);
  await on.told("revise", "1", file);
}

before(async () => {
  const [file, start] = [join(desk.folder, "mill.md"), join(desk.folder, "start.zip")];
  writeFileSync(file, ARTICLE);
  await desk.told("import", file);
  await desk.told("claim", "mark", "1", "--quote", "It has two wheels.");
  await desk.told("export", "1", "--to", start);
  await other.told("import", start);
  await desk.told("verdict", "C1", "true", "--rationale", "I counted two.");
  await revised(desk, ARTICLE.replace("12 tonnes", "13 tonnes"));
  await other.told("verdict", "C1", "false", "--rationale", "One is gone.");
  await revised(other, ARTICLE.replace("12 tonnes", "14 tonnes").replace("by the weir", "by the old weir"));
  await other.told("export", "1", "--to", theirs);
  window = await desk.open();
  page = window.session;
});
after(async () => {
  await window?.picture("join-last").catch(() => {});
  await window?.close();
  desk.remove();
  other.remove();
});

test("what both changed waits for a decision, and nothing has come in", async () => {
  desk.answerDialogs(theirs);
  await page.click(at("import-open"));
  await page.click(at("import-file"));
  await page.shows(at("merge"), "Both desks changed this article");
  await page.shows(at("merge"), "14 tonnes");
  await window.picture("join-conflict");
  assert.equal((await desk.told("revisions", "1")).length, 2);
});

test("decided, both histories are here and the text has what each changed", async () => {
  await page.find("[data-conflict]");
  await page.press("2");
  await page.shows(at("merge-settled"), "1 of 1");
  await page.click(at("merge-save"));
  await page.shows(".cm-content", "14 tonnes");
  await page.shows(".cm-content", "by the old weir");
  assert.equal((await desk.told("revisions", "1")).length, 4);
});

test("two verdicts stand side by side until one is given", async () => {
  if (await page.run(`return document.querySelector('${at("placements")}') !== null`)) await page.click(at("placements-close"));
  await page.click(".tm-claim");
  await page.shows(at("verdict-current"), "One is gone.");
  await page.shows(at("verdict-beside"), "I counted two.");
  await window.picture("join-verdicts");
  await page.click(at("export"));
  await page.shows(at("export-open-items"), "several verdicts side by side");
  await page.press(Key.Escape);
});

test("one undo parts the two again", async () => {
  await page.click(".tm-claim");
  await page.press(Key.Control, "z");
  await page.shows(".cm-content", "13 tonnes");
  await page.gone(at("verdict-beside"));
  assert.equal((await desk.told("gate", "1").catch(() => "no")), "no");
});
