// The system's menu in the text: our commands stand above WebKit's own, and what is chosen there is done. The driver selects in the
// text; the menu is worked with the mouse and the keys of the X server (hand.py), as the driver reaches the page alone.
//
// One journey in steps: each goes on where the one before stopped.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { at, pasteArticle, put, select } from "./page.mjs";
import { until } from "./webdriver.mjs";
import { Desk } from "./window.mjs";

const ARTICLE = `The mill at Orn

The mill ground 12 tonnes of rye in 2019. It has two wheels.`;
const desk = new Desk();
let window;
let page;

const hand = (...words) => execFileSync("python3", [join(import.meta.dirname, "hand.py"), ...words]);

const pause = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds));

/** Where the middle of what the script finds is on the screen. */
const place = (found) => page.run(`
  const box = (${found}).getBoundingClientRect();
  return { x: screenX + Math.round(box.left + box.width / 2), y: screenY + Math.round(box.top + box.height / 2) };`);

/** Opens the menu there, goes `down` so often, and chooses what stands there. */
async function choose(down, found = "getSelection().getRangeAt(0)") {
  const { x, y } = await place(found);
  hand(`${x - 5},${y}`, `${x},${y}`);
  // The page says ahead what the menu offers.
  await pause(300);
  hand("right");
  await pause(800);
  hand(...Array(down).fill("Down"), "Return");
}

before(async () => {
  window = await desk.open();
  page = window.session;
  await put(page, "first-run-name", "Mara Lind");
  await page.click(at("first-run-start"));
  await pasteArticle(window, ARTICLE);
  await page.shows(".cm-content", "12 tonnes");
});
after(async () => {
  await window?.picture("menu-last").catch(() => {});
  await window?.close();
  desk.remove();
});

test("the first command of the menu marks what is selected", async () => {
  await select(page, "12 tonnes of rye");
  await choose(1);
  await page.shows(at("claim-pane"), "12 tonnes of rye");
});

test("the second one marks it as a figure", async () => {
  await select(page, "two wheels");
  await choose(2);
  await until("a second claim", async () => (await desk.told("claim", "list", "1")).length === 2);
  const kinds = (await desk.told("claim", "list", "1")).map(({ kind }) => kind);
  assert.deepEqual(kinds.filter(Boolean), ["figure"]);
});

test("the last one marks it and opens the form of a query, which has the keys", async () => {
  await select(page, "The mill ground", "The mill ground 12 tonnes");
  await choose(6);
  await page.find(at("query-text"));
  await page.type("Who says so?");
  assert.equal(await page.run("return document.querySelector(arguments[0]).value", at("query-text")), "Who says so?");
});

test("in a field beside the text the menu is the system's alone", async () => {
  await choose(1, "document.querySelector('[data-testid=query-text]')");
  await pause(500);
  assert.equal((await desk.told("claim", "list", "1")).length, 3);
});
