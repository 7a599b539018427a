// Half-filled forms in the real window: what is typed right after a form opens lands in it, and survives a killed program.
//
// One journey in steps: each goes on where the one before stopped.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { at, pasteArticle, put, select } from "./page.mjs";
import { Key } from "./webdriver.mjs";
import { Desk } from "./window.mjs";

const ARTICLE = `The mill at Orn

The mill ground 12 tonnes of rye in 2019. It has two wheels.`;
const desk = new Desk();
let window;
let page;

const text = () => page.run("return document.querySelector('.cm-content').innerText");
const value = (name) => page.run("return document.querySelector(arguments[0])?.value ?? null", at(name));

before(async () => {
  window = await desk.open();
  page = window.session;
  await put(page, "first-run-name", "Mara Lind");
  await page.click(at("first-run-start"));
  await pasteArticle(window, ARTICLE);
  await page.shows(".cm-content", "12 tonnes");
});
after(async () => {
  await window?.picture("forms-last").catch(() => {});
  await window?.close();
  desk.remove();
});

test("a selection is marked from the bar beside it", async () => {
  await select(page, "12 tonnes of rye");
  await page.click(at("bar-mark"));
  await page.shows(at("claim-pane"), "12 tonnes of rye");
});

test("letters typed behind each key that opens a form go into the form, and none into the article", async () => {
  const before = await text();
  for (const [key, field] of [["e", "source-title"], ["q", "query-text"], ["d", "assertion"], ["1", "rationale"]]) {
    await page.click(".tm-claim");
    await page.press(Key.Alt, key);
    await page.type("Zed");
    await page.find(at(field));
    assert.equal(await value(field), "Zed", `behind Alt+${key}`);
    await page.press(Key.Escape);
    if (field === "source-title" && (await page.count(at(field)))) await page.press(Key.Escape);
    await page.gone(at(field));
  }
  assert.equal(await text(), before);
  await window.picture("forms-unfinished");
});

test("rating, reason, source and passage are given in one go", async () => {
  await page.click(".tm-claim");
  await page.press(Key.Alt, "1");
  await page.type(" The ledger has it.");
  await page.press(Key.Tab);
  await page.type("Ledger of the mill");
  await page.shows(at("claim-pane"), "new source");
  await window.picture("forms-verdict");
  await put(page, "evidence-passage", "Rye, 2019: 12 t");
  await page.press(Key.Control, Key.Enter);
  await page.shows(at("verdict-current"), "The ledger has it.");
  await page.shows(at("evidence-piece"), "Rye, 2019: 12 t");
  assert.equal(await page.count(at("rationale")), 0);
});

test("what is half typed is there after the program was killed", async () => {
  await page.press(Key.Alt, "q");
  await page.press(Key.End);
  await page.type(" and who weighed it?");
  await new Promise((resume) => setTimeout(resume, 1_000));
  window.kill();
  await window.close();
  window = await desk.open();
  page = window.session;
  await page.shows(".cm-content", "12 tonnes");
  await page.click(".tm-claim");
  await page.shows(at("claim-pane"), "Unfinished query");
  await page.press(Key.Alt, "q");
  await page.find(at("query-text"));
  assert.equal(await value("query-text"), "Zed and who weighed it?");
});

test("typing undone six times and redone six times is back", async () => {
  await page.press(Key.Escape);
  await select(page, "two wheels");
  await page.press(Key.Right);
  await page.type(" and a weir");
  for (let at = 0; at < 6; at += 1) await page.press(Key.Control, "z");
  for (let at = 0; at < 6; at += 1) await page.press(Key.Control, "y");
  await page.shows(".cm-content", "two wheels and a weir");
});
