// The living text in the real window: a writer's file merged with one conflict, the comparison, the article as it
// stood, who wrote which words, and an orphan put back by hand.
//
// One journey in steps: each goes on where the one before stopped.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { at, put, select } from "./page.mjs";
import { Key } from "./webdriver.mjs";
import { Desk } from "./window.mjs";

const ARTICLE = `# The lighthouse at Hale

The lighthouse was built in 1874. It stands 31 metres above the rocks.

Its lamp was lit by oil until 1921. Two keepers lived there with their families.
`;
const desk = new Desk();
const file = (name, text) => {
  const path = join(desk.folder, name);
  writeFileSync(path, text);
  return path;
};
let window;
let page;

before(async () => {
  await desk.told("import", file("hale.md", ARTICLE));
  await desk.told("claim", "mark", "1", "--quote", "It stands 31 metres above the rocks.");
  await desk.told("verdict", "C1", "true", "--rationale", "The survey has it.");
  await desk.told("claim", "mark", "1", "--quote", "Two keepers lived there");
  await desk.told("revise", "1", file("ours.md", ARTICLE.replace("31 metres", "33 metres")));
  window = await desk.open();
  page = window.session;
});
after(async () => {
  await window?.picture("history-last").catch(() => {});
  await window?.close();
  desk.remove();
});

test("a writer's file is merged, and the one conflict is decided by a person", async () => {
  await page.click(at("article-card"));
  await page.shows(".cm-content", "33 metres");
  const back = file("back.md", ARTICLE.replace("31 metres", "35 metres").replace("by oil", "by gas"));
  await page.press(Key.Control, Key.Shift, "m");
  desk.answerDialogs(back);
  await page.click(at("merge-file"));
  await page.shows(at("merge-file-name"), "back.md");
  await page.click(at("merge-look"));
  await page.shows(at("conflict"), "33 metres");
  await page.shows(at("conflict"), "35 metres");
  assert.equal(await page.count(at("conflict")), 1);
  assert.equal(await page.run("return document.querySelector(arguments[0]).disabled", at("merge-save")), true);
  await window.picture("history-conflict");
  await page.click(at("take-theirs"));
  await page.click(at("merge-save"));
  await page.gone(at("merge"));
  await page.shows(".cm-content", "35 metres");
  await page.shows(".cm-content", "lit by gas until 1921");
});

test("the comparison says in statements what the merge did", async () => {
  await page.click(at("placements-close"));
  await page.click(at("compare"));
  await page.shows(`${at("changes")} ins`, "35");
  await page.shows(at("statements"), "metres");
  await window.picture("history-compared");
  await page.click(at("compare-back"));
});

test("the slider shows the article as it stood, read-only", async () => {
  await page.click(at("past"));
  await page.shows(at("past-text"), "35 metres");
  await page.press(Key.Home);
  await page.shows(at("past-text"), "31 metres");
  await page.shows(at("past-what"), "1");
  await page.press(Key.Right);
  await page.press(Key.Right);
  await page.click(`${at("past-text")} .tm-claim`);
  await page.shows(at("past-claim"), "True");
  await window.picture("history-past");
  await page.click(at("past-back"));
});

test("whoever asks learns who wrote a word and in which revision", async () => {
  await select(page, "gas");
  await page.press(Key.Alt, "w");
  await page.shows(at("author"), "Mara Lind");
  await window.picture("history-authors");
  await page.press(Key.Alt, "w");
});

test("a claim whose sentence was rewritten is an orphan, and is put on a place in one step", async () => {
  await select(page, "Two keepers lived there with their families.");
  await page.press(Key.Delete);
  await select(page, "rocks.");
  await page.type("rocks. Two men of the lamp lived there below.");
  await page.press(Key.Control, "s");
  await page.shows(at("placements"), "Two keepers lived there");
  await page.click(at("placements-close"));
  await page.click(at("tab-claims"));
  await page.click(`${at("claim-row")}[data-number="2"]`);
  await page.shows(at("standing"), "No longer in text");
  await page.shows(at("candidate"), "lived");
  await window.picture("history-orphan");
  await page.click(at("reattach"));
  await page.shows(at("standing"), "Unchecked");
  const claims = await desk.told("claim", "list", "1");
  assert.equal(claims.find(({ number }) => number === 2).standing, "unchecked");
});
