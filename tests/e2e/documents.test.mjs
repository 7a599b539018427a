// A Word file with tracked changes and a comment comes in, a suggestion is accepted, and the article goes out to Word: the accepted change is in
// its words, the others are still tracked, and the desk knows the file when it comes back.

import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { at, bringFile, put } from "./page.mjs";
import { Key, until } from "./webdriver.mjs";
import { Desk } from "./window.mjs";

const ARTICLE = `# The ferry of Port Amal

The ferry carries 300 people. It left at ten.

Nobody was hurt.
`;
const desk = new Desk();
/** Somebody elsewhere, whose desk writes the file. */
const writer = new Desk("Sam Okoro");
const given = join(desk.folder, "from the writer.docx");
const taken = join(desk.folder, "to the writer.docx");
let window;
let page;

before(async () => {
  const file = join(writer.folder, "ferry.md");
  writeFileSync(file, ARTICLE);
  await writer.told("import", file);
  await writer.told("query", "ask", "1", "Who counted them?");
  writeFileSync(file, ARTICLE.replace("300", "330").replace("at ten", "at eleven"));
  await writer.told("revise", "1", file);
  await writer.told("export", "1", "--to", given, "--format", "docx", "--changes-since", "1");
  window = await desk.open();
  page = window.session;
  await put(page, "first-run-name", desk.name);
  await page.click(at("first-run-start"));
});
after(async () => {
  await window?.picture("documents-last").catch(() => {});
  await window?.close();
  desk.remove();
  writer.remove();
});

test("a Word file is looked over with its tracked changes before it comes in", async () => {
  await bringFile(desk, page, given);
  await page.shows(at("import-kind"), "Word");
  assert.equal(await page.count(`${at("file-changes")} li`), 2);
  await window.picture("documents-preview");
  await page.click(at("import-confirm"));
  await page.shows("del.tm-suggested", "300");
  const waiting = await desk.told("suggestion", "list", "1");
  assert.deepEqual([waiting.length, waiting[0].author], [2, "Sam Okoro"]);
  const [query] = await desk.told("query", "list", "1");
  assert.deepEqual([query.text, query.author], ["Who counted them?", "Sam Okoro"]);
});

test("a suggestion is accepted by key, and the others wait", async () => {
  await page.click(".cm-content");
  await page.press(Key.F7);
  await page.find(at("suggestion"));
  await window.picture("documents-suggestions");
  await page.press(Key.Alt, "y");
  await page.shows(".cm-content", "330 people");
  const states = async () => (await desk.told("suggestion", "list", "1", "--all")).map(({ state }) => state);
  await until("the decision", async () => (await states()).filter((state) => state === "accepted").length === 1);
  assert.equal((await desk.told("revisions", "1")).length, 2);
});

test("it goes out to Word with what still waits, and is known when it comes back", async () => {
  desk.answerDialogs(taken);
  await page.click(at("export"));
  await page.click(`${at("export-format")} option[value="docx"]`);
  await page.click(at("export-confirm"));
  await page.gone(at("export-dialog"));
  await until("the file", () => existsSync(taken));
  const back = await desk.told("import", "--look", taken);
  assert.deepEqual([back.returned.known, back.returned.revision], [true, 2]);
  assert.match(back.text, /carries 330 people\. It left at ten/);
  assert.equal(back.changes.length, 1);
  assert.ok(back.comments.some(({ text }) => text.includes("Who counted them?")));
});
